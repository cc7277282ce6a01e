/** What ties the element to the shopper's cart; comes with the first thing that shall go there. */
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import { AddToCartEvent, CartUpdatedEvent, ViewCartEvent } from '../cart-events.ts';
import type { Source } from '../events.ts';
import { createActMemory, type ActMemoryOptions } from '../state/act-memory.ts';
import { CartActs, type CartActsOptions } from './cart-acts.ts';
import { createCartDesk, type CartDesk } from './cart-desk.ts';

export interface CartOwner extends EventTarget {
  /** The conversation as it is now. */
  readonly state: { shop: ShopSettings | null };
}

/** The way into the cart, whose public events come from `owner`. */
export function deskOf(owner: CartOwner, source: () => Source): CartDesk {
  const asked = <E extends Event>(event: E): E => {
    owner.dispatchEvent(event);
    return event;
  };
  return createCartDesk({
    kind: () => owner.state.shop?.cart ?? 'none',
    load: () => import('../cart/index.ts'),
    announce: (line, product) => asked(new AddToCartEvent(source(), line, product)),
    inquire: () => asked(new ViewCartEvent(source())),
    onUpdated: (cart) => void owner.dispatchEvent(new CartUpdatedEvent(source(), cart)),
  });
}

/** What the assistant does in the cart, with the tab's own memory of it. */
export function actsOf(place: ActMemoryOptions, options: Omit<CartActsOptions, 'memory'>): CartActs {
  return new CartActs({ memory: createActMemory(place), ...options });
}
