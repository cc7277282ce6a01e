import type {
  CartAct,
  CartOutcome,
  Citation,
  ComparisonEvent,
  ErrorCode,
  Feedback,
  GoneProduct,
  NoticeEvent,
  Product,
  ShopSettings,
} from '../../proxy/protocol/index.ts';
import type { CartResult } from '../cart/types.ts';

export type Part =
  /** Markdown; grows while it streams. */
  | { type: 'text'; content: string }
  | ProductsPart
  | ComparisonPart
  | ActPart
  | CitationsPart
  /** What the proxy itself has to say; worded by its code. */
  | NoticeEvent;

export interface ProductsPart {
  type: 'products';
  products: readonly Product[];
  title?: string;
  why?: string;
  /** Shown once, and no longer sold. */
  gone?: readonly GoneProduct[];
}

export interface ComparisonPart {
  type: 'comparison';
  products: readonly Product[];
  /** Values in the order of `products`. */
  rows: ComparisonEvent['rows'];
  title?: string;
  gone?: readonly GoneProduct[];
}

/** What the text's marks stand for. At most one, before all other parts. */
export interface CitationsPart {
  type: 'citations';
  data: readonly Citation[];
}

/** Something in the shopper's own cart. */
export interface ActPart {
  type: 'act';
  callId: string;
  act: CartAct;
  /** `asking`: for the shopper's yes, as long as the turn runs · `acting` · else how it ended. */
  progress: 'asking' | 'acting' | CartOutcome;
  /** Takes it out again; only in the page that put it in. */
  undo?: (signal: AbortSignal) => Promise<CartResult>;
}

/** What went wrong, as the widget words it: `network` is a line that never reached the proxy. */
export interface Failure {
  code: ErrorCode | 'network' | 'interrupted';
  retryable: boolean;
  retryAfterMs?: number;
}

/**
 * `sending`: the proxy has not answered yet · `streaming`: an answer under way · `done` · `stopped`: ended by the
 * shopper · `failed`: see `failure`; what was said before stays · `waiting`: a question that is sent when the answer
 * before it has ended · `offline`: one that is sent when the line is back.
 */
export type MessageStatus = 'sending' | 'streaming' | 'done' | 'stopped' | 'failed' | 'waiting' | 'offline';

export interface Message {
  /** The proxy's id where it is known, else the widget's own. */
  id: string;
  /** Stable from the first showing to the last: the key in lists. */
  key: string;
  role: 'user' | 'assistant';
  parts: readonly Part[];
  status: MessageStatus;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** The name of the tool that runs now. Only while streaming. */
  tool?: string;
  /** The answer was cut by its length limit. */
  cut?: boolean;
  /** What the shopper may want to ask next. */
  suggestions?: readonly string[];
  failure?: Failure;
  /** What the shopper thinks of the answer. */
  feedback?: Feedback;
}

export interface Turn {
  /** Of the question; the turn's own id for one that was found running: after a reload, or asked in another tab. */
  clientMessageId: string;
  /** Known from the first event on. */
  turnId: string | null;
  /** Key of the assistant's message that the turn writes. */
  messageKey: string;
  /** The shopper pressed Stop: nothing that comes later is shown. */
  stopping: boolean;
  /** The line is lost and is being looked for. Nothing else is known to be wrong. */
  reconnecting: boolean;
}

/** All that the widget shows comes from here; only `reduce` makes a new one. */
export interface ChatState {
  /** `loading`: settings and old thread under way · `ready` · `failed`: see `failure`. */
  connection: 'idle' | 'loading' | 'ready' | 'failed';
  /** Why it is not ready. */
  failure: Failure | null;
  /** What failed beside the conversation: to download or delete it. */
  aside: Failure | null;
  shop: ShopSettings | null;
  /** The shopper agreed to what the shop says it stores. */
  agreed: boolean;
  /** A question that may not be sent yet or was taken back, for the shopper to keep. */
  unsent: string;
  threadId: string | null;
  messages: readonly Message[];
  turn: Turn | null;
}

/** No answer of the proxy. */
export const UNREACHED: Failure = { code: 'network', retryable: true };

export const initialState: ChatState = {
  connection: 'idle',
  failure: null,
  aside: null,
  shop: null,
  agreed: false,
  unsent: '',
  threadId: null,
  messages: [],
  turn: null,
};

/** Nothing may be sent or stored before the shopper agrees. */
export const consentNeeded = ({ shop, agreed }: ChatState): boolean => shop?.consent === true && !agreed;

/** Key of the message that asks, and of the one that answers. */
export const questionKey = (clientMessageId: string): string => `${clientMessageId}:user`;
/** Null for a key that is no question's of this kind. */
export const clientMessageIdOf = (key: string): string | null =>
  key.endsWith(':user') ? key.slice(0, -':user'.length) : null;
export const answerKey = (clientMessageId: string): string => `${clientMessageId}:assistant`;

/** What waits for the line stands below all that was asked. */
export const waitsForLine = ({ status }: Message): boolean => status === 'offline';
/** The last of what was asked and answered; undefined in an empty conversation. */
export const lastAsked = ({ messages }: ChatState): Message | undefined =>
  messages.findLast((message) => !waitsForLine(message));
