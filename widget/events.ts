import type { CartErrorCode, CartSummary, Product } from '../proxy/protocol/index.ts';
import type { CartLine } from './cart/types.ts';
import type { Failure, MessageStatus } from './state/state.ts';

/** Of every event: which shop, and which conversation if there is one yet. Never what was said. */
export interface Source {
  shop: string;
  threadId: string | null;
}

class ShopClerkEvent extends Event {
  readonly shop: string;
  readonly threadId: string | null;

  constructor(type: string, source: Source, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.shop = source.shop;
    this.threadId = source.threadId;
  }
}

/** The element is there and its methods can be called. */
export class ReadyEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('shopclerk-ready', source);
  }
}

/** The panel was opened. */
export class OpenEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('shopclerk-open', source);
  }
}

/** The panel was closed. */
export class CloseEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('shopclerk-close', source);
  }
}

/** The shopper asked something. */
export class MessageSendEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('shopclerk-message-send', source);
  }
}

/** An answer ended, one way or another. */
export class ResponseEndEvent extends ShopClerkEvent {
  readonly messageId: string;
  readonly status: MessageStatus;

  constructor(source: Source, messageId: string, status: MessageStatus) {
    super('shopclerk-response-end', source);
    this.messageId = messageId;
    this.status = status;
  }
}

/** Cards appeared in an answer. */
export class ProductsShownEvent extends ShopClerkEvent {
  readonly products: readonly Product[];

  constructor(source: Source, products: readonly Product[]) {
    super('shopclerk-products-shown', source);
    this.products = products;
  }
}

/** The shopper follows a card to the product's page. */
export class ProductClickEvent extends ShopClerkEvent {
  readonly product: Product;

  constructor(source: Source, product: Product) {
    super('shopclerk-product-click', source);
    this.product = product;
  }
}

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
  readonly line: CartLine;
  readonly product: Product;
  #answer: Promise<CartAnswer> | null = null;

  constructor(source: Source, line: CartLine, product: Product) {
    super('shopclerk-add-to-cart', source, true);
    this.line = line;
    this.product = product;
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
    super('shopclerk-view-cart', source, true);
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
  readonly cart: CartSummary | null;

  constructor(source: Source, cart: CartSummary | null) {
    super('shopclerk-cart-updated', source);
    this.cart = cart;
  }
}

/** There is no session, or an answer failed; the shopper has been told in words. */
export class FailureEvent extends ShopClerkEvent {
  readonly failure: Failure;

  constructor(source: Source, failure: Failure) {
    super('shopclerk-error', source);
    this.failure = failure;
  }
}

/**
 * The token of who has signed in is no longer good: call `identify()` with a fresh one, or `signOut()`. Until then the
 * shopper is asked to sign in again.
 */
export class IdentityExpiredEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('shopclerk-identity-expired', source);
  }
}

declare global {
  interface HTMLElementEventMap {
    'shopclerk-ready': ReadyEvent;
    'shopclerk-open': OpenEvent;
    'shopclerk-close': CloseEvent;
    'shopclerk-message-send': MessageSendEvent;
    'shopclerk-response-end': ResponseEndEvent;
    'shopclerk-products-shown': ProductsShownEvent;
    'shopclerk-product-click': ProductClickEvent;
    'shopclerk-add-to-cart': AddToCartEvent;
    'shopclerk-view-cart': ViewCartEvent;
    'shopclerk-cart-updated': CartUpdatedEvent;
    'shopclerk-error': FailureEvent;
    'shopclerk-identity-expired': IdentityExpiredEvent;
  }
}
