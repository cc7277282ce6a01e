/** Conversations as they are kept, and what shoppers may do with them. */
import type {
  CartEvent,
  CitationsEvent,
  ComparisonEvent,
  ErrorEvent,
  Finish,
  NoticeEvent,
  ProductsEvent,
  SuggestionsEvent,
  TextEvent,
} from './events.ts';
import type { ContactResponse, PageContext } from './requests.ts';

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

export interface KeptContactMessage extends Omit<ContactResponse, 'open'> {
  name: string;
  email: string;
  message: string;
  thread_id: string | null;
}
