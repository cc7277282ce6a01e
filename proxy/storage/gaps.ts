import type { Database } from 'better-sqlite3';
import { keyOf } from './gap-key.ts';
import { createTurnFigures } from './turn-figures.ts';
import type { GapRow, Storage, TurnRow } from './types.ts';

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
    `INSERT INTO gaps (shop, thread_id, turn_id, kind, query, key, created_at)
     SELECT @shop, @threadId, @turnId, @kind, @query, @key, @createdAt WHERE EXISTS (SELECT 1 FROM threads WHERE id = @threadId)`,
  );
  const newest = db.prepare<[string, number], Row>('SELECT * FROM gaps WHERE shop = ? ORDER BY id DESC LIMIT ?');
  const figures = createTurnFigures(db);
  const turnOf = db.prepare<[string], Pick<TurnRow, 'id' | 'shop' | 'threadId' | 'startedAt'>>(
    'SELECT id, shop, thread_id AS threadId, started_at AS startedAt FROM turns WHERE id = ?',
  );
  const add = db.transaction((gap: GapRow) => {
    insert.run({ ...gap, key: keyOf(gap.query) });
    const turn = turnOf.get(gap.turnId);
    if (turn) figures.change(turn, { no_result: 1 });
  });
  return {
    async addGap(gap) {
      add.immediate(gap);
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
