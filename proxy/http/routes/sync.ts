import { Hono } from 'hono';
import type { Audit } from '../../admin/types.ts';
import type { Syncs } from '../../catalog/types.ts';
import type { Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { requireAdmin, type AdminDeps } from '../middleware/require-admin.ts';
import { readBody, syncRequest } from '../schemas.ts';
import { findShop } from './shops.ts';

export interface SyncDeps extends AdminDeps {
  shops: Shops;
  syncs: Syncs;
  desk: { audit: Audit };
}

/** For the shop's owner and its cron jobs: reads the catalogue now, and answers when it is read. */
export function sync({ shops, syncs, desk, adminToken }: SyncDeps) {
  return new Hono<HttpEnv>()
    .post('/', requireAdmin({ adminToken }, 'to sync from here, or use npm run sync'), async (c) => {
      const { shop: slug, full = false } = await readBody(c, syncRequest);
      const shop = findShop(shops, slug);
      await desk.audit.note('operator', { action: 'catalogue.synced', shop: slug });
      return c.json(await syncs.sync(shop, { full }));
    })
    .all('/', only('POST'));
}
