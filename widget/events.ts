import type { Product } from '../proxy/protocol/index.ts';
import type { ChatState, Failure, MessageStatus } from './state/state.ts';

/** Who brought it about: a script of the page, the shopper, or the assistant with its answer. */
export type Actor = 'page' | 'shopper' | 'assistant';

/** Of every event: which shop, which conversation if there is one yet, and who did it. Never what was said. */
export interface Source {
  shop: string;
  threadId: string | null;
  /** The page where it is left out. */
  source?: Actor;
}

export class ShopClerkEvent extends Event {
  declare readonly shop: string;
  declare readonly threadId: string | null;
  declare readonly source: Actor;

  /** @param fields what else it has, by the names of its properties */
  constructor(type: string, source: Source, fields?: object, cancelable = false) {
    super(`shopclerk-${type}`, { bubbles: true, composed: true, cancelable });
    Object.assign(this, { source: 'page' }, source, fields);
  }
}

/** The element is there and its methods can be called. */
export class ReadyEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('ready', source);
  }
}

/** The panel was opened. */
export class OpenEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('open', source);
  }
}

/** The panel was closed. */
export class CloseEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('close', source);
  }
}

/** A question was asked. */
export class MessageSendEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('message-send', source);
  }
}

/** The first piece of an answer has come. */
export class ResponseStartEvent extends ShopClerkEvent {
  declare readonly messageId: string;

  constructor(source: Source, messageId: string) {
    super('response-start', source, { messageId });
  }
}

/** An answer ended, one way or another. */
export class ResponseEndEvent extends ShopClerkEvent {
  declare readonly messageId: string;
  declare readonly status: MessageStatus;

  constructor(source: Source, messageId: string, status: MessageStatus) {
    super('response-end', source, { messageId, status });
  }
}

/** Cards appeared in an answer. */
export class ProductsShownEvent extends ShopClerkEvent {
  declare readonly products: readonly Product[];

  constructor(source: Source, products: readonly Product[]) {
    super('products-shown', source, { products });
  }
}

/** The shopper follows a card to the product's page. */
export class ProductClickEvent extends ShopClerkEvent {
  declare readonly product: Product;

  constructor(source: Source, product: Product) {
    super('product-click', { ...source, source: 'shopper' }, { product });
  }
}

/** Another conversation is shown; `threadId` is its id, null for one that has not begun. */
export class ThreadChangeEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('thread-change', source);
  }
}

/** The shopper has agreed to what the shop says it stores, or has taken that back. */
export class ConsentChangeEvent extends ShopClerkEvent {
  declare readonly granted: boolean;

  constructor(source: Source, granted: boolean) {
    super('consent-change', source, { granted });
  }
}

/** `idle`: the shop wasn't asked yet · `loading` · `ready` · `reconnecting`: lost in the middle of an answer · `failed`. */
export type Connection = ChatState['connection'] | 'reconnecting';

/** The line to the shop is there, or isn't. */
export class ConnectionChangeEvent extends ShopClerkEvent {
  declare readonly connection: Connection;

  constructor(source: Source, connection: Connection) {
    super('connection-change', source, { connection });
  }
}

/** There is no session, an answer failed and the shopper has been told in words, or a method could not do what it was asked for. */
export class FailureEvent extends ShopClerkEvent {
  declare readonly failure: Failure;

  constructor(source: Source, failure: Failure) {
    super('error', source, { failure });
  }
}

/**
 * The token of who has signed in is no longer good: call `identify()` with a fresh one, or `signOut()`. Until then the
 * shopper is asked to sign in again.
 */
export class IdentityExpiredEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('identity-expired', source);
  }
}

/** The element's own events by their names; those of cart, opinions and hand-off come with what fires them. */
export interface OwnEventMap {
  'shopclerk-ready': ReadyEvent;
  'shopclerk-open': OpenEvent;
  'shopclerk-close': CloseEvent;
  'shopclerk-message-send': MessageSendEvent;
  'shopclerk-response-start': ResponseStartEvent;
  'shopclerk-response-end': ResponseEndEvent;
  'shopclerk-products-shown': ProductsShownEvent;
  'shopclerk-product-click': ProductClickEvent;
  'shopclerk-thread-change': ThreadChangeEvent;
  'shopclerk-consent-change': ConsentChangeEvent;
  'shopclerk-connection-change': ConnectionChangeEvent;
  'shopclerk-error': FailureEvent;
  'shopclerk-identity-expired': IdentityExpiredEvent;
}

declare global {
  // Elements, documents and windows all have these.
  interface GlobalEventHandlersEventMap extends OwnEventMap {}
}
