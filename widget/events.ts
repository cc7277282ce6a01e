import type { Product } from '../proxy/protocol/index.ts';
import type { Failure, MessageStatus } from './state/state.ts';

/** Of every event: which shop, and which conversation if there is one yet. Never what was said. */
export interface Source {
  shop: string;
  threadId: string | null;
}

export class ShopClerkEvent extends Event {
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
    'shopclerk-error': FailureEvent;
    'shopclerk-identity-expired': IdentityExpiredEvent;
  }
}
