import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Syncs } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type { Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { findShop } from './shops.ts';

export interface WebhooksDeps {
  shops: Shops;
  syncs: Syncs;
}

/** A product with a hundred variations is some 100 kB. */
const MAX_BODY = 1024 * 1024;

/**
 * What shops send by themselves. Answered at once, before anything is done: WooCommerce waits for five seconds, and turns a
 * webhook off after five failures.
 */
export function webhooks({ shops, syncs }: WebhooksDeps) {
  return new Hono<HttpEnv>()
    .post('/woocommerce/:shop', bodyLimit({ maxSize: MAX_BODY }), async (c) => {
      const shop = findShop(shops, c.req.param('shop'));
      const body = new Uint8Array(await c.req.arrayBuffer());
      if (!syncs.deliver(shop, body, c.req.raw.headers).accepted) {
        throw new ChatError('unauthorized', 'This webhook is not signed with the secret of "catalog.webhook_secret".');
      }
      return c.json({ accepted: true });
    })
    .all('/woocommerce/:shop', only('POST'));
}
