import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../../chat/types.ts';
import type { Metrics } from '../../metrics/types.ts';
import { traceRequest } from '../../tracing.ts';
import type { HttpEnv } from '../env.ts';

export interface RequestLogDeps {
  log: Log;
  metrics: Pick<Metrics, 'answered'>;
  now?: () => number;
}

/**
 * One line, one measurement and one span a request, with an id that the answer carries too. No query, no header, no body:
 * those hold what shoppers wrote.
 */
export function requestLog({ log, metrics, now = Date.now }: RequestLogDeps) {
  let count = 0;
  const start = now().toString(36);
  return createMiddleware<HttpEnv>(async function requestLog(c, next) {
    const requestId = `req_${start}_${(++count).toString(36)}`;
    const startedAt = now();
    const { method, path } = c.req;
    const trace = traceRequest(method, requestId);
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    await trace.run(next);
    const { status } = c.res;
    const ms = now() - startedAt;
    const route = routeOf(matchedRoutes(c).map(({ path }) => path));
    // Behind `requireSession` only.
    const shop = (c.get('shop') as HttpEnv['Variables']['shop'] | undefined)?.slug;
    const turn = c.get('turnId');
    log.info({ requestId, ...(shop && { shop }), ...(turn && { turn }), method, path, status, ms }, 'request');
    metrics.answered({ method, route, status, ms });
    trace.end(route, status);
  });
}

/**
 * The last pattern that is a route's own: middleware that stands behind a route matches its path too. Where only middleware
 * was, nothing is there: what people try is no name of ours.
 */
function routeOf(patterns: readonly string[]): string {
  return patterns.findLast((one) => one !== '' && one !== '/*' && !/^\/api\/(?:.*\/)?\*$/.test(one)) ?? 'none';
}
