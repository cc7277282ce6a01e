/** REST v3 of the recorded shop: products, variations, the currency, orders and their notes. Reading only. */
import { type Item, recording, type Shop } from './fake-woocommerce-shop.ts';
import { type FakeRequest, list, type Reply, replay } from './fake-woocommerce-replies.ts';

/** The shop is in Jerusalem; its own times are two hours ahead of UTC. */
const ZONE_MS = 2 * 3_600_000;

export function restRoute(shop: Shop, request: FakeRequest): Reply {
  const { pathname, searchParams } = request.url;
  const [, resource, id, sub] = /\/wc\/v3\/(\w+)(?:\/(\d+)(?:\/(\w+))?)?$/.exec(pathname) ?? [];
  if (pathname.endsWith('/wc/v3/data/currencies/current')) {
    return { status: 200, body: { ...(recording('currency-current').response.body as object), code: shop.currency } };
  }
  if (resource === 'products' && id === undefined) return list(request, filtered(shop, searchParams));
  if (resource === 'products' && sub === 'variations') {
    return list(
      request,
      [...shop.variations.values()].filter((item) => item['parent_id'] === Number(id)),
    );
  }
  if (resource === 'products' && sub === undefined) return one(shop.products, id, 'error-404-product', request);
  if (resource === 'orders' && id === undefined) {
    const search = searchParams.get('search') ?? '';
    return list(
      request,
      [...shop.orders.values()].filter((order) => JSON.stringify(order).includes(search)),
    );
  }
  if (resource === 'orders' && sub === undefined) return one(shop.orders, id, 'error-404-order', request);
  if (resource === 'orders' && sub === 'notes') {
    // `type=customer` is left unheard: the source has to look for itself.
    return { status: 200, body: shop.notes.get(Number(id)) ?? [] };
  }
  return replay('error-404-route');
}

function one(items: Map<number, Item>, id: string | undefined, missing: string, request: FakeRequest): Reply {
  const item = items.get(Number(id));
  if (!item) return replay(missing);
  return { status: 200, body: list(request, [item]).body[0] };
}

function filtered(shop: Shop, params: URLSearchParams): Item[] {
  const status = params.get('status') ?? 'any';
  // An empty `include=` is none at all, and gives the whole catalogue.
  const include = params.get('include') ?? '';
  return [...shop.products.values()]
    .filter((item) => (status === 'any' ? item['status'] !== 'trash' : item['status'] === status))
    .filter((item) => include === '' || include.split(',').includes(String(item.id)))
    .filter((item) => changedAfter(item, params));
}

/** As measured: right are a time in UTC with "Z" and no flag, or one without a zone and the flag. */
function changedAfter(item: Item, params: URLSearchParams): boolean {
  const after = params.get('modified_after');
  if (after === null) return true;
  const flag = params.get('dates_are_gmt') === 'true';
  const zoned = /Z$|[+-]\d\d:\d\d$/.test(after);
  if (zoned && flag) return false;
  const changed = Date.parse(`${item['date_modified_gmt']}Z`);
  return changed + (zoned || flag ? 0 : ZONE_MS) > Date.parse(zoned ? after : `${after}Z`);
}
