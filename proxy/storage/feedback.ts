import type { Database } from 'better-sqlite3';
import { createTurnFigures } from './turn-figures.ts';
import type { RatedMessage, Storage, TurnRow } from './types.ts';

export function createFeedback(db: Database): Pick<Storage, 'rateMessage'> {
  // Of their own threads only, and only what they can see: no half answer, and none that was asked for again.
  const own = db.prepare<[string, string, string], { id: string }>(
    `SELECT messages.id FROM messages JOIN threads ON threads.id = messages.thread_id
     WHERE messages.id = ? AND threads.shop = ? AND threads.visitor_id = ?
       AND messages.role = 'assistant' AND messages.finish IS NOT NULL AND messages.replaced_by IS NULL`,
  );
  const keep = db.prepare(
    `INSERT INTO feedback (message_id, rating, reason, comment, created_at)
     VALUES (@messageId, @rating, @reason, @comment, @now)
     ON CONFLICT (message_id) DO UPDATE SET rating = excluded.rating, reason = excluded.reason,
       comment = excluded.comment, created_at = excluded.created_at`,
  );
  const figures = createTurnFigures(db);
  const turnOf = db.prepare<[string], Pick<TurnRow, 'id' | 'shop' | 'threadId' | 'startedAt'>>(
    'SELECT id, shop, thread_id AS threadId, started_at AS startedAt FROM turns WHERE assistant_message_id = ?',
  );
  const forget = db.prepare<[string]>('DELETE FROM feedback WHERE message_id = ?');

  const rate = db.transaction(({ shop, visitorId, messageId, feedback, now }: RatedMessage): boolean => {
    if (!own.get(messageId, shop, visitorId)) return false;
    const turn = turnOf.get(messageId);
    if (turn) figures.change(turn, { rating: feedback ? (feedback.rating === 'up' ? 1 : -1) : null });
    if (!feedback) {
      forget.run(messageId);
      return true;
    }
    const { rating, reason = null, comment = null } = feedback;
    keep.run({ messageId, rating, reason, comment, now });
    return true;
  });

  return {
    async rateMessage(rated) {
      return rate.immediate(rated);
    },
  };
}
