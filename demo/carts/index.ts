import { readFileSync } from 'node:fs';
import type { CatalogProduct } from '../../proxy/catalog/types.ts';
import type { Good, Goods } from './goods.ts';
import { createShopifyCart } from './shopify.ts';
import { createWooCommerceCart } from './woocommerce.ts';

const WOOCOMMERCE = '/demo/woocommerce/';
const SHOPIFY = '/demo/shopify/';
const STORE_API = `${WOOCOMMERCE}wp-json/wc/store/v1`;

/** What the carts of the demo stores answer; null for everything else. They live as long as the process. */
export function createCarts(): (request: Request) => Promise<Response | null> {
  const woocommerce = createWooCommerceCart(goodsOf('woocommerce/'), WOOCOMMERCE);
  const shopify = createShopifyCart(goodsOf('shopify/'), SHOPIFY);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith(`${STORE_API}/`)) return woocommerce.answer(request, pathname.slice(STORE_API.length));
    if (!pathname.startsWith(SHOPIFY)) return null;
    const [, handle] = /^products\/(\d+)$/.exec(pathname.slice(SHOPIFY.length)) ?? [];
    // Pages have a handle in their path, as Shopify's; here one file draws them all.
    if (handle !== undefined) {
      const location = `${SHOPIFY}product.html?id=${handle}${search.replace('?', '&')}`;
      return new Response(null, { status: 302, headers: { location } });
    }
    return shopify.answer(request, pathname.slice(SHOPIFY.length));
  };
}

/** What stands in the store's catalogue. */
export function goodsOf(store: '' | 'woocommerce/' | 'shopify/'): Goods {
  const file = new URL(`../shop/${store}catalog.json`, import.meta.url);
  // Ours, and its test reads it as the file of any shop is read.
  const { products } = JSON.parse(readFileSync(file, 'utf8')) as { products: CatalogProduct[] };
  const goods: Good[] = products.flatMap(({ variants, ...product }) =>
    variants.map((variant) => ({
      id: Number(variant.id),
      productId: Number(product.externalId),
      title: product.title,
      options: variant.options,
      price: variant.price.amount,
      listPrice: (variant.listPrice ?? variant.price).amount,
      currency: variant.price.currency,
      url: variant.url ?? product.url,
      image: product.images[0]?.url ?? '',
      stock: variant.availability === 'out_of_stock' ? 0 : (variant.quantity ?? null),
      purchasable: product.purchasable,
      soldIndividually: false,
    })),
  );
  return goodsIn(goods);
}

export function goodsIn(goods: readonly Good[]): Goods {
  return {
    find: (id) => goods.find((good) => good.id === id),
    variantsOf: (productId) => goods.filter((good) => good.productId === productId),
  };
}
