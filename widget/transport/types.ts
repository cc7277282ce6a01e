import type { ChatEvent, ChatRequest, ErrorCode, ShopSettings, ToolResultRequest } from '../../proxy/protocol/index.ts';

/**
 * The widget's line to the proxy. Every method rejects with a `TransportError`, or with the signal's own reason once
 * that is aborted.
 */
export interface Transport {
  /** Where the proxy is: absolute, without a slash at its end. */
  readonly base: string;
  /** The visitor's token; null before the first session. */
  readonly token: string | null;
  /** What the panel must know of the shop. Says nothing of who asks, and leaves no trace of it. */
  settings(signal: AbortSignal): Promise<ShopSettings>;
  /** Opens a session, or renews the one of the visitor's token. Later renewals say the same of the visitor. */
  session(visitor: Visitor, signal: AbortSignal): Promise<ShopSettings>;
  /**
   * Starts a turn and follows it to its end, over as many connections as it takes: ends after `done` or `gap`. The same
   * request again joins the turn that the first has made, and tells it from its beginning.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<TransportEvent>;
  /** Follows a turn that runs already, from the event after number `after`; 0 for all of it. */
  follow(turnId: string, after: number, signal: AbortSignal): AsyncIterable<TransportEvent>;
  /** How something in the shopper's page ended. Goes on trying while the line is lost. */
  toolResult(turnId: string, callId: string, result: ToolResultRequest['result'], signal: AbortSignal): Promise<void>;
  /** Anything else, with a session: what `read` makes of a 2xx answer. What is sent must be harmless when it arrives twice. */
  request<T>(request: ProxyRequest, read: Read<T>, signal: AbortSignal): Promise<T>;
  /** The page is looked at again, or the network is there again: a line that fell silent meanwhile is not trusted. */
  woken(): void;
  /** Stop. Goes on trying while the line is lost. Resolves for a turn that is over already. */
  cancel(turnId: string, signal: AbortSignal): Promise<void>;
}

export interface ProxyRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  /** The media type wanted. */
  accept?: string;
}

export type Read<T> = (response: Response) => T | Promise<T>;

export interface Visitor {
  /** Of an earlier session. */
  token: string | null;
  /** The shopper agreed to what the shop says it stores. */
  consent?: boolean | undefined;
  /** A JWT of the shop for who has signed in; then no token is sent, and none without it is ever asked for. */
  identity?: string | undefined;
}

/** The line was lost in the middle of a turn, or is back. Not from the proxy, and nothing of the turn is lost with it. */
export interface LineEvent {
  type: 'line';
  up: boolean;
}

export type TransportEvent = ChatEvent | LineEvent;

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

/** Deleted, or never this visitor's: the proxy doesn't tell which. */
export function isGone(error: unknown): boolean {
  return error instanceof TransportError && error.status === 404;
}

const LOST_LINE: ReadonlySet<TransportErrorCode> = new Set(['network', 'interrupted', 'shutting_down', 'overloaded']);

/** Whether the same request is likely to come through later: the proxy is out of reach, restarts, or has no room now. */
export function isLostLine(error: unknown): error is TransportError {
  // 429 says that it is this shopper who asks too much.
  return error instanceof TransportError && LOST_LINE.has(error.code) && error.retryable && error.status !== 429;
}

/** Whatever was thrown. Its text is not looked at: each browser words a lost line in its own way. */
export function asTransportError(
  cause: unknown,
  signal: AbortSignal,
  code: 'network' | 'interrupted',
  message: string,
): unknown {
  if (signal.aborted) return signal.reason;
  return cause instanceof TransportError ? cause : new TransportError(code, message, { retryable: true, cause });
}
