/** The Store API's products, as any visitor gets them. */
import type { Item, Shop } from './fake-woocommerce-shop.ts';
import { type FakeRequest, list, type Reply, replay } from './fake-woocommerce-replies.ts';

export function storeRoute(shop: Shop, request: FakeRequest, route: string): Reply {
  const [, id] = /^\/wc\/store\/v1\/products(?:\/(\d+))?$/.exec(route) ?? [];
  if (!/^\/wc\/store\/v1\/products(\/\d+)?$/.test(route)) return replay('error-404-route');
  if (id === undefined) return list(request, filtered(shop, request.url.searchParams));
  // Drafts, private and trashed products: anyone gets them here.
  const all = [shop.storeProducts, shop.storeUnlisted, shop.storeVariations];
  const item = all.map((items) => items.get(Number(id))).find((found) => found !== undefined);
  return item ? { status: 200, body: item } : replay('store-error-404');
}

function filtered(shop: Shop, params: URLSearchParams): Item[] {
  const parents = params.get('parent')?.split(',');
  const include = params.get('include') ?? '';
  const visibility = params.get('catalog_visibility');
  const items = params.get('type') === 'variation' ? shop.storeVariations : shop.storeProducts;
  return [...items.values()]
    .filter((item) => parents === undefined || parents.includes(String(item['parent'])))
    .filter((item) => include === '' || include.split(',').includes(String(item.id)))
    .filter((item) => {
      return visibility === null || shop.products.get(item.id)?.['catalog_visibility'] === visibility;
    });
}
