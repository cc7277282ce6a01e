/** More intents: what only pieces ask for that come later. */
import type { CartResult } from '../cart/types.ts';
import type { Addition } from '../controllers/cart-desk.ts';
import type { Source } from '../events.ts';

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

/** Something that the page shall hear of; of pieces that come later, and so does the event. */
export class TellIntent extends Event {
  readonly tell: (source: Source) => Event;

  constructor(tell: (source: Source) => Event) {
    super('intent-tell', { bubbles: true });
    this.tell = tell;
  }
}
