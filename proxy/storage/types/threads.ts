import type {
  Availability,
  CartOutcome,
  Citation,
  CartSummary,
  ComparisonEvent,
  ErrorEvent,
  Feedback,
  Finish,
  LastingNoticeCode,
  Money,
  PageProduct,
} from '../../protocol/index.ts';

export interface ThreadRow {
  id: string;
  shop: string;
  visitorId: string;
  title: string;
  createdAt: number;
  updatedAt: number;
}

export interface MessageRow {
  id: string;
  threadId: string;
  role: 'user' | 'assistant';
  parts: StoredPart[];
  createdAt: number;
  clientMessageId: string | null;
  finish: Finish | null;
  error: Omit<ErrorEvent, 'type'> | null;
  /** Another question has taken the place of this one, or of the one that this answers. */
  replaced: boolean;
  /** Of a question: where it was asked. */
  page: StoredPage | null;
  /** Of an answer: what the shopper thinks of it. */
  feedback: Feedback | null;
}

/** What a shopper had before them when they asked, cleaned. */
export interface StoredPage {
  /** Without query and fragment. */
  url?: string;
  title?: string;
  /** With the id of those that the catalogue has. */
  products?: (PageProduct & { id?: number })[];
  cart?: CartSummary;
}

export interface RatedMessage {
  shop: string;
  visitorId: string;
  messageId: string;
  /** Null takes back what was said before. */
  feedback: Feedback | null;
  now: number;
}

/** What a message keeps. Products by id only: cards are made from the catalogue of the day on which they are read. */
export type StoredPart =
  | { type: 'text'; content: string }
  | { type: 'products'; ids: number[]; title?: string; why?: string; shown?: ShownProduct[] }
  | { type: 'comparison'; ids: number[]; rows: ComparisonEvent['rows']; title?: string; shown?: ShownProduct[] }
  | StoredCartPart
  /** Before all other parts: so the text that they belong to stays in one piece. */
  | { type: 'citations'; citations: Citation[] }
  | { type: 'notice'; code: LastingNoticeCode }
  | { type: 'suggestions'; questions: string[] };

export interface StoredCartPart {
  type: 'cart';
  callId: string;
  /** Null was a look into the cart. */
  added: {
    productId: number;
    variantId: string;
    quantity: number;
    shown: ShownProduct;
    /** The product's page. */
    url: string;
  } | null;
  outcome: CartOutcome;
}

/** What a card said when it was shown, to tell on another day what has changed. */
export interface ShownProduct {
  id: number;
  title: string;
  price: { min: Money; max: Money };
  availability: Availability;
}
