import type { Citation } from '../citation.ts';
import type { CartOutcome, ErrorEvent, Finish, LastingNoticeCode } from '../events.ts';
import type { Availability, Money, Product } from '../product.ts';

export const CONVERSATION_FILTERS = ['rating', 'error', 'handoff', 'no_result', 'wrong'] as const;
/** `wrong`: with an answer that the owner has marked as wrong. */
export type ConversationFilter = (typeof CONVERSATION_FILTERS)[number];

/**
 * `GET /api/admin/conversations?shop=&q=&filter=&from=&to=&cursor=&limit=`. With `q`, those with all its words in the title
 * or in one message; a request looks through some ten thousand messages at the most, so one may have found little and still
 * have a `next_cursor`.
 */
export interface ConversationPage {
  /** Last touched first. */
  conversations: ConversationItem[];
  next_cursor: string | null;
  /** ISO 8601: how far back this request has looked; null where it has seen the oldest. */
  looked_back_to: string | null;
}

export interface ConversationItem {
  thread_id: string;
  title: string;
  created_at: string;
  updated_at: string;
  /** Questions of the shopper. */
  messages: number;
  errors: number;
  hand_offs: number;
  no_results: number;
  ups: number;
  downs: number;
  wrong: number;
  cost_micro_usd: number;
  /** The words around what was searched for. */
  snippet?: string;
}

/** `GET /api/admin/conversations/:id?shop=` */
export interface Conversation {
  shop: string;
  thread_id: string;
  title: string;
  created_at: string;
  updated_at: string;
  cost_micro_usd: number;
  turns: ConversationTurn[];
  /** The products that are named in it as they are today, for pictures and links; what is gone isn't here. */
  products: Product[];
}

/** A question and its answer. */
export interface ConversationTurn {
  turn_id: string;
  status: 'running' | 'interrupted' | Finish;
  /** BCP 47 */
  locale: string;
  /** How often it was begun. */
  attempts: number;
  /** The shopper has asked anew, and sees neither question nor answer any more. */
  replaced: boolean;
  started_at: string;
  ended_at: string | null;
  /** To what the shopper first saw of the answer, and to its end. */
  first_ms: number | null;
  whole_ms: number | null;
  cost_micro_usd: number;
  /** Some of its calls have no known price. */
  unpriced: boolean;
  question: { message_id: string; text: string; page: { url?: string; title?: string } | null };
  answer: {
    message_id: string;
    parts: SaidPart[];
    finish: Finish | null;
    error: Omit<ErrorEvent, 'type'> | null;
    feedback: { rating: 'up' | 'down'; reason?: string; comment?: string; at: string } | null;
    note: AnswerNote | null;
  };
  /** Tools in the order in which they ended. */
  steps: { name: string; query?: string; found?: number; failed?: true }[];
  calls: ModelCall[];
  gaps: { kind: Exclude<GapKind, 'claims'>; text: string }[];
  /** What was taken out of the answer. */
  claims: { kind: string; text: string }[];
  /** Put into the cart by a card's button. */
  card_additions: { product_id: number; quantity: number; at: string }[];
}

/** A part of an answer as the shopper was told it. */
export type SaidPart =
  | { type: 'text'; content: string }
  | { type: 'products'; title?: string; why?: string; cards: SaidCard[] }
  | { type: 'comparison'; title?: string; cards: SaidCard[]; rows: { name: string; values: (string | null)[] }[] }
  | { type: 'cart'; added: (SaidCard & { variant_id: string; quantity: number }) | null; outcome: CartOutcome }
  | { type: 'citations'; data: Citation[] }
  | { type: 'notice'; code: LastingNoticeCode }
  | { type: 'suggestions'; data: string[] };

/** What a card said; of answers that are older than this memory, the id alone. */
export interface SaidCard {
  product_id: number;
  title?: string;
  price?: { min: Money; max: Money };
  availability?: Availability;
}

export interface ModelCall {
  model: string;
  /** Of a test of models; '' where none is. */
  arm: string;
  purpose: string;
  outcome: 'running' | 'ok' | 'cancelled' | 'error';
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  /** The tokens are guessed. */
  estimated: boolean;
  /** Our own answer cache answered. */
  from_cache: boolean;
  retries: number;
  first_token_ms: number | null;
  duration_ms: number;
  /** Null when nobody knows the price. */
  cost_micro_usd: number | null;
  at: string;
}

/** `PUT /api/admin/messages/:id/note?shop=`; neither wrong nor a word takes it back. */
export interface AnswerNoteRequest {
  wrong: boolean;
  /** 2,000 characters at most. */
  note: string;
}

export interface AnswerNote extends AnswerNoteRequest {
  by: string;
  at: string;
}

export const GAP_KINDS = ['no_result', 'unanswered', 'not_sold', 'claims'] as const;
/**
 * `no_result`: a search found nothing in these words, though the answer showed products in the end · `unanswered`: no answer
 * to it in the shop's documents · `not_sold`: nothing of it in the catalogue · `claims`: taken out of an answer, because
 * nothing accounts for it.
 */
export type GapKind = (typeof GAP_KINDS)[number];
