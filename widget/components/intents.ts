import type { Product } from '../../proxy/protocol/index.ts';
import type { Chat } from '../controllers/types.ts';
import type { ConsentIntent } from './consent-intent.ts';
import type {
  AddIntent,
  AnswerIntent,
  ContactIntent,
  DeleteIntent,
  ExportIntent,
  TellIntent,
} from './later-intents.ts';
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

/** The shopper follows a card to the product's page. */
export class ProductIntent extends Event {
  readonly product: Product;

  constructor(product: Product) {
    super('intent-product', { bubbles: true });
    this.product = product;
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
