import { Hono } from 'hono';
import type { Catalog } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type { Limits } from '../../limits/types.ts';
import type { ProductsResponse } from '../../protocol/index.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { takePlace } from '../middleware/take-place.ts';
import { localeOf } from '../schemas.ts';

export interface ProductsDeps {
  catalog: Catalog;
  allowances: Limits;
}

const MAX_IDS = 50;

/** The cards of today, for those that stand on an open page since a while. What the shop has no more is left out. */
export function products({ catalog, allowances }: ProductsDeps) {
  return new Hono<HttpEnv>()
    .get('/', takePlace({ allowances }), async (c) => {
      const shop = c.get('shop');
      const locale = localeOf(c.req.query('locale')) ?? shop.locale;
      const found = await catalog.byIds(shop.slug, idsIn(c.req.query('ids') ?? ''));
      c.header('Cache-Control', 'no-store');
      return c.json({ products: found.map((product) => catalog.card(product, locale)) } satisfies ProductsResponse);
    })
    .all('/', only('GET'));
}

function idsIn(list: string): number[] {
  const ids = list.split(',');
  if (ids.length > MAX_IDS || !ids.every((id) => /^\d{1,15}$/.test(id))) {
    throw new ChatError('invalid_request', `ids: must be 1 to ${MAX_IDS} whole numbers, apart by commas`);
  }
  return [...new Set(ids.map(Number))];
}
