import type { Citation } from './citation.ts';
import type {
  CartEvent,
  CartOutcome,
  ChatEvent,
  CitationsEvent,
  ComparisonEvent,
  ErrorEvent,
  Finish,
  NoticeEvent,
  ProductsEvent,
  ShopContact,
  SuggestionsEvent,
  TextEvent,
} from './events.ts';
import type { Product } from './product.ts';

/** `POST /api/session` */
export interface SessionRequest {
  /** Slug of the shop. */
  shop: string;
  /** The shopper agreed; demanded where the shop's settings say `consent`. */
  consent?: boolean;
  /** A JWT of the shop that says who has signed in; its `sub` becomes a visitor of its own. */
  identity?: string;
}

export interface SessionResponse {
  /** Send it as `Authorization: Bearer …` with every other request. */
  token: string;
  /** ISO 8601, UTC. */
  expires_at: string;
  shop: ShopSettings;
}

/** `GET /api/shops/:slug`, without a token, and part of every session. Nothing in it is secret. */
export interface ShopSettings {
  slug: string;
  name: string;
  /** BCP 47 language to use when the page and the shopper say nothing else. */
  locale: string;
  /** By language (`en`, `he`); empty where the shop says none. */
  greeting: Record<string, string>;
  /** Starter prompts by language, four at most. */
  prompts: Record<string, string[]>;
  /** CSS colour of the shop's brand. */
  accent?: string;
  color_scheme?: 'auto' | 'light' | 'dark';
  /** Nothing may be stored or sent before the shopper agrees. */
  consent: boolean;
  /** Say that an AI answers. */
  disclosure: boolean;
  /** The shop's privacy page, http(s). */
  privacy_url?: string;
  contact?: ShopContact;
  /** Which cart the page has: none shows no "Add to cart". */
  cart: 'woocommerce' | 'shopify' | 'event' | 'none';
  /** The shop's cart page, http(s), absolute or relative to the page. */
  cart_url?: string;
  /** Longest message taken, in UTF-16 code units (what `maxlength` counts). */
  max_message_length: number;
  /** True while the keyless demo model answers. The widget says so. */
  demo_model: boolean;
}

/** `POST /api/chat/stream` and `POST /api/chat` */
export interface ChatRequest {
  message: string;
  /** Null starts a new thread. */
  thread_id: string | null;
  /** Made by the sender, unique per message: repeating a request with the same id never makes a second turn. */
  client_message_id: string;
  /** BCP 47 */
  locale?: string;
}

/** Answer of `POST /api/chat/stream` to who asks for JSON: the turn runs, and is followed by polling. */
export interface StartedTurn {
  thread_id: string;
  turn_id: string;
  message_id: string;
}

/**
 * `GET /api/turns/:id/events?after=` asked for JSON: what came after event number `after`. It waits some seconds for the
 * next event if there is none yet, so the list may be empty.
 */
export interface TurnEvents {
  /** In order, without gaps. */
  events: { seq: number; event: ChatEvent }[];
  /** Nothing more will come: the last event is `done`, or a `gap`. */
  ended: boolean;
}

/** Answer of `POST /api/chat`: the same turn, whole. */
export interface ChatResponse {
  thread_id: string;
  message_id: string;
  /** The whole text of the answer, markdown. */
  message: string;
  /** What its marks, `[^2]`, stand for. */
  citations: Citation[];
  products: Product[];
  notices: Omit<NoticeEvent, 'type'>[];
  suggestions: string[];
  finish: Finish;
  /** Present when the turn failed; `message` then holds what was said before. */
  error?: Omit<ErrorEvent, 'type'>;
}

export type MessagePart =
  | TextEvent
  | ProductsEvent
  | ComparisonEvent
  | CitationsEvent
  | CartEvent
  | NoticeEvent
  /** Only at the end of a thread's last message. */
  | SuggestionsEvent;

export interface ThreadMessage {
  message_id: string;
  role: 'user' | 'assistant';
  /** In the order in which they are shown. Products are as the catalogue has them now. */
  parts: MessagePart[];
  /** ISO 8601, UTC. */
  created_at: string;
  /** The id its sender gave it; only on a user's message. */
  client_message_id?: string;
  /** How the answer ended; only on an assistant's message. */
  finish?: Finish;
  error?: Omit<ErrorEvent, 'type'>;
}

/** `GET /api/threads` → `{threads: ThreadSummary[]}`, newest first */
export interface ThreadSummary {
  thread_id: string;
  /** The beginning of the shopper's first message. */
  title: string;
  updated_at: string;
}

/** `GET /api/threads/:id` */
export interface Thread extends ThreadSummary {
  messages: ThreadMessage[];
  /** The turn that is running now, or that a restart broke off and who follows it takes up again. */
  active_turn_id: string | null;
}

/** `PATCH /api/threads/:id` → `ThreadSummary` */
export interface ThreadChange {
  /** 1 to 80 characters. */
  title: string;
}

/**
 * `GET /api/threads/:id/export`: one conversation, to keep. `GET /api/visitor` has all of a visitor's, and
 * `DELETE /api/visitor` removes all that is kept of them (204), as `DELETE /api/threads/:id` does for one.
 */
export interface ThreadExport {
  shop: string;
  /** ISO 8601, UTC. */
  exported_at: string;
  thread: Omit<Thread, 'active_turn_id'>;
}

export interface VisitorExport {
  shop: string;
  visitor_id: string;
  exported_at: string;
  threads: Omit<Thread, 'active_turn_id'>[];
  contact_messages: KeptContactMessage[];
}

/** `POST /api/contact` → 201: a message to the people of the shop. The same `client_message_id` again is the same message. */
export interface ContactRequest {
  client_message_id: string;
  /** 80 UTF-16 code units at most; left out or empty is none. */
  name?: string;
  /** Where the answer goes. 200 at most. */
  email: string;
  /** 1 to 4,000. */
  message: string;
  /** The conversation that the shopper agreed to send with it. */
  thread_id?: string;
  /** BCP 47 */
  locale?: string;
}

export interface ContactResponse {
  contact_message_id: string;
  /** ISO 8601, UTC. */
  created_at: string;
}

export interface KeptContactMessage extends ContactResponse {
  name: string;
  email: string;
  message: string;
  thread_id: string | null;
}

/** `POST /api/turns/:id/tool-results` → 204; once for each `call_id`. */
export interface ToolResultRequest {
  call_id: string;
  result: CartOutcome;
}

/** `GET /api/products?ids=1,2,3` (50 at most): the cards of today. */
export interface ProductsResponse {
  products: Product[];
}

/** `POST /api/sync`, with the admin token. */
export interface SyncRequest {
  shop: string;
  /** Reads everything again, also where the source could tell what has changed. */
  full?: boolean;
}

export type SyncResponse =
  | { status: 'skipped'; skipped: true; hash: string; products: number }
  | {
      status: 'synced';
      skipped: false;
      hash: string;
      products: number;
      added: number;
      changed: number;
      removed: number;
      /** The first fifty items that were left out, and how many there were. */
      left_out: { item: string; reason: string }[];
      left_out_count: number;
      took_ms: number;
    };
