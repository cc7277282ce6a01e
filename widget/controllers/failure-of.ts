import type { Failure } from '../state/state.ts';
import { TransportError } from '../transport/types.ts';

/** `aborted` is what to call it when the host left the page in the middle. */
export function failureOf(error: unknown, aborted: 'network' | 'interrupted'): Failure {
  if (error instanceof TransportError) {
    const { code, retryable, retryAfterMs } = error;
    return { code, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (error instanceof DOMException && error.name === 'AbortError') return { code: aborted, retryable: true };
  // A fault of the widget itself: the shopper gets a way on, the developer the error.
  console.error('Shop Clerk:', error);
  return { code: 'internal', retryable: true };
}
