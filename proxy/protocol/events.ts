import type { Citation } from './citation.ts';
import type { ErrorCode } from './errors.ts';
import type { PageAct } from './page-tool.ts';
import type { GoneProduct, Money, Product } from './product.ts';

/** First event of every turn: where it happens. `message_id` is the assistant's message that the turn writes. */
export interface ThreadIdEvent {
  type: 'thread_id';
  thread_id: string;
  turn_id: string;
  message_id: string;
}

/** A piece of the answer, in markdown; pieces are to be joined as they come. */
export interface TextEvent {
  type: 'text';
  content: string;
}

/** Progress of a tool. The arguments never leave the proxy. */
export interface ToolEvent {
  type: 'tool';
  name: string;
  status: 'started' | 'done';
}

/** Cards to show at this place of the answer. */
export interface ProductsEvent {
  type: 'products';
  data: Product[];
  title?: string;
  why?: string;
  /** Only in an old conversation. */
  gone?: GoneProduct[];
}

/** Products side by side. */
export interface ComparisonEvent {
  type: 'comparison';
  /** Two to four. */
  data: Product[];
  /**
   * The options by which the products differ, and their values for each in the order of `data`; null where the catalogue
   * says nothing. Price, stock and rating are in `data`, as they are today, and the page's to word. May be empty.
   */
  rows: { name: string; values: (string | null)[] }[];
  title?: string;
  gone?: GoneProduct[];
}

/** Sources of what is said next; more than one such event add up. A mark comes only after its source. */
export interface CitationsEvent {
  type: 'citations';
  data: Citation[];
}

/**
 * Something that only the shopper's page can do: the cart is the shopper's own session with the shop, and the page may have
 * functions of its own. The page does it (an addition only after the shopper's yes) and posts the outcome to `POST /api/turns/:id/tool-results`; until then the
 * turn waits, two minutes at the most, for a function of the page half a minute. `call_id` is the same for the same act, also when the turn is begun again: what a
 * page has done once it doesn't do twice.
 */
export type ClientToolEvent = { type: 'client_tool'; call_id: string } & ClientAct;

export type ClientAct = CartAct | PageAct;

export type CartAct =
  | { name: 'add_to_cart'; arguments: { product: Product; variant_id: string; quantity: number } }
  | { name: 'view_cart'; arguments: Record<string, never> };

/** How an act in the cart ended; part of the conversation. */
export type CartEvent = { type: 'cart'; call_id: string; outcome: CartOutcome } & CartAct;

export type CartOutcome = { ok: true; cart?: CartSummary } | { ok: false; code: CartErrorCode };

export const CART_ERROR_CODES = [
  // The shopper
  'declined',
  'no_answer',
  // The shop
  'out_of_stock',
  'choose_option',
  'not_purchasable',
  'quantity',
  // The line, or a cart that can't be reached from this page
  'network',
  'unavailable',
] as const;
export type CartErrorCode = (typeof CART_ERROR_CODES)[number];

/** What is in the shopper's cart, in the shop's own words and prices. */
export interface CartSummary {
  /** Pieces in all. */
  count: number;
  /** 50 at most. */
  items: { title: string; quantity: number; price?: Money }[];
  total?: Money;
}

/** What the shopper may want to ask next: one to four short questions in the answer's language. The last event before `done`. */
export interface SuggestionsEvent {
  type: 'suggestions';
  data: string[];
}

export const NOTICE_CODES = ['off_topic', 'search_only', 'contact', 'busy', 'moderated'] as const;
/**
 * `off_topic`: the question has nothing to do with the shop, and no model was asked · `search_only`: the shop's budget is
 * used up; the cards that follow are what its search finds · `contact`: people of the shop can help · `busy`: the answer
 * comes later than usual; said while it is waited for, and gone with the answer's next part · `moderated`: the question,
 * or what was being answered, is nothing that this assistant may speak about.
 */
export type NoticeCode = (typeof NOTICE_CODES)[number];
/** What stays in a thread. */
export type LastingNoticeCode = Exclude<NoticeCode, 'busy'>;

/** Something that the proxy itself has to say in the middle of an answer; the widget words it in the shopper's language. */
export interface NoticeEvent {
  type: 'notice';
  code: NoticeCode;
  /** With `contact`. */
  contact?: ShopContact;
}

/** Where a shopper finds the people of a shop; at least one of the four. */
export interface ShopContact {
  email?: string;
  phone?: string;
  /** A page with a form, or a chat elsewhere: http(s). */
  url?: string;
  /** `POST /api/contact` takes messages for them. */
  form?: boolean;
  /** Where the shop says when they are there: as of when this was sent. */
  open?: Opening;
}

/** Whether the people of a shop are there. */
export interface Opening {
  now: boolean;
  /** ISO 8601, UTC: when they close, if they are there now; left out when they don't within a month. */
  until?: string;
  /** The same: when they open, if they are not; left out when they don't within a month. */
  opens_at?: string;
}

/** The turn failed; what was said so far stays. `done` with `finish: "error"` follows. */
export interface ErrorEvent {
  type: 'error';
  code: ErrorCode;
  message: string;
  retryable: boolean;
  retry_after_ms?: number;
}

/** The answer starts again, after the proxy was restarted in its middle: all its text and cards so far are void. */
export interface ResetEvent {
  type: 'reset';
}

/**
 * The events that were asked for are no longer there. The reader loads the thread instead. Not part of the turn: it has no
 * number, and nothing follows it.
 */
export interface GapEvent {
  type: 'gap';
  thread_id: string;
}

export type Finish = 'stop' | 'length' | 'cancelled' | 'error';

/** Last event of every turn. A body that ends without it was interrupted. */
export interface DoneEvent {
  type: 'done';
  thread_id: string;
  message_id: string;
  finish: Finish;
}

/** One step of a turn, as it travels from the proxy to the widget. Unknown types are skipped by both sides. */
export type ChatEvent =
  | ThreadIdEvent
  | TextEvent
  | ToolEvent
  | ProductsEvent
  | ComparisonEvent
  | CitationsEvent
  | ClientToolEvent
  | CartEvent
  | NoticeEvent
  | SuggestionsEvent
  | ResetEvent
  | GapEvent
  | ErrorEvent
  | DoneEvent;
