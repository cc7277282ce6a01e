import { Hono } from 'hono';
import { ChatError } from '../../errors.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { previewOf, type PreviewDeps } from '../preview.ts';
import { checkOrigin } from '../middleware/cors.ts';
import { only } from '../middleware/errors.ts';
import { shopSettings } from '../shop-settings.ts';

export interface ShopsDeps extends PreviewDeps {
  shops: Shops;
  now: () => number;
}

/** What the panel is drawn with before anything about the shopper is stored or sent: no token, and none is given. */
export function shops(deps: ShopsDeps) {
  const { shops, now } = deps;
  return new Hono<HttpEnv>()
    .get('/:slug', async (c) => {
      const shop = findShop(shops, c.req.param('slug'));
      const token = c.req.query('preview');
      c.header('Cache-Control', 'no-store');
      if (token !== undefined) {
        return c.json(shopSettings((await previewOf(c, token, shop.slug, deps)).shop, now()));
      }
      checkOrigin(c, shop);
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
