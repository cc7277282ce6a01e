import { Hono, type Context } from 'hono';
import type { TurnRunner } from '../../chat/types.ts';
import type { Catalog } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type { Limits } from '../../limits/types.ts';
import type { Thread, ThreadExport } from '../../protocol/index.ts';
import type { Storage, ThreadRow } from '../../storage/types.ts';
import { askerOf, ownerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { takePlace } from '../middleware/take-place.ts';
import { localeOf, readBody, threadChange } from '../schemas.ts';
import { searchThreads, soughtIn } from '../thread-search.ts';
import { summaryOf, viewThread, type ViewOptions } from '../thread-view.ts';

export interface ThreadsDeps {
  storage: Storage;
  catalog: Catalog;
  turns: TurnRunner;
  allowances: Limits;
  now: () => number;
}

const MAX_LISTED = 100;

export function threads(deps: ThreadsDeps) {
  const { storage, turns, now } = deps;
  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      const { shop, visitorId } = ownerOf(c);
      const sought = soughtIn(c.req.query('q') ?? '');
      if (!sought) {
        const rows = await storage.threads(shop, visitorId, MAX_LISTED);
        return c.json({ threads: rows.map(summaryOf) });
      }
      // It reads all that is kept of somebody: few at once.
      const place = deps.allowances.follow(askerOf(c));
      try {
        return c.json({ threads: await searchThreads(storage, ownerOf(c), sought, c.req.raw.signal) });
      } finally {
        place.release();
      }
    })
    .all('/', only('GET'))
    .get('/:id', async (c) => {
      const row = await ownThread(c, c.req.param('id'));
      const activeTurnId = await turns.activeIn(row.id);
      const thread: Thread = { ...(await view(c, row)), active_turn_id: activeTurnId };
      return c.json(thread);
    })
    .patch('/:id', async (c) => {
      const { title } = await readBody(c, threadChange);
      const { id } = await ownThread(c, c.req.param('id'));
      const { shop, visitorId } = ownerOf(c);
      if (!(await storage.renameThread(shop, visitorId, id, title))) throw noThread();
      return c.json(summaryOf(await ownThread(c, id)));
    })
    .delete('/:id', async (c) => {
      const { id } = await ownThread(c, c.req.param('id'));
      await turns.stopThread(id);
      const { shop, visitorId } = ownerOf(c);
      if (!(await storage.deleteThread(shop, visitorId, id))) throw noThread();
      return c.body(null, 204);
    })
    .all('/:id', only('GET', 'PATCH', 'DELETE'))
    .get('/:id/export', takePlace(deps), async (c) => {
      const row = await ownThread(c, c.req.param('id'));
      const answer: ThreadExport = {
        shop: c.get('shop').slug,
        exported_at: new Date(now()).toISOString(),
        thread: await view(c, row, { whole: true }),
      };
      c.header('Content-Disposition', `attachment; filename="conversation-${row.id}.json"`);
      c.header('Cache-Control', 'no-store');
      return c.json(answer);
    })
    .all('/:id/export', only('GET'));

  /** @throws ChatError `thread_not_found`, also for a thread of somebody else */
  async function ownThread(c: Context<HttpEnv>, id: string): Promise<ThreadRow> {
    const { shop, visitorId } = ownerOf(c);
    const row = await storage.thread(shop, visitorId, id);
    if (!row) throw noThread();
    return row;
  }

  function view(c: Context<HttpEnv>, row: ThreadRow, options?: ViewOptions) {
    const shop = c.get('shop');
    return viewThread(deps, shop, row, localeOf(c.req.query('locale')) ?? shop.locale, options);
  }
}

function noThread(): ChatError {
  return new ChatError('thread_not_found', 'There is no such thread.');
}
