import { setImmediate } from 'node:timers/promises';
import { Hono } from 'hono';
import type { TurnRunner } from '../../chat/types.ts';
import type { Catalog } from '../../catalog/types.ts';
import type { Limits } from '../../limits/types.ts';
import type { KeptContactMessage, VisitorExport } from '../../protocol/index.ts';
import type { Shop } from '../../shops/types.ts';
import type { ContactMessageRow, Storage, ThreadRow } from '../../storage/types.ts';
import { ownerOf, type HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { takePlace } from '../middleware/take-place.ts';
import { viewThread } from '../thread-view.ts';

export interface VisitorDeps {
  storage: Storage;
  catalog: Catalog;
  turns: TurnRunner;
  allowances: Limits;
  now: () => number;
}

/** The most that a shop may let one visitor have (shops/schema.ts). */
const ALL = 10_000;

/** All that is kept of the visitor who asks: to read, and to remove. */
export function visitor(deps: VisitorDeps) {
  const { storage, turns } = deps;
  return new Hono<HttpEnv>()
    .get('/', takePlace(deps), async (c) => {
      const shop = c.get('shop');
      const { visitorId } = ownerOf(c);
      const rows = await storage.threads(shop.slug, visitorId, ALL);
      const pieces = exportOf(deps, shop, visitorId, rows);
      c.header('Content-Type', 'application/json');
      c.header('Content-Disposition', 'attachment; filename="conversations.json"');
      c.header('Cache-Control', 'no-store');
      return c.body(streamOf(pieces));
    })
    .delete('/', takePlace(deps), async (c) => {
      const { shop, visitorId } = ownerOf(c);
      await storage.deleteContactMessagesOf(shop, visitorId);
      for (const { id } of await storage.threads(shop, visitorId, ALL)) {
        await turns.stopThread(id);
        await storage.deleteThread(shop, visitorId, id);
        // A long thread takes milliseconds to delete, and all of them together must not hold up everybody's streams.
        await setImmediate();
      }
      return c.body(null, 204);
    })
    .all('/', only('GET', 'DELETE'));
}

/** A `VisitorExport` as JSON, a thread at a time: the whole of it may be many megabytes, and its reader slow. */
async function* exportOf(
  deps: VisitorDeps,
  shop: Shop,
  visitorId: string,
  rows: readonly ThreadRow[],
): AsyncGenerator<string, void, undefined> {
  const exported_at = new Date(deps.now()).toISOString();
  // A visitor has few of them (routes/contact.ts).
  const contact_messages = (await deps.storage.contactMessagesOf(shop.slug, visitorId)).map(viewContact);
  const head: Omit<VisitorExport, 'threads'> = {
    shop: shop.slug,
    visitor_id: visitorId,
    exported_at,
    contact_messages,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"threads":[`;
  let separator = '';
  for (const row of rows) {
    yield separator + JSON.stringify(await viewThread(deps, shop, row, shop.locale, { whole: true }));
    separator = ',';
  }
  yield ']}';
}

function viewContact({ id, createdAt, name, email, text, threadId }: ContactMessageRow): KeptContactMessage {
  return {
    contact_message_id: id,
    created_at: new Date(createdAt).toISOString(),
    name,
    email,
    message: text,
    thread_id: threadId,
  };
}

/** Made as it is read; an error in its middle breaks the line off, so that half an export is never taken for the whole. */
function streamOf(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return()),
  });
}
