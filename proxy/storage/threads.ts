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

export function createThreads(db: Database): Pick<Storage, 'threads' | 'thread'> {
  const list = db.prepare<[string, string, number], Row>(
    'SELECT * FROM threads WHERE shop = ? AND visitor_id = ? ORDER BY updated_at DESC, rowid DESC LIMIT ?',
  );
  const one = db.prepare<[string, string, string], Row>(
    'SELECT * FROM threads WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  return {
    async threads(shop, visitorId, limit) {
      return list.all(shop, visitorId, limit).map(fromRow);
    },
    async thread(shop, visitorId, threadId) {
      const row = one.get(threadId, shop, visitorId);
      return row && fromRow(row);
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
