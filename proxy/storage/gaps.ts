import type { Database } from 'better-sqlite3';
import type { GapRow, Storage } from './types.ts';

interface Row {
  shop: string;
  thread_id: string;
  turn_id: string;
  kind: GapRow['kind'];
  query: string;
  created_at: number;
}

export function createGaps(db: Database): Pick<Storage, 'addGap' | 'gaps'> {
  // A thread that was deleted while its answer ended takes its gaps with it.
  const insert = db.prepare(
    `INSERT INTO gaps (shop, thread_id, turn_id, kind, query, created_at)
     SELECT @shop, @threadId, @turnId, @kind, @query, @createdAt WHERE EXISTS (SELECT 1 FROM threads WHERE id = @threadId)`,
  );
  const newest = db.prepare<[string, number], Row>('SELECT * FROM gaps WHERE shop = ? ORDER BY id DESC LIMIT ?');
  return {
    async addGap(gap) {
      insert.run(gap);
    },
    async gaps(shop, limit) {
      return newest.all(shop, limit).map((row) => ({
        shop: row.shop,
        threadId: row.thread_id,
        turnId: row.turn_id,
        kind: row.kind,
        query: row.query,
        createdAt: row.created_at,
      }));
    },
  };
}
