import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Syncs } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type { Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { readBody, syncRequest } from '../schemas.ts';

export interface SyncDeps {
  shops: Shops;
  syncs: Syncs;
  /** Null: nobody may. */
  adminToken: string | null;
}

/** For the shop's owner and its cron jobs: reads the catalogue now, and answers when it is read. */
export function sync({ shops, syncs, adminToken }: SyncDeps) {
  return new Hono<HttpEnv>()
    .post('/', async (c) => {
      if (adminToken === null) {
        throw new ChatError(
          'not_found',
          'Set ADMIN_TOKEN (at least 32 characters) to sync from here, or use npm run sync.',
        );
      }
      if (!isSame(/^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '', adminToken)) {
        throw new ChatError('unauthorized', 'Send the ADMIN_TOKEN as "Authorization: Bearer …".');
      }
      const { shop: slug, full = false } = await readBody(c, syncRequest);
      const shop = shops.bySlug(slug);
      if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
      return c.json(await syncs.sync(shop, { full }));
    })
    .all('/', only('POST'));
}

/** In a time that doesn't tell how much of it is right, nor how long it should be. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
