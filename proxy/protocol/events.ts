import type { ErrorCode } from './errors.ts';
import type { Product } from './product.ts';

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
}

export const NOTICE_CODES = ['off_topic', 'search_only', 'contact'] as const;
/**
 * `off_topic`: the question has nothing to do with the shop, and no model was asked · `search_only`: the shop's budget is
 * used up; the cards that follow are what its search finds · `contact`: people of the shop can help.
 */
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Something that the proxy itself has to say in the middle of an answer; the widget words it in the shopper's language. */
export interface NoticeEvent {
  type: 'notice';
  code: NoticeCode;
  /** With `contact`. */
  contact?: ShopContact;
}

/** Where a shopper finds the people of a shop; at least one of the three. */
export interface ShopContact {
  email?: string;
  phone?: string;
  /** A page with a form, or a chat elsewhere: http(s). */
  url?: string;
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
  | NoticeEvent
  | ResetEvent
  | GapEvent
  | ErrorEvent
  | DoneEvent;
