import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Log } from '../../chat/types.ts';
import { ChatError, toBody } from '../../errors.ts';
import type { Metrics } from '../../metrics/types.ts';
import type { HttpEnv } from '../env.ts';

/** Whatever a route throws leaves as `{error: {code, message}}`; what isn't ours is logged and kept to ourselves. */
export function onError({ log, metrics }: { log: Log; metrics: Pick<Metrics, 'refused'> }) {
  return function onError(thrown: Error, c: Context<HttpEnv>): Response {
    const error = thrown instanceof HTTPException ? fromHono(thrown) : ChatError.from(thrown);
    metrics.refused(error.code);
    if (error.status >= 500 && !leftEarly(thrown, c))
      log.error({ err: error, requestId: c.get('requestId') }, 'a request failed');
    if (error.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    return c.json(toBody(error), error.status as ContentfulStatusCode);
  };
}

/** The sender went in the middle of its body: nothing failed here, and nobody reads the answer. */
function leftEarly(thrown: Error, c: Context): boolean {
  return c.req.raw.signal.aborted && (thrown as NodeJS.ErrnoException).code === 'ECONNRESET';
}

function fromHono(exception: HTTPException): ChatError {
  return exception.status === 413
    ? new ChatError('body_too_large', 'The body is too large.')
    : new ChatError(exception.status < 500 ? 'invalid_request' : 'internal', exception.message, { cause: exception });
}

export function notFound(c: Context): Response {
  return c.json(toBody(new ChatError('not_found', `There is nothing at ${c.req.path}.`)), 404);
}

/** For all other verbs of a path: `.all('/', only('POST'))`, after its handlers. */
export function only(...methods: string[]) {
  return function only(c: Context): never {
    c.header('Allow', methods.join(', '));
    throw new ChatError('method_not_allowed', `Use ${methods.join(' or ')} here, not ${c.req.method}.`);
  };
}
