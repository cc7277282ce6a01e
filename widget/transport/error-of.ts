import type { ErrorBody } from '../../proxy/protocol/index.ts';
import { TransportError } from './types.ts';

/**
 * The error that an answer outside 2xx stands for: the proxy's own words, or the status where a gateway answered. A newer
 * proxy may have codes that this widget can't word: then it says the same as of `internal`.
 */
export async function errorOf(response: Response): Promise<TransportError> {
  const { status } = response;
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
  if (typeof body?.error?.code !== 'string') {
    const retryable = status === 408 || status === 429 || status >= 500;
    const code = status === 401 ? 'unauthorized' : retryable ? 'overloaded' : 'invalid_request';
    return new TransportError(code, `HTTP ${status} without the proxy's error body.`, {
      status,
      retryable,
      retryAfterMs,
    });
  }
  const { code, message, retryable, retry_after_ms } = body.error;
  return new TransportError(code, message, { status, retryable, retryAfterMs: retry_after_ms ?? retryAfterMs });
}

/** Seconds or an HTTP date, to milliseconds from now. */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
