import { Hono } from 'hono';
import { ChatError } from '../../errors.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { checkOrigin } from '../middleware/cors.ts';
import { only } from '../middleware/errors.ts';
import { shopSettings } from '../shop-settings.ts';

export interface ShopsDeps {
  shops: Shops;
  now: () => number;
}

/** What the panel is drawn with before anything about the shopper is stored or sent: no token, and none is given. */
export function shops({ shops, now }: ShopsDeps) {
  return new Hono<HttpEnv>()
    .get('/:slug', (c) => {
      const shop = findShop(shops, c.req.param('slug'));
      checkOrigin(c, shop);
      c.header('Cache-Control', 'no-store');
      return c.json(shopSettings(shop, now()));
    })
    .all('/:slug', only('GET'));
}

/** @throws ChatError `shop_not_found` */
export function findShop(shops: Shops, slug: string): Shop {
  const shop = shops.bySlug(slug);
  if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug.slice(0, 64)}" here.`);
  return shop;
}
