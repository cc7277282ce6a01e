import type { Database } from 'better-sqlite3';
import type { Feedback, FeedbackReason, Finish } from '../protocol/index.ts';
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
  replaced_by: string | null;
  page: string | null;
  rating: Feedback['rating'] | null;
  reason: FeedbackReason | null;
  comment: string | null;
}

const RATED = 'messages LEFT JOIN feedback ON feedback.message_id = messages.id';
const COLUMNS = 'messages.*, feedback.rating, feedback.reason, feedback.comment';

export function createMessages(db: Database): Pick<Storage, 'messages' | 'message'> {
  const newest = (which: string) =>
    db.prepare<[string, number, number], Row>(
      `SELECT * FROM (SELECT ${COLUMNS} FROM ${RATED} WHERE thread_id = ? ${which} ORDER BY seq DESC LIMIT ? OFFSET ?) ORDER BY seq`,
    );
  const inForce = newest('AND replaced_by IS NULL');
  const all = newest('');
  const byId = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM ${RATED} WHERE id = ?`);
  return {
    async message(id) {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    async messages(threadId, limit, { withReplaced = false, skip = 0 } = {}) {
      return (withReplaced ? all : inForce).all(threadId, limit, skip).map(fromRow);
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
    replaced: row.replaced_by !== null,
    page: row.page === null ? null : (JSON.parse(row.page) as MessageRow['page']),
    feedback: row.rating === null ? null : feedbackOf({ ...row, rating: row.rating }),
  };
}

function feedbackOf({ rating, reason, comment }: Row & Pick<Feedback, 'rating'>): Feedback {
  return { rating, ...(reason && { reason }), ...(comment !== null && { comment }) };
}
