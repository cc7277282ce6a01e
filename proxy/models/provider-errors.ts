import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ChatError, type Fault } from '../errors.ts';
import { OutboundError } from '../outbound/types.ts';
import type { ErrorCode } from '../protocol/index.ts';
import { retryAfterOf } from './retry-after.ts';

/** What providers call their errors, in `code` or `type`, over HTTP and inside a stream. */
const CODES = new Map<unknown, ErrorCode>([
  ['insufficient_quota', 'model_quota'],
  ['credit_balance_exhausted', 'model_quota'],
  ['organization_spend_limit_exceeded', 'model_quota'],
  ['project_spend_limit_exceeded', 'model_quota'],
  ['organization_usage_limit_exceeded', 'model_quota'],
  ['context_length_exceeded', 'context_too_long'],
  ['exceed_context_size_error', 'context_too_long'],
  ['rate_limit_exceeded', 'model_rate_limited'],
  ['rate_limit_error', 'model_rate_limited'],
  ['slow_down', 'model_rate_limited'],
  ['invalid_prompt', 'model_refused'],
  ['content_filter', 'model_refused'],
  ['content_policy_violation', 'model_refused'],
  ['bio_policy', 'model_refused'],
  ['misalignment_policy_violation', 'model_refused'],
  ['invalid_api_key', 'model_config'],
  ['model_not_found', 'model_config'],
  ['unsupported_country_region_territory', 'model_config'],
  ['ip_not_authorized', 'model_config'],
]);

/** vLLM and others say it in words only. */
const CONTEXT_WORDS = /context (length|window|size)|maximum context|too many tokens/i;

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  model_quota: "The account at the model's provider has no credit left, or has reached its spending limit.",
  context_too_long: 'The conversation is longer than the model can read.',
  model_rate_limited: "The model's provider limits how often it may be asked.",
  model_refused: "The model's provider refused this conversation by its content policy.",
  model_unavailable: "The model's provider can't be reached or is out of order.",
  model_timeout: "The model's provider didn't begin to answer in time.",
  model_interrupted: 'The model stopped in the middle of its answer.',
};

/** Makes text fit for a log: the key gone (providers and Node repeat it in messages), and not longer than needed. */
export type Redact = (text: string) => string;

export function createRedact(apiKey: string): Redact {
  return (text) =>
    (apiKey === '' ? text : text.replaceAll(apiKey, '[redacted]'))
      .replace(/\bsk-[\w*.-]+|\bBearer\s+[^\s"']+/g, '[redacted]')
      .slice(0, 500);
}

/** A request that failed before its answer began. */
export function requestFailure(error: unknown, redact: Redact): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof APIError && error.status !== undefined) {
    const { status, code, type, param, requestID, headers } = error;
    const details = [`HTTP ${status}`, code, type, param && `param ${param}`, requestID].filter(Boolean).join(', ');
    const cause = new Error(redact(`${details}: ${error.message}`));
    const named = providerCode(code, type, error.message);
    const errorCode = named ?? statusCode(status);
    const passing = isTransient(errorCode) && headers?.get('x-should-retry') !== 'false';
    // A 403 without a code we know may be a gateway's opinion of one question, and a 404 may be about one item of it.
    const standing = isStanding(named) || status === 401 || (status === 404 && !param);
    return new ChatError(errorCode, MESSAGES[errorCode] ?? configMessage(status), {
      cause,
      retryAfterMs: headers && retryAfterOf(headers),
      fault: passing ? 'passing' : standing || errorCode === 'model_quota' ? 'standing' : undefined,
    });
  }
  const root = error instanceof APIConnectionError && error.cause !== undefined ? error.cause : error;
  const cause = causeOf(root, redact);
  if (root instanceof OutboundError) {
    return new ChatError('model_config', `The model is not asked: ${root.message}`, { cause, fault: 'standing' });
  }
  // The SDK reports a socket's ETIMEDOUT in the same class as its own timer, which aborts.
  if (error instanceof APIConnectionTimeoutError && (root as Error).name === 'AbortError') {
    return providerError('model_timeout', cause);
  }
  if (error instanceof APIConnectionError || isSystemError(error)) {
    return providerError('model_unavailable', cause, 'passing');
  }
  return ChatError.from(cause);
}

/** An error that came as an event: `{code, type, message}`, or only words. */
export function streamFailure(said: unknown, redact: Redact): ChatError {
  const { code, type, message } = typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  const text = typeof message === 'string' ? message : typeof said === 'string' ? said : JSON.stringify(said ?? {});
  const cause = new Error(redact([code, type, text].filter(Boolean).join(', ')));
  // Gateways put an HTTP status there; that of a fault of theirs says no more than that the answer broke off.
  const status = Number(code);
  const limit = status === 402 || status === 413 || status === 429 ? statusCode(status) : undefined;
  const named = providerCode(code, type, text) ?? limit;
  return providerError(named ?? 'model_interrupted', cause, isStanding(named) ? 'standing' : undefined);
}

/** The line was cut, or ended without the terminal event, after the answer had begun. */
export function interrupted(error: unknown, redact: Redact): ChatError {
  return error instanceof ChatError ? error : providerError('model_interrupted', causeOf(error, redact));
}

function providerError(code: ErrorCode, cause: Error, fault?: Fault): ChatError {
  return new ChatError(code, MESSAGES[code] ?? configMessage(), { cause, fault });
}

/** What is told of an error in the log. A new one: the SDK's carry headers and more. */
function causeOf(error: unknown, redact: Redact): Error {
  if (!(error instanceof Error)) return new Error(redact(String(error)));
  // When a name has several addresses, the error of all of them has a code and no message.
  return new Error(redact(`${(error as NodeJS.ErrnoException).code ?? error.name}: ${error.message}`));
}

function providerCode(code: unknown, type: unknown, message: string): ErrorCode | undefined {
  return CODES.get(code) ?? CODES.get(type) ?? (CONTEXT_WORDS.test(message) ? 'context_too_long' : undefined);
}

function statusCode(status: number): ErrorCode {
  if (status === 402) return 'model_quota';
  if (status === 413) return 'context_too_long';
  if (status === 429) return 'model_rate_limited';
  if (status === 408 || status === 409 || status >= 500) return 'model_unavailable';
  return 'model_config';
}

function configMessage(status?: number): string {
  if (status === 401 || status === 403)
    return `The model's provider refused the API key (${status}). Check OPENAI_API_KEY.`;
  if (status === 404)
    return `The model's provider knows no such model or address (404). Check OPENAI_MODEL and OPENAI_BASE_URL.`;
  return `The model's provider rejected the request as wrong${status === undefined ? '' : ` (${status})`}. Its words are in the log.`;
}

/** The account, the key or the model's name, in the provider's own words. */
function isStanding(named: ErrorCode | undefined): boolean {
  return named === 'model_quota' || named === 'model_config';
}

function isTransient(code: ErrorCode): boolean {
  return code === 'model_unavailable' || code === 'model_rate_limited';
}

/** ECONNRESET and the like, from the socket. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}
