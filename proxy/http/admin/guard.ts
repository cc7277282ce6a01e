import { createMiddleware } from 'hono/factory';
import type { Context } from 'hono';
import type { Desk } from '../../admin/types.ts';
import { ChatError } from '../../errors.ts';
import { isSame } from '../../is-same.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { deskCookie } from './cookie.ts';
import { changes, checkOwnPage } from './own-page.ts';

export interface GuardDeps {
  desk: Desk;
}

/** Lets only who is logged in pass, and tells the routes who it is: `c.var.admin`. */
export function requireDesk({ desk }: GuardDeps) {
  return createMiddleware<HttpEnv>(async function requireDesk(c, next) {
    const header = c.req.header('authorization');
    if (header === undefined) await enterByCookie(c, desk);
    else if (desk.isOperator(/^Bearer (.+)$/i.exec(header)?.[1] ?? '')) {
      c.set('admin', { kind: 'operator', id: 'operator', who: 'operator', shops: '*' });
    } else throw notLoggedIn();
    await next();
  });
}

/** @throws ChatError `unauthorized`; `origin_not_allowed` for another page's request, and for a change without its token */
async function enterByCookie(c: Context<HttpEnv>, { sessions }: Desk): Promise<void> {
  const secret = deskCookie(c);
  const session = secret === undefined ? undefined : await sessions.find(secret);
  if (!session) throw notLoggedIn();
  checkOwnPage(c, { mustSay: changes(c) });
  if (changes(c) && !isSame(c.req.header('x-csrf-token') ?? '', session.csrf)) {
    throw new ChatError('origin_not_allowed', 'Send the csrf_token of GET /api/admin/session as X-CSRF-Token.');
  }
  c.set('admin', session.user);
  c.set('deskSession', session);
}

function notLoggedIn(): ChatError {
  return new ChatError('unauthorized', 'Log in at /admin/, or send the ADMIN_TOKEN as "Authorization: Bearer …".');
}

/** For what only the operator may see; to owners it isn't there. */
export const operatorsOnly = createMiddleware<HttpEnv>(async function operatorsOnly(c, next) {
  if (c.var.admin.kind !== 'operator') throw new ChatError('not_found', `There is nothing at ${c.req.path}.`);
  await next();
});

/**
 * The shop, if whoever asks may see it.
 * @throws ChatError `shop_not_found`, in the same words for one that is somebody else's and one that isn't there
 */
export function mayShop(c: Context<HttpEnv>, shops: Shops, slug: string): Shop {
  const { shops: seen } = c.var.admin;
  const shop = seen === '*' || seen.includes(slug) ? shops.bySlug(slug) : undefined;
  if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug.slice(0, 64)}" here.`);
  return shop;
}
