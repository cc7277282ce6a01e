import type { MiddlewareHandler } from 'hono';
import { ChatError } from '../../errors.ts';
import type { HttpEnv } from '../env.ts';

const RETRY_MS = 5_000;

export interface FewAtOnceOptions {
  /** Of requests that are read or answered. */
  limit: number;
  /** For whoever is one too many. */
  message: string;
}

/** For large bodies: refuses what is too much before any of its bytes are read. All routes that one of it stands on count together. */
export function fewAtOnce({ limit, message }: FewAtOnceOptions): MiddlewareHandler<HttpEnv> {
  let count = 0;
  return async function countRequests(_c, next) {
    if (count >= limit) throw new ChatError('overloaded', message, { retryAfterMs: RETRY_MS });
    count++;
    try {
      await next();
    } finally {
      count--;
    }
  };
}
