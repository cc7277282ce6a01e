import { Hono } from 'hono';
import type { TurnRunner } from '../../chat/turn-runner.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';

export function turns({ turns }: { turns: TurnRunner }) {
  return new Hono<HttpEnv>()
    .post('/:id/cancel', async (c) => {
      await turns.cancel(c.req.param('id'), { shop: c.get('shop').slug, visitorId: c.get('visitorId') });
      return c.body(null, 204);
    })
    .all('/:id/cancel', only('POST'));
}
