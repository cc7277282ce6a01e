import type { MessagePart, Product, ProductImage } from '../../proxy/protocol/index.ts';
import type { TransportEvent } from './types.ts';

/** The same with absolute URLs in its products, if it has any. */
export function absolutePart<E extends TransportEvent | MessagePart>(event: E, base: string): E {
  if (event.type === 'products' || event.type === 'comparison') {
    return { ...event, data: event.data.map((product) => withAbsoluteUrls(product, base)) };
  }
  if ((event.type === 'client_tool' || event.type === 'cart') && event.name === 'add_to_cart') {
    const { product } = event.arguments;
    return { ...event, arguments: { ...event.arguments, product: withAbsoluteUrls(product, base) } };
  }
  return event;
}

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
