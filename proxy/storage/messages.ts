import type { Database } from 'better-sqlite3';
import type { Finish } from '../protocol/index.ts';
import type { MessageRow, Storage } from './types.ts';

interface Row {
  id: string;
  thread_id: string;
  role: 'user' | 'assistant';
  parts: string;
  created_at: number;
  client_message_id: string | null;
  finish: Finish | null;
  error: string | null;
}

export function createMessages(db: Database): Pick<Storage, 'messages' | 'message'> {
  const newest = db.prepare<[string, number], Row>(
    `SELECT * FROM (SELECT * FROM messages WHERE thread_id = ? ORDER BY seq DESC LIMIT ?) ORDER BY seq`,
  );
  const byId = db.prepare<[string], Row>('SELECT * FROM messages WHERE id = ?');
  return {
    async message(id) {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    async messages(threadId, limit) {
      return newest.all(threadId, limit).map(fromRow);
    },
  };
}

function fromRow(row: Row): MessageRow {
  return {
    id: row.id,
    threadId: row.thread_id,
    role: row.role,
    parts: JSON.parse(row.parts) as MessageRow['parts'],
    createdAt: row.created_at,
    clientMessageId: row.client_message_id,
    finish: row.finish,
    error: row.error === null ? null : (JSON.parse(row.error) as MessageRow['error']),
  };
}
