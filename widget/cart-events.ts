/** The public events of the shopper's cart; they come with what fills it. */
import type { CartErrorCode, CartSummary, Product } from '../proxy/protocol/index.ts';
import type { CartLine } from './cart/types.ts';
import { ShopClerkEvent, type Source } from './events.ts';

/** What a page that fills the cart by itself says of it; nothing at all means that it worked. */
export type CartAnswer =
  | void
  /** `undo` takes the same pieces out again. */
  | { ok: true; cart?: CartSummary; undo?: () => PromiseLike<CartAnswer> | CartAnswer }
  | { ok: false; code: CartErrorCode };

/**
 * The shopper wants this in the cart: on a card, or by a yes to the assistant. Cancelable: `preventDefault()` says that the
 * page does it, and `respondWith(promise)` says so too and how it ends. Where the shop's `cart` is `event`, a page has to.
 *
 * @example
 * clerk.addEventListener('shopclerk-add-to-cart', (event) => event.respondWith(myCart.add(event.line.variantId)));
 */
export class AddToCartEvent extends ShopClerkEvent {
  declare readonly line: CartLine;
  declare readonly product: Product;
  #answer: Promise<CartAnswer> | null = null;

  constructor(source: Source, line: CartLine, product: Product) {
    super('add-to-cart', { ...source, source: 'shopper' }, { line, product }, true);
  }

  /** The page does it. A rejected promise is told to the shopper as a cart that could not be reached. */
  respondWith(answer: PromiseLike<CartAnswer> | CartAnswer): void {
    this.preventDefault();
    this.#answer = Promise.resolve(answer);
    // Whoever asks for it hears of a failure; nobody has to.
    this.#answer.catch(() => {});
  }

  /** What the page said; null where it said nothing. */
  get answer(): Promise<CartAnswer> | null {
    return this.#answer;
  }
}

/**
 * The assistant was asked what is in the cart. Where the page keeps it itself (the shop's `cart` is `event`), it may say so:
 * `respondWith({ count, items, total })`, or a promise of it. Cancelable.
 */
export class ViewCartEvent extends ShopClerkEvent {
  #answer: Promise<CartSummary | null> | null = null;

  constructor(source: Source) {
    super('view-cart', source, undefined, true);
  }

  respondWith(cart: PromiseLike<CartSummary | null> | CartSummary | null): void {
    this.preventDefault();
    this.#answer = Promise.resolve(cart);
    // Whoever asks for it hears of a failure; nobody has to.
    this.#answer.catch(() => {});
  }

  /** What the page said; null where it said nothing. */
  get answer(): Promise<CartSummary | null> | null {
    return this.#answer;
  }
}

/** Something went into the cart, or was taken out again. `cart` is null where the shop doesn't tell what is in it. */
export class CartUpdatedEvent extends ShopClerkEvent {
  declare readonly cart: CartSummary | null;

  constructor(source: Source, cart: CartSummary | null) {
    super('cart-updated', source, { cart });
  }
}

export interface CartEventMap {
  'shopclerk-add-to-cart': AddToCartEvent;
  'shopclerk-view-cart': ViewCartEvent;
  'shopclerk-cart-updated': CartUpdatedEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends CartEventMap {}
}
