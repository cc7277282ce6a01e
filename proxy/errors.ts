import type { ErrorBody, ErrorCode, ErrorEvent } from './protocol/index.ts';

/** HTTP status of each code, and whether the same request may succeed later. */
const CODES: Record<ErrorCode, { status: number; retryable: boolean }> = {
  invalid_request: { status: 400, retryable: false },
  invalid_json: { status: 400, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  body_too_large: { status: 413, retryable: false },
  message_empty: { status: 400, retryable: false },
  message_too_long: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  origin_not_allowed: { status: 403, retryable: false },
  shop_not_found: { status: 404, retryable: false },
  thread_not_found: { status: 404, retryable: false },
  turn_not_found: { status: 404, retryable: false },
  message_not_found: { status: 404, retryable: false },
  turn_active: { status: 409, retryable: true },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  not_last_message: { status: 409, retryable: false },
  overloaded: { status: 503, retryable: true },
  consent_required: { status: 403, retryable: false },
  identity_invalid: { status: 403, retryable: false },
  rate_limited: { status: 429, retryable: true },
  limit_reached: { status: 429, retryable: false },
  budget_spent: { status: 429, retryable: false },
  too_many_threads: { status: 409, retryable: false },
  thread_full: { status: 409, retryable: false },
  tool_call_not_found: { status: 404, retryable: false },
  tool_call_settled: { status: 409, retryable: false },
  sync_running: { status: 409, retryable: true },
  sync_failed: { status: 502, retryable: true },
  contact_off: { status: 404, retryable: false },
  too_many_contact_messages: { status: 409, retryable: false },
  model_unavailable: { status: 502, retryable: true },
  model_rate_limited: { status: 503, retryable: true },
  model_quota: { status: 503, retryable: false },
  model_config: { status: 500, retryable: false },
  model_timeout: { status: 504, retryable: true },
  model_interrupted: { status: 502, retryable: true },
  model_refused: { status: 422, retryable: false },
  context_too_long: { status: 422, retryable: false },
  shutting_down: { status: 503, retryable: true },
  internal: { status: 500, retryable: true },
};

/**
 * What a failed request to a model says of the next one. `passing`: nothing of an answer came, and the same request may
 * well succeed in a moment. `standing`: no request will succeed until somebody mends a key, an account or a name.
 */
export type Fault = 'passing' | 'standing';

export interface ChatErrorOptions {
  cause?: unknown;
  /** Of a model's provider; left out where the failure concerns this one request. */
  fault?: Fault | undefined;
  /** When to try again, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** How often a model was asked in vain; 0 where it wasn't asked at all. */
  tries?: number;
}

/**
 * The one error of the proxy. `message` goes to developers (logs, the body of an answer); a shopper reads the widget's
 * wording of `code`. So it must hold no secret and no raw text of the model's provider: that belongs into `cause`.
 */
export class ChatError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly fault: Fault | undefined;
  /** Of a call of a model: tries that failed, this one included. What asks again counts them up. */
  tries: number;

  constructor(code: ErrorCode, message: string, { cause, retryAfterMs, fault, tries = 1 }: ChatErrorOptions = {}) {
    super(message, { cause });
    this.name = 'ChatError';
    this.code = code;
    this.status = CODES[code].status;
    this.retryable = CODES[code].retryable;
    this.retryAfterMs = retryAfterMs;
    this.fault = fault;
    this.tries = tries;
  }

  /** Anything that was thrown, as a ChatError. What isn't one becomes `internal`, its text kept out of the message. */
  static from(error: unknown): ChatError {
    if (error instanceof ChatError) return error;
    if (isDiskFull(error)) return new ChatError('overloaded', DISK_FULL, { cause: error });
    return new ChatError('internal', 'Something went wrong in the proxy.', { cause: error });
  }
}

export const DISK_FULL = 'The disk that the proxy writes to is full: make room, then try again. What was there stays.';

/** SQLite's word for it, and the system's. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT';
}

/** What of an error may leave the proxy. */
export function toWire(error: ChatError): Omit<ErrorEvent, 'type'> {
  return {
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    ...(error.retryAfterMs !== undefined && { retry_after_ms: error.retryAfterMs }),
  };
}

export function toBody(error: ChatError): ErrorBody {
  return { error: toWire(error) };
}
