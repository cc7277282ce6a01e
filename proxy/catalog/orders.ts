import type { CatalogSettings } from '../shops/types.ts';
import type { OrderLookup } from './types.ts';
import type { WebRequest } from './web.ts';
import { woocommerceOrders } from './woocommerce-order.ts';

/** The orders of a shop, by the same key as its catalogue; where there is no such key, there are none. */
export function openOrders(settings: CatalogSettings, { request }: { request: WebRequest }): OrderLookup {
  if (settings.type !== 'woocommerce_rest') return { order: async () => null };
  const { url, key, secret } = settings;
  return woocommerceOrders({ url, web: request, consumerKey: key.reveal(), consumerSecret: secret.reveal() });
}
