import { ERROR_CODES } from '../../proxy/protocol/index.ts';
import type { ErrorBody, ErrorCode } from '../../proxy/protocol/index.ts';
import { TransportError } from './types.ts';

/** The error that an answer outside 2xx stands for: the proxy's own words, or the status where a gateway answered. */
export async function errorOf(response: Response): Promise<TransportError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
  if (!isErrorBody(body)) {
    const retryable = status === 408 || status === 429 || status >= 500;
    const code = status === 401 ? 'unauthorized' : retryable ? 'overloaded' : 'invalid_request';
    return new TransportError(code, `HTTP ${status} without the proxy's error body.`, {
      status,
      retryable,
      retryAfterMs,
    });
  }
  const { code, message, retryable, retry_after_ms } = body.error;
  // A newer proxy may know codes that this widget can't word.
  const known: ErrorCode = ERROR_CODES.includes(code) ? code : 'internal';
  return new TransportError(known, message, { status, retryable, retryAfterMs: retry_after_ms ?? retryAfterMs });
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

/** Seconds or an HTTP date, to milliseconds from now. */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
