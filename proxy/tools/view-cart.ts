import { z } from 'zod';
import type { Tool } from './types.ts';

const input = z.strictObject({});

/** What is in the shopper's own cart, as their page sees it. */
export const viewCart: Tool<z.infer<typeof input>> = {
  name: 'view_cart',
  description: "Returns what is in the shopper's cart now, with quantities and the total, as far as the shop tells.",
  input,
  worksIn: (shop) => shop.cart.kind !== 'none',
  personal: true,
  async run() {
    return { client: { name: 'view_cart', arguments: {} } };
  },
};
