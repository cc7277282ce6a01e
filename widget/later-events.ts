/** Public events of pieces that come later, and come with them. */
import type { Feedback } from '../proxy/protocol/index.ts';
import type { CartEventMap } from './cart-events.ts';
import { ShopClerkEvent, type OwnEventMap, type Source } from './events.ts';

/** The shopper has judged an answer, or taken that back (`rating` is null), and the shop knows. Never what they wrote. */
export class FeedbackEvent extends ShopClerkEvent {
  declare readonly messageId: string;
  declare readonly rating: Feedback['rating'] | null;
  declare readonly reason: Feedback['reason'] | null;

  constructor(source: Source, messageId: string, feedback: Feedback | null) {
    const { rating = null, reason = null } = feedback ?? {};
    super('feedback', { ...source, source: 'shopper' }, { messageId, rating, reason });
  }
}

/** The shopper has written to the people of the shop, and they have it. */
export class HandoffEvent extends ShopClerkEvent {
  constructor(source: Source) {
    super('handoff', { ...source, source: 'shopper' });
  }
}

export interface LaterEventMap {
  'shopclerk-feedback': FeedbackEvent;
  'shopclerk-handoff': HandoffEvent;
}

/** All that the element tells the page. */
export interface ShopClerkEventMap extends OwnEventMap, CartEventMap, LaterEventMap {}

declare global {
  interface GlobalEventHandlersEventMap extends LaterEventMap {}
}
