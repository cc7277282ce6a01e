import type { OrderLookup } from '../catalog/types.ts';
import type { Shop } from '../shops/types.ts';
import { readsOrders } from './get-order-status.ts';
import type { OrderDesk } from './types.ts';

interface Rate {
  kind: 'visitor' | 'address';
  key: string;
  max: number;
}

export interface OrderDeskOptions {
  /** Opens the orders of a shop that lets them be read. */
  open(shop: Shop): OrderLookup;
  /** Counts once under every key; answers with the one that is used up. Its window is an hour. */
  count(rates: readonly Rate[]): Promise<object | undefined>;
}

/** An order's number is easily guessed, and an address is known to many: both together only so often an hour. */
const TRIES = { visitor: 5, address: 20 };

export function createOrderDesk({ open, count }: OrderDeskOptions): OrderDesk {
  // A shop that is read again is another object; its old key goes with it.
  const lookups = new WeakMap<Shop, OrderLookup>();
  return {
    async order(shop, number, options) {
      if (!readsOrders(shop)) return null;
      let lookup = lookups.get(shop);
      if (!lookup) lookups.set(shop, (lookup = open(shop)));
      return lookup.order(number, options);
    },
    async countTry({ shop, visitorId, address }) {
      const full = await count([
        { kind: 'visitor', key: `orders:${shop.slug}:${visitorId}`, max: TRIES.visitor },
        { kind: 'address', key: `orders:${shop.slug}:${address}`, max: TRIES.address },
      ]);
      return full === undefined;
    },
  };
}
