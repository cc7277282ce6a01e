import type {
  ChatEvent,
  ChatRequest,
  ErrorCode,
  ShopSettings,
  Thread,
  ThreadSummary,
} from '../../proxy/protocol/index.ts';

/**
 * The widget's line to the proxy. Every method rejects with a `TransportError`, or with the signal's own reason once
 * that is aborted.
 */
export interface Transport {
  /** The visitor's token; null before the first session. */
  readonly token: string | null;
  /** Opens a session, or renews the one of `token` for the same visitor. */
  session(token: string | null, signal: AbortSignal): Promise<ShopSettings>;
  /** Starts a turn and follows it: ends after `done`, rejects when the line breaks before it. */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /** `locale` (BCP 47): the language of the cards; the shop's own without it. */
  thread(id: string, locale: string | undefined, signal: AbortSignal): Promise<Thread>;
  /** Newest first. */
  threads(signal: AbortSignal): Promise<ThreadSummary[]>;
  /** Stop. Resolves for a turn that is over already. */
  cancel(turnId: string, signal: AbortSignal): Promise<void>;
}

/** `network`: no answer of the proxy · `interrupted`: the answer broke off before its end · else the proxy's code. */
export type TransportErrorCode = ErrorCode | 'network' | 'interrupted';

export interface TransportErrorOptions {
  /** HTTP status; absent when there was no answer. */
  status?: number | undefined;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** When to try again, in milliseconds. */
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** `message` is for developers; the shopper reads the widget's wording of `code`. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: TransportErrorCode,
    message: string,
    { status, retryable, retryAfterMs, cause }: TransportErrorOptions,
  ) {
    super(message, { cause });
    this.name = 'TransportError';
    this.code = code;
    this.status = status;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}
