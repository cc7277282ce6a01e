import { createMiddleware } from 'hono/factory';
import type { Context } from 'hono';
import { ChatError } from '../../errors.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { isSame } from '../middleware/require-admin.ts';

export interface GuardDeps {
  /** Null: there is no operator. */
  adminToken: string | null;
}

/** Lets only who is logged in pass, and tells the routes who it is: `c.var.admin`. */
export function requireDesk({ adminToken }: GuardDeps) {
  return createMiddleware<HttpEnv>(async function requireDesk(c, next) {
    const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (given === undefined || adminToken === null || !isSame(given, adminToken)) {
      throw new ChatError('unauthorized', 'Log in at /admin/, or send the ADMIN_TOKEN as "Authorization: Bearer …".');
    }
    c.set('admin', { kind: 'operator', id: 'operator', who: 'operator', shops: '*' });
    await next();
  });
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
