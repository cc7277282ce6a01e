import type { Database } from 'better-sqlite3';
import type { EventRow, Storage } from './types.ts';

interface Row {
  turn_id: string;
  first_seq: number;
  last_seq: number;
  frames: string;
}

export function createEvents(db: Database): Pick<Storage, 'appendEvents' | 'events' | 'pruneEvents'> {
  const insert = db.prepare('INSERT INTO turn_events (turn_id, first_seq, last_seq, frames) VALUES (?, ?, ?, ?)');
  const after = db.prepare<[string, number], Row>(
    'SELECT * FROM turn_events WHERE turn_id = ? AND last_seq > ? ORDER BY last_seq',
  );
  const prune = db.prepare(
    `DELETE FROM turn_events WHERE (turn_id, last_seq) IN (
       SELECT turn_id, last_seq FROM turns JOIN turn_events ON turn_events.turn_id = turns.id
       WHERE turns.ended_at < ? LIMIT ?)`,
  );

  const append = db.transaction((rows: readonly EventRow[]) => {
    for (const { turnId, firstSeq, lastSeq, frames } of rows) insert.run(turnId, firstSeq, lastSeq, frames);
  });

  return {
    appendEvents(rows) {
      append.immediate(rows);
    },
    async events(turnId, seq) {
      return after.all(turnId, seq).map((row) => ({
        turnId: row.turn_id,
        firstSeq: row.first_seq,
        lastSeq: row.last_seq,
        frames: row.frames,
      }));
    },
    async pruneEvents(before, limit) {
      return prune.run(before, limit).changes;
    },
  };
}
