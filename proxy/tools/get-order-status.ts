import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ShopOrder } from '../catalog/types.ts';
import { toDecimal } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({
  order_number: z.string().min(1).max(40).describe('As the shopper gave it'),
  email: z.string().min(3).max(320).describe('The e-mail address of the order, as the shopper gave it'),
});

/** How an order stands, for who knows its number and its e-mail address. */
export const getOrderStatus: Tool<z.infer<typeof input>> = {
  name: 'get_order_status',
  description:
    "Looks up how the shopper's order stands. Needs the order's number and the e-mail address it was placed with: ask for " +
    'both, never guess them. It does not tell which of the two was wrong, and you do not know it either.',
  input,
  worksIn: readsOrders,
  personal: true,
  async run({ order_number, email }, { shop, orders, mayTryOrder, signal }) {
    if (!(await mayTryOrder())) {
      const note = 'There were too many tries for now. Let the shopper try again in an hour, or ask the shop itself.';
      return { output: { found: false, note } };
    }
    const order = await orders.order(shop, order_number, { signal });
    // Always compared, so that an unknown number takes the same way as a wrong address.
    const matches = isSame(order?.email ?? '', email);
    if (!order || !matches) {
      return { output: { found: false, note: 'There is no order with this number and this e-mail address together.' } };
    }
    return { output: { found: true, order: told(order) } };
  },
};

/** Only a key of WooCommerce's REST v3 opens the orders; and who has e-mail addresses masked has none to compare. */
export function readsOrders({ catalog, privacy }: Pick<Shop, 'catalog' | 'privacy'>): boolean {
  return catalog.type === 'woocommerce_rest' && !privacy.mask.includes('email');
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text.trim().toLowerCase()).digest();
  return timingSafeEqual(digest(left), digest(right)) && left !== '';
}

function told({ email: _, total, shipping, discount, refunded, ...order }: ShopOrder) {
  return {
    ...order,
    currency: total.currency,
    total: toDecimal(total),
    shipping: toDecimal(shipping),
    ...(discount.amount > 0 && { discount_amount: toDecimal(discount) }),
    ...(refunded && { refunded_amount: toDecimal(refunded) }),
  };
}
