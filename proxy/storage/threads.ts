import type { Database } from 'better-sqlite3';
import type { Storage, ThreadRow } from './types.ts';

interface Row {
  id: string;
  shop: string;
  visitor_id: string;
  title: string;
  created_at: number;
  updated_at: number;
}

export function createThreads(
  db: Database,
): Pick<Storage, 'threads' | 'thread' | 'renameThread' | 'deleteThread' | 'pruneThreads' | 'shopsWithThreads'> {
  const list = db.prepare<[string, string, number], Row>(
    'SELECT * FROM threads WHERE shop = ? AND visitor_id = ? ORDER BY updated_at DESC, rowid DESC LIMIT ?',
  );
  const one = db.prepare<[string, string, string], Row>(
    'SELECT * FROM threads WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  const rename = db.prepare<[string, string, string, string]>(
    'UPDATE threads SET title = ? WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  // Messages, turns and events go with their thread, by its foreign keys: 4 ms for one of 200 messages.
  const remove = db.prepare<[string, string, string]>(
    'DELETE FROM threads WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  const removeIdle = db.prepare<[string, number, number]>(
    `DELETE FROM threads WHERE id IN (
       SELECT id FROM threads WHERE shop = ? AND updated_at < ?
         AND NOT EXISTS (SELECT 1 FROM turns WHERE thread_id = threads.id AND status = 'running')
       ORDER BY updated_at LIMIT ?)`,
  );
  // From one shop to the next along the index: reading every row of it would take as long as there are threads.
  const shops = db
    .prepare<[], string>(
      `WITH RECURSIVE named (shop) AS (
         SELECT min(shop) FROM threads
         UNION ALL SELECT (SELECT min(shop) FROM threads WHERE shop > named.shop) FROM named WHERE named.shop IS NOT NULL)
       SELECT shop FROM named WHERE shop IS NOT NULL`,
    )
    .pluck();
  return {
    async threads(shop, visitorId, limit) {
      return list.all(shop, visitorId, limit).map(fromRow);
    },
    async thread(shop, visitorId, threadId) {
      const row = one.get(threadId, shop, visitorId);
      return row && fromRow(row);
    },
    async renameThread(shop, visitorId, threadId, title) {
      return rename.run(title, threadId, shop, visitorId).changes > 0;
    },
    async deleteThread(shop, visitorId, threadId) {
      return remove.run(threadId, shop, visitorId).changes > 0;
    },
    async pruneThreads(shop, idleSince, limit) {
      return removeIdle.run(shop, idleSince, limit).changes;
    },
    async shopsWithThreads() {
      return shops.all();
    },
  };
}

function fromRow(row: Row): ThreadRow {
  return {
    id: row.id,
    shop: row.shop,
    visitorId: row.visitor_id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
