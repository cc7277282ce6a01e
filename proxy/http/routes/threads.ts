import { Hono } from 'hono';
import type { TurnRunner } from '../../chat/turn-runner.ts';
import type { Catalog } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type { MessagePart, Thread, ThreadMessage, ThreadSummary } from '../../protocol/index.ts';
import type { MessageRow, Storage, StoredPart, ThreadRow } from '../../storage/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';

export interface ThreadsDeps {
  storage: Storage;
  catalog: Catalog;
  turns: TurnRunner;
}

const MAX_THREADS = 100;
const MAX_MESSAGES = 500;

export function threads({ storage, catalog, turns }: ThreadsDeps) {
  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      const rows = await storage.threads(c.get('shop').slug, c.get('visitorId'), MAX_THREADS);
      return c.json({ threads: rows.map(summary) });
    })
    .all('/', only('GET'))
    .get('/:id', async (c) => {
      const shop = c.get('shop');
      const row = await storage.thread(shop.slug, c.get('visitorId'), c.req.param('id'));
      if (!row) throw new ChatError('thread_not_found', 'There is no such thread.');
      const rows = await storage.messages(row.id, MAX_MESSAGES);
      const cards = await cardsFor(rows, shop.slug, c.req.query('locale') ?? shop.locale);
      const activeTurnId = await turns.activeIn(row.id);
      const thread: Thread = {
        ...summary(row),
        // The answer that is being written has nothing to show yet; it comes over the turn's own stream.
        messages: rows
          .filter((message) => message.role === 'user' || message.finish !== null)
          .map((m) => wire(m, cards)),
        active_turn_id: activeTurnId,
      };
      return c.json(thread);
    })
    .all('/:id', only('GET'));

  /** Cards of old messages as the catalogue has them today: never yesterday's price. */
  async function cardsFor(rows: readonly MessageRow[], shop: string, locale: string) {
    const ids = new Set(
      rows.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'products' ? part.ids : []))),
    );
    const products = await catalog.byIds(shop, [...ids]);
    return new Map(products.map((product) => [product.id, catalog.card(product, locale)]));
  }
}

type Cards = Map<number, ReturnType<Catalog['card']>>;

function summary({ id, title, updatedAt }: ThreadRow): ThreadSummary {
  return { thread_id: id, title, updated_at: new Date(updatedAt).toISOString() };
}

function wire(row: MessageRow, cards: Cards): ThreadMessage {
  return {
    message_id: row.id,
    role: row.role,
    parts: row.parts.map((part) => wirePart(part, cards)),
    created_at: new Date(row.createdAt).toISOString(),
    ...(row.clientMessageId !== null && { client_message_id: row.clientMessageId }),
    ...(row.finish !== null && { finish: row.finish }),
    ...(row.error !== null && { error: row.error }),
  };
}

function wirePart(part: StoredPart, cards: Cards): MessagePart {
  if (part.type === 'text') return part;
  const { ids, ...heading } = part;
  return { ...heading, data: ids.flatMap((id) => cards.get(id) ?? []) };
}
