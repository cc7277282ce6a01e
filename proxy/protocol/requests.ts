/** Getting a token, asking, following an answer, acting on what it shows; conversations are in threads.ts. */
import type { Citation } from './citation.ts';
import type { CartOutcome, CartSummary, ChatEvent, ErrorEvent, Finish, NoticeEvent, Opening } from './events.ts';
import type { PageOutcome, PageTool } from './page-tool.ts';
import type { Product } from './product.ts';
import type { ShopSettings } from './shop-settings.ts';

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
