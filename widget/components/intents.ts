import type { Product } from '../../proxy/protocol/index.ts';

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

/** The shopper follows a card to the product's page. */
export class ProductIntent extends Event {
  readonly product: Product;

  constructor(product: Product) {
    super('intent-product', { bubbles: true });
    this.product = product;
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
  'intent-product': ProductIntent;
  'intent-announce': AnnounceIntent;
}

declare global {
  interface HTMLElementEventMap extends IntentMap {}
  interface ShadowRootEventMap extends IntentMap {}
}
