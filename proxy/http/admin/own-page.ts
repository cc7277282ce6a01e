import type { Context } from 'hono';
import { ChatError } from '../../errors.ts';
import { isOwnOrigin } from '../middleware/cors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function changes(c: Context): boolean {
  return !SAFE.has(c.req.method);
}

/**
 * That a browser's request comes from a page of ours. A script says neither header, and brings no cookie.
 * @throws ChatError `origin_not_allowed`
 */
export function checkOwnPage(c: Context, { mustSay = false } = {}): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOwn =
    (origin === undefined || isOwnOrigin(origin, c.req.header('host'))) &&
    // `none`: somebody typed the address, which changes nothing.
    (site === undefined || site === 'same-origin' || (site === 'none' && !changes(c)));
  if (isOwn && !(mustSay && origin === undefined && site === undefined)) return;
  throw new ChatError('origin_not_allowed', 'Only the pages of this proxy may use a login of the desk.');
}
