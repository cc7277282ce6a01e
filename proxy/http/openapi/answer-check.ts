import { isDeepStrictEqual } from 'node:util';
import { z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { ChatError, toBody } from '../../errors.ts';
import type { Log } from '../../chat/types.ts';
import type { HttpEnv } from '../env.ts';
import type { DescribedPath } from './describe.ts';

/**
 * Holds every JSON answer to what /openapi.json says of it, and puts an error in the place of one that is otherwise: a field
 * too few, too many, or an undescribed status. It reads each answer once more, so it is for tests and development.
 */
export function checkAnswers({ paths, log }: { paths: readonly DescribedPath[]; log: Log }) {
  return createMiddleware<HttpEnv>(async function checkAnswers(c, next) {
    await next();
    const { path, method } = c.req;
    const described = paths.find((route) => route.method === method && route.pattern.test(path));
    const response = c.res;
    if (!described || !response.headers.get('content-type')?.startsWith('application/json')) return;
    const problem = problemOf(described, response.status, await response.clone().json());
    if (problem === undefined) return;
    const error = new ChatError('internal', `${method} ${path} answered otherwise than described: ${problem}`);
    log.error({ err: error }, 'an answer is not as described');
    c.res = undefined;
    c.res = c.json(toBody(error), 500);
  });
}

function problemOf({ route }: DescribedPath, status: number, answer: unknown): string | undefined {
  const described = route.responses[status] ?? (status >= 400 ? route.responses['default'] : undefined);
  if (!described || !('content' in described)) return `status ${status} is not described`;
  const media = described.content?.['application/json'];
  const schema = media && 'schema' in media ? media.schema : undefined;
  if (!(schema instanceof z.ZodType)) return `JSON is not described for status ${status}`;
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  }
  // What a schema doesn't know it leaves out.
  return isDeepStrictEqual(parsed.data, answer)
    ? undefined
    : `it holds more than ${JSON.stringify(parsed.data).slice(0, 200)}`;
}
