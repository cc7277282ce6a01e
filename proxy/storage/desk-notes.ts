import type { Database } from 'better-sqlite3';
import type { CardAddition, MarkedGap, NotedAnswer, Storage } from './types.ts';

/** Of one turn; more would be a script's. */
const MAX_ADDITIONS = 50;

type Verbs = Pick<
  Storage,
  'threadInShop' | 'noteAnswer' | 'markGap' | 'addCardAddition' | 'pruneTurnFigures' | 'pruneCartAdditions'
>;

/** What the desk writes beside what shoppers and turns do, and the end of the figures that it reads. */
export function createDeskNotes(db: Database): Verbs {
  const thread = db.prepare<[string, string], { id: string; visitorId: string; own: 0 | 1 }>(
    'SELECT id, visitor_id AS visitorId, own FROM threads WHERE shop = ? AND id = ?',
  );
  const answer = db.prepare<[string, string], { threadId: string }>(
    `SELECT threads.id AS threadId FROM messages JOIN threads ON threads.id = messages.thread_id
     WHERE messages.id = ? AND threads.shop = ? AND messages.role = 'assistant'`,
  );
  const wasWrong = db.prepare<[string], number>('SELECT wrong FROM answer_notes WHERE message_id = ?').pluck();
  const keepNote = db.prepare(
    `INSERT INTO answer_notes (message_id, wrong, note, written_by, updated_at)
     VALUES (@messageId, @wrong, @note, @writtenBy, @updatedAt)
     ON CONFLICT (message_id) DO UPDATE SET wrong = excluded.wrong, note = excluded.note,
       written_by = excluded.written_by, updated_at = excluded.updated_at`,
  );
  const dropNote = db.prepare<[string]>('DELETE FROM answer_notes WHERE message_id = ?');
  const countWrong = db.prepare<[number, string]>('UPDATE threads SET wrong = wrong + ? WHERE id = ?');
  const done = db.prepare(
    `INSERT INTO gaps_done (shop, kind, key, done_at, done_by) VALUES (@shop, @kind, @key, @at, @by)
     ON CONFLICT DO UPDATE SET done_at = excluded.done_at, done_by = excluded.done_by`,
  );
  const undone = db.prepare('DELETE FROM gaps_done WHERE shop = @shop AND kind = @kind AND key = @key');
  const turn = db.prepare<CardAddition, { id: string; own: 0 | 1 }>(
    `SELECT id, own FROM turns WHERE assistant_message_id = @messageId AND shop = @shop AND visitor_id = @visitorId`,
  );
  const additions = db.prepare<[string], number>('SELECT count(*) FROM cart_additions WHERE turn_id = ?').pluck();
  const add = db.prepare(
    `INSERT INTO cart_additions (turn_id, addition_id, shop, by_card, product_id, quantity, created_at)
     VALUES (@turnId, @additionId, @shop, 1, @productId, @quantity, @now) ON CONFLICT DO NOTHING`,
  );
  const pruneFigures = db.prepare<[number, number]>(
    `DELETE FROM turn_figures WHERE (shop, started_at, turn_id) IN (
       SELECT shop, started_at, turn_id FROM turn_figures WHERE started_at < ? ORDER BY started_at LIMIT ?)`,
  );
  const pruneAdditions = db.prepare<[number, number]>(
    `DELETE FROM cart_additions WHERE (turn_id, addition_id) IN (
       SELECT turn_id, addition_id FROM cart_additions WHERE created_at < ? ORDER BY created_at LIMIT ?)`,
  );

  const note = db.transaction(({ shop, messageId, ...given }: NotedAnswer): boolean => {
    const found = answer.get(messageId, shop);
    if (!found) return false;
    const before = wasWrong.get(messageId) ?? 0;
    if (given.wrong || given.note !== '') keepNote.run({ messageId, ...given, wrong: Number(given.wrong) });
    else dropNote.run(messageId);
    if (before !== Number(given.wrong)) countWrong.run(Number(given.wrong) - before, found.threadId);
    return true;
  });

  const fromCard = db.transaction((addition: CardAddition): boolean => {
    const found = turn.get(addition);
    if (!found) return false;
    if (found.own === 0 && additions.get(found.id)! < MAX_ADDITIONS) add.run({ ...addition, turnId: found.id });
    return true;
  });

  return {
    async threadInShop(shop, threadId) {
      const found = thread.get(shop, threadId);
      return found && { ...found, own: found.own === 1 };
    },
    async noteAnswer(noted) {
      return note.immediate(noted);
    },
    async markGap({ shop, kind, key, done: mark }: MarkedGap) {
      if (mark) done.run({ shop, kind, key, ...mark });
      else undone.run({ shop, kind, key });
    },
    async addCardAddition(addition) {
      return fromCard.immediate(addition);
    },
    async pruneTurnFigures(before, limit) {
      return pruneFigures.run(before, limit).changes;
    },
    async pruneCartAdditions(before, limit) {
      return pruneAdditions.run(before, limit).changes;
    },
  };
}
