import type { Database } from 'better-sqlite3';
import { keyOf } from './gap-key.ts';
import type { FindingRow, Storage } from './types.ts';

interface Row {
  shop: string;
  thread_id: string;
  turn_id: string;
  kind: FindingRow['kind'];
  text: string;
  created_at: number;
}

export function createFindings(db: Database): Pick<Storage, 'addFinding' | 'findings'> {
  // A thread that was deleted while its answer ended takes its findings with it.
  const insert = db.prepare(
    `INSERT INTO findings (shop, thread_id, turn_id, kind, text, key, created_at)
     SELECT @shop, @threadId, @turnId, @kind, @text, @key, @createdAt WHERE EXISTS (SELECT 1 FROM threads WHERE id = @threadId)`,
  );
  const newest = db.prepare<[string, number], Row>('SELECT * FROM findings WHERE shop = ? ORDER BY id DESC LIMIT ?');
  return {
    async addFinding(finding) {
      insert.run({ ...finding, key: keyOf(finding.text) });
    },
    async findings(shop, limit) {
      return newest.all(shop, limit).map((row) => ({
        shop: row.shop,
        threadId: row.thread_id,
        turnId: row.turn_id,
        kind: row.kind,
        text: row.text,
        createdAt: row.created_at,
      }));
    },
  };
}
