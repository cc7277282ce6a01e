import type { Database } from 'better-sqlite3';
import type { Storage } from './types.ts';

interface Row {
  message_id: string;
  text: string;
  model: string;
  created_at: number;
}

export function createSummaries(db: Database): Pick<Storage, 'summary' | 'keepSummary'> {
  const one = db.prepare<[string], Row>('SELECT * FROM summaries WHERE thread_id = ?');
  // A thread that was deleted while its summary was written takes it with it; and what was asked again meanwhile is in
  // none: `beginTurn` has dropped it, and this one is of before.
  const keep = db.prepare(
    `INSERT INTO summaries (thread_id, message_id, text, model, created_at)
     SELECT @threadId, @messageId, @text, @model, @createdAt WHERE EXISTS (SELECT 1 FROM threads WHERE id = @threadId)
       AND NOT EXISTS (SELECT 1 FROM messages WHERE id = @messageId AND replaced_by IS NOT NULL)
     ON CONFLICT (thread_id) DO UPDATE SET message_id = excluded.message_id, text = excluded.text,
       model = excluded.model, created_at = excluded.created_at`,
  );
  return {
    async summary(threadId) {
      const row = one.get(threadId);
      return row && { messageId: row.message_id, text: row.text, model: row.model, createdAt: row.created_at };
    },
    async keepSummary(threadId, summary) {
      keep.run({ threadId, ...summary });
    },
  };
}
