import type { Database } from 'better-sqlite3';
import type { Storage } from './types.ts';

export function createEvents(
  db: Database,
): Pick<Storage, 'appendJournal' | 'journal' | 'pruneJournal' | 'keepEvents' | 'events' | 'pruneEvents'> {
  const append = db.prepare<[string]>('INSERT INTO journal (frames) VALUES (?)');
  const journal = db.prepare<[], string>('SELECT frames FROM journal ORDER BY id').pluck();
  const pruneJournal = db.prepare<[number, number]>(
    'DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE id < ? ORDER BY id LIMIT ?)',
  );
  // A turn whose thread was deleted meanwhile leaves nothing behind.
  const keep = db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO turn_events (turn_id, frames) SELECT id, ? FROM turns WHERE id = ?',
  );
  const kept = db.prepare<[string], string>('SELECT frames FROM turn_events WHERE turn_id = ?').pluck();
  const pruneKept = db.prepare<[number, number]>(
    `DELETE FROM turn_events WHERE turn_id IN (
       SELECT turn_events.turn_id FROM turns JOIN turn_events ON turn_events.turn_id = turns.id
       WHERE turns.ended_at < ? LIMIT ?)`,
  );
  return {
    appendJournal: (frames) => Number(append.run(frames).lastInsertRowid),
    async journal() {
      return journal.all();
    },
    async pruneJournal(before, limit) {
      return pruneJournal.run(before, limit).changes;
    },
    keepEvents(turnId, frames) {
      keep.run(frames, turnId);
    },
    async events(turnId) {
      return kept.get(turnId);
    },
    async pruneEvents(before, limit) {
      return pruneKept.run(before, limit).changes;
    },
  };
}
