import type { Citation } from './citation.ts';
import type {
  CartEvent,
  CartOutcome,
  CartSummary,
  ChatEvent,
  CitationsEvent,
  ComparisonEvent,
  ErrorEvent,
  Finish,
  NoticeEvent,
  Opening,
  ProductsEvent,
  ShopContact,
  SuggestionsEvent,
  TextEvent,
} from './events.ts';
import type { PageOutcome, PageTool } from './page-tool.ts';
import type { Product } from './product.ts';

/** `POST /api/session` */
export interface SessionRequest {
  /** Slug of the shop. */
  shop: string;
  /** The shopper agreed; demanded where the shop's settings say `consent`. */
  consent?: boolean;
  /** A JWT of the shop that says who has signed in; its `sub` becomes a visitor of its own. */
  identity?: string;
  /** From the desk: shows the draft of the shop's settings, to a page of the proxy's own. */
  preview?: string;
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
  /** The name by language, where the shop writes it in more than one way. */
  names?: Record<string, string>;
  /** BCP 47 language to use when the page and the shopper say nothing else. */
  locale: string;
  /** By language (`en`, `he`); empty where the shop says none. */
  greeting: Record<string, string>;
  /** Starter prompts by language, four at most. */
  prompts: Record<string, string[]>;
  /** CSS colour of the shop's brand. */
  accent?: string;
  color_scheme?: 'auto' | 'light' | 'dark';
  /** What else the shop says of its looks; attributes and CSS of the page go before it. */
  theme?: ThemeSettings;
  /**
   * The shop's own words in place of the widget's, by language and by the key of the widget's dictionary: `send`,
   * `notices.contact`. Unknown keys are skipped.
   */
  strings?: Record<string, Record<string, string>>;
  /** Greetings that the widget may make by itself, once a session: the first whose rule comes true. Five at most. */
  proactive?: ProactiveGreeting[];
  /** The shop wants `ChatRequest.context`; where it isn't true, nothing of the page may be sent, and nothing is kept. */
  page_context?: boolean;
  /** The shop lets its pages bring `ChatRequest.tools`. */
  page_tools?: boolean;
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

/** Colours are `#rrggbb`, lengths CSS lengths in `px`, `rem` or `em`. */
export interface ThemeSettings extends ThemeColours {
  /** In place of the ones above (and of `accent`) while the panel is dark. */
  dark?: ThemeColours & { accent?: string };
  radius?: string;
  /** A list of font families that the page has. */
  font?: string;
  font_size?: string;
  launcher_size?: string;
  position?: 'start' | 'end';
  layout?: 'float' | 'side' | 'inline';
  /** http(s); a picture for the panel's header. */
  logo_url?: string;
}

export interface ThemeColours {
  surface?: string;
  text?: string;
  muted?: string;
  border?: string;
}

/** All that is given must be true; at least one of the two times is. */
export interface ProactiveGreeting {
  /** Seconds on this page. */
  after_s?: number;
  /** Seconds for which nothing was done with a cart that holds something. */
  idle_cart_s?: number;
  /** Paths of pages, in which `*` stands for anything but `/` and `**` for anything; left out, every page. */
  pages?: string[];
  /** By language. */
  text: Record<string, string>;
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
  /**
   * `client_message_id` of the last question of this thread: it and its answer leave the thread, and this message takes
   * their place (the same text is asked again, another one corrects it). One that the proxy never got is no error: then
   * nothing is replaced. 409 `not_last_message` when the thread has gone on, `turn_active` while it is being answered.
   */
  replaces?: string;
  /** Only where the shop's settings say `page_context`; elsewhere it is thrown away. */
  context?: PageContext;
  /**
   * Functions of the page, for this turn: eight at most, no two of a name. Only where the shop's settings say
   * `page_tools`; elsewhere, and where no page follows the turn, they are thrown away.
   */
  tools?: PageTool[];
}

/**
 * What the shopper has before them. The proxy keeps 4 kB of it with the message, without queries and fragments of URLs,
 * and tells it to the model as data; longer texts are cut, later products and lines of the cart left out.
 */
export interface PageContext {
  /** http(s), of the shop's own pages. */
  url?: string;
  title?: string;
  /** What the page is about, the foremost first: five at most. */
  products?: PageProduct[];
  cart?: CartSummary;
}

/** As the page's own markup (JSON-LD of schema.org) has it. */
export interface PageProduct {
  name?: string;
  sku?: string;
  url?: string;
  /** In whole units, as in the markup: `"219.90"`. */
  price?: string | number;
  /** ISO 4217 */
  currency?: string;
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
  /** What the shopper thinks of it; only on an assistant's message. */
  feedback?: Feedback;
  /** Only in exports: another question or answer has taken its place. */
  replaced?: true;
  /** Only in exports: what the page said with a question. */
  context?: PageContext;
}

export const FEEDBACK_REASONS = ['wrong', 'unhelpful', 'unsafe', 'other'] as const;
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

export interface Feedback {
  rating: 'up' | 'down';
  reason?: FeedbackReason;
  /** 500 UTF-16 code units at most. */
  comment?: string;
}

/**
 * `POST /api/messages/:id/feedback` → 204, on an answer in a thread of one's own that has ended; in place of the one
 * before. A `rating` of null takes it back. 404 `message_not_found` for everything else.
 */
export type FeedbackRequest = Feedback | { rating: null };

/**
 * `POST /api/messages/:id/additions` → 204: a card of this answer has put something into the cart. Counted for the shop's
 * owner, with nothing of the shopper; the same `addition_id` twice counts once. 404 `message_not_found` as above.
 */
export interface AdditionRequest {
  /** Of the page's making: 8 to 64 letters, digits, `-` and `_`. */
  addition_id: string;
  product_id: number;
  quantity: number;
}

/**
 * `GET /api/threads` → `{threads: ThreadSummary[]}`, newest first. With `?q=` (100 characters count) only those in whose
 * title or in one of whose messages all of its words stand, 50 at most.
 */
export interface ThreadSummary {
  thread_id: string;
  /** The beginning of the shopper's first message. */
  title: string;
  updated_at: string;
  /** Of a search that found it in a message: the words around, in plain text. */
  snippet?: string;
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
  /** Whether somebody is there to read it, where the shop says when they are. */
  open?: Opening;
}

export interface KeptContactMessage extends Omit<ContactResponse, 'open'> {
  name: string;
  email: string;
  message: string;
  thread_id: string | null;
}

/** `POST /api/turns/:id/tool-results` → 204; once for each `call_id`. */
export interface ToolResultRequest {
  call_id: string;
  /** Of the kind that was asked for. */
  result: CartOutcome | PageOutcome;
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
