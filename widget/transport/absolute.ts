import type { Product, ProductImage } from '../../proxy/protocol/index.ts';

/** A product whose URLs are absolute: on the wire they may be relative to the proxy, which the page is not. */
export function withAbsoluteUrls(product: Product, base: string): Product {
  const absolute = (url: string) => (URL.canParse(url, base) ? new URL(url, base).href : url);
  const image = (picture: ProductImage) => ({ ...picture, url: absolute(picture.url) });
  return {
    ...product,
    url: absolute(product.url),
    images: product.images.map(image),
    variants: product.variants.map((variant) => ({
      ...variant,
      ...(variant.url !== undefined && { url: absolute(variant.url) }),
      ...(variant.image && { image: image(variant.image) }),
    })),
  };
}
