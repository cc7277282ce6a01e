import type { GapKind } from '../../protocol/admin/index.ts';
import type { AnswerNote } from './reports.ts';

/** What the owner says of an answer. */
export interface NotedAnswer extends AnswerNote {
  shop: string;
  messageId: string;
}

export interface MarkedGap {
  shop: string;
  kind: GapKind;
  key: string;
  /** Null opens it again. */
  done: { at: number; by: string } | null;
}

/** Something that a card's button has put into the shopper's cart. */
export interface CardAddition {
  shop: string;
  visitorId: string;
  /** The answer in which the card is. */
  messageId: string;
  /** The same one twice is one addition. */
  additionId: string;
  productId: number;
  quantity: number;
  now: number;
}

/** What the desk writes beside what shoppers and turns do. */
export interface DeskNotes {
  /** Whoever's it is; undefined for one that isn't there and for one of another shop alike. */
  threadInShop(shop: string, threadId: string): Promise<{ id: string; visitorId: string; own: boolean } | undefined>;
  /** One that isn't wrong and has no words takes back what was said before. @returns false when there is no such answer in the shop */
  noteAnswer(noted: NotedAnswer): Promise<boolean>;
  markGap(marked: MarkedGap): Promise<void>;
  /** Counts fifty in one turn at the most. @returns false when there is no such answer in a thread of this visitor */
  addCardAddition(addition: CardAddition): Promise<boolean>;
  /** Forgets the figures of turns that began before `before`, `limit` at most. @returns how many */
  pruneTurnFigures(before: number, limit: number): Promise<number>;
  /** The same of what went into carts. */
  pruneCartAdditions(before: number, limit: number): Promise<number>;
}
