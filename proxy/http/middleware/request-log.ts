import { createMiddleware } from 'hono/factory';
import type { Log } from '../../chat/types.ts';
import type { HttpEnv } from '../env.ts';

/** One line a request, with an id that the answer carries too. No query, no header, no body: those hold what shoppers wrote. */
export function requestLog({ log, now = Date.now }: { log: Log; now?: () => number }) {
  let count = 0;
  const start = now().toString(36);
  return createMiddleware<HttpEnv>(async function requestLog(c, next) {
    const requestId = `req_${start}_${(++count).toString(36)}`;
    const startedAt = now();
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    await next();
    const { method, path } = c.req;
    log.info({ requestId, method, path, status: c.res.status, ms: now() - startedAt }, 'request');
  });
}
