import type { Product } from '../../proxy/protocol/index.ts';
import type { CartResult } from '../cart/types.ts';
import type { Addition } from '../controllers/cart-desk.ts';
import type { Chat } from '../controllers/types.ts';
import type { Source } from '../events.ts';
import type { LetterIntent } from './letter-intent.ts';

/**
 * What a piece of the panel asks of the element around it. These events bubble but are not composed: they never
 * leave the shadow root.
 */
export class SendIntent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('intent-send', { bubbles: true });
    this.text = text;
  }
}

export class StopIntent extends Event {
  constructor() {
    super('intent-stop', { bubbles: true });
  }
}

/** Ask the last question again; where there is none, reach the shop again. */
export class RetryIntent extends Event {
  constructor() {
    super('intent-retry', { bubbles: true });
  }
}

export class NewThreadIntent extends Event {
  constructor() {
    super('intent-new-thread', { bubbles: true });
  }
}

/** The shopper agrees to what is stored and sent. */
export class ConsentIntent extends Event {
  constructor() {
    super('intent-consent', { bubbles: true });
  }
}

/** The conversation as a file. */
export class ExportIntent extends Event {
  constructor() {
    super('intent-export', { bubbles: true });
  }
}

/** The conversation shall be no more. */
export class DeleteIntent extends Event {
  constructor() {
    super('intent-delete', { bubbles: true });
  }
}

/** The shopper follows a card to the product's page. */
export class ProductIntent extends Event {
  readonly product: Product;

  constructor(product: Product) {
    super('intent-product', { bubbles: true });
    this.product = product;
  }
}

/** Put this into the cart; whoever can do it says how it ends. */
export class AddIntent extends Event {
  readonly addition: Addition;
  /** Undefined where nobody can. */
  result: Promise<CartResult> | undefined;

  constructor(addition: Addition) {
    super('intent-add', { bubbles: true });
    this.addition = addition;
  }
}

/** Yes or no to what the assistant wants to put into the cart. */
export class AnswerIntent extends Event {
  readonly callId: string;
  readonly agreed: boolean;

  constructor(callId: string, agreed: boolean) {
    super('intent-answer', { bubbles: true });
    this.callId = callId;
    this.agreed = agreed;
  }
}

/** The shopper looks for the people of the shop. */
export class ContactIntent extends Event {
  constructor() {
    super('intent-contact', { bubbles: true });
  }
}

/** What a piece asks of the conversation itself, where there is one: most of them come later, and so does what they ask. */
export class ActIntent extends Event {
  readonly act: (chat: Chat) => void;

  constructor(act: (chat: Chat) => void) {
    super('intent-act', { bubbles: true });
    this.act = act;
  }
}

/** Say this to those who listen rather than look. */
export class AnnounceIntent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('intent-announce', { bubbles: true });
    this.text = text;
  }
}

/** Something that the page shall hear of; of pieces that come later, and so does the event. */
export class TellIntent extends Event {
  readonly tell: (source: Source) => Event;

  constructor(tell: (source: Source) => Event) {
    super('intent-tell', { bubbles: true });
    this.tell = tell;
  }
}

interface IntentMap {
  'intent-send': SendIntent;
  'intent-stop': StopIntent;
  'intent-retry': RetryIntent;
  'intent-new-thread': NewThreadIntent;
  'intent-consent': ConsentIntent;
  'intent-export': ExportIntent;
  'intent-delete': DeleteIntent;
  'intent-product': ProductIntent;
  'intent-add': AddIntent;
  'intent-answer': AnswerIntent;
  'intent-contact': ContactIntent;
  'intent-letter': LetterIntent;
  'intent-act': ActIntent;
  'intent-announce': AnnounceIntent;
  'intent-tell': TellIntent;
}

declare global {
  interface HTMLElementEventMap extends IntentMap {}
  interface ShadowRootEventMap extends IntentMap {}
}
