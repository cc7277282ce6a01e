import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import type { HttpEnv } from '../env.ts';
import { nestsDeeper } from '../json-depth.ts';

/** Settings nest deepest: themes within themes. */
const MAX_DEPTH = 20;

/**
 * Takes bodies in JSON and nothing else: a form of another page must not be read as one. The text is kept by Hono, for the
 * schema that looks at it next.
 * @throws ChatError `unsupported_media_type`, `invalid_json`, `invalid_request`
 */
export const jsonBody = createMiddleware<HttpEnv>(async function jsonBody(c, next) {
  const isSent = c.req.header('content-length') !== undefined || c.req.header('transfer-encoding') !== undefined;
  if (!isSent || c.req.method === 'GET' || c.req.header('content-length') === '0') return next();
  if (!/^application\/json\s*(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new ChatError('unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
  }
  const text = await c.req.text();
  if (nestsDeeper(text, MAX_DEPTH)) {
    throw new ChatError('invalid_request', `The body nests deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new ChatError('invalid_json', 'The body is not valid JSON.', { cause });
  }
  await next();
});
