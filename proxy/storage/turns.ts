import type { Database } from 'better-sqlite3';
import { createId } from './ids.ts';
import { createTurnFigures } from './turn-figures.ts';
import type { BegunTurn, EndedTurn, NewTurn, Storage, StoredPart, TurnRow } from './types.ts';

interface Row {
  id: string;
  thread_id: string;
  shop: string;
  visitor_id: string;
  address: string;
  user_message_id: string;
  assistant_message_id: string;
  client_message_id: string;
  locale: string;
  own: 0 | 1;
  status: TurnRow['status'];
  attempts: number;
  started_at: number;
  ended_at: number | null;
}

/** Characters of the first message that name a thread. */
const TITLE_LENGTH = 80;

export function createTurns(
  db: Database,
): Pick<
  Storage,
  | 'beginTurn'
  | 'finishTurn'
  | 'runningTurns'
  | 'turn'
  | 'turnOfMessage'
  | 'reopenTurn'
  | 'reopenable'
  | 'cancelInterrupted'
> {
  const figures = createTurnFigures(db);
  const byId = db.prepare<[string], Row>('SELECT * FROM turns WHERE id = ?');
  const byClientMessage = db.prepare<[string, string, string], Row>(
    'SELECT * FROM turns WHERE shop = ? AND visitor_id = ? AND client_message_id = ?',
  );
  const running = db.prepare<[], Row>(`SELECT * FROM turns WHERE status = 'running' ORDER BY started_at`);
  const runningOfThread = db.prepare<[string], Row>(`SELECT * FROM turns WHERE thread_id = ? AND status = 'running'`);
  const ownThread = db.prepare<[string, string, string], { id: string }>(
    'SELECT id FROM threads WHERE id = ? AND shop = ? AND visitor_id = ?',
  );
  // Both count no further than the bound that they are asked about.
  const countThreads = db
    .prepare<[string, string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM threads WHERE shop = ? AND visitor_id = ? LIMIT ?)',
    )
    .pluck();
  const countMessages = db
    .prepare<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM messages WHERE thread_id = ? LIMIT ?)')
    .pluck();
  const insertThread = db.prepare(
    'INSERT INTO threads (id, shop, visitor_id, title, created_at, updated_at, own) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const touchThread = db.prepare('UPDATE threads SET updated_at = ? WHERE id = ?');
  const insertMessage = db.prepare(
    'INSERT INTO messages (id, thread_id, role, parts, created_at, client_message_id, page) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastQuestion = db.prepare<[string], { seq: number; client_message_id: string }>(
    `SELECT seq, client_message_id FROM messages
     WHERE thread_id = ? AND role = 'user' AND replaced_by IS NULL ORDER BY seq DESC LIMIT 1`,
  );
  const inThread = db.prepare<[string, string], { id: string }>(
    'SELECT id FROM messages WHERE thread_id = ? AND client_message_id = ?',
  );
  const replace = db.prepare<{ threadId: string; seq: number; by: string }>(
    'UPDATE messages SET replaced_by = @by WHERE thread_id = @threadId AND seq >= @seq AND replaced_by IS NULL',
  );
  // What it says of them would be told on and on.
  const dropSummary = db.prepare<{ threadId: string; seq: number }>(
    `DELETE FROM summaries WHERE thread_id = @threadId
       AND message_id IN (SELECT id FROM messages WHERE thread_id = @threadId AND seq >= @seq)`,
  );
  const insertTurn = db.prepare(
    `INSERT INTO turns (id, thread_id, shop, visitor_id, address, user_message_id, assistant_message_id, client_message_id,
       locale, status, attempts, started_at, own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', 1, ?, ?)`,
  );
  const endTurn = db.prepare(
    `UPDATE turns SET status = ?, ended_at = ?, first_at = ?, steps = ? WHERE id = ? AND status = 'running'`,
  );
  const writeAnswer = db.prepare('UPDATE messages SET parts = ?, finish = ?, error = ? WHERE id = ?');

  // The owner's own may have been a draft's, which has changed since. Only the newest message of its thread: once the shopper has gone on, an old answer must not change.
  const REOPENABLE = `own = 0 AND status = 'interrupted' AND ended_at >= @since AND attempts < @maxAttempts AND assistant_message_id =
    (SELECT id FROM messages WHERE messages.thread_id = turns.thread_id ORDER BY seq DESC LIMIT 1)`;
  const reopenable = db.prepare<Record<string, unknown>, Row>(
    `SELECT * FROM turns WHERE thread_id = @threadId AND ${REOPENABLE}`,
  );
  const takeUp = db.prepare<Record<string, unknown>, Row>(
    `UPDATE turns SET status = 'running', attempts = attempts + 1, ended_at = NULL WHERE id = @id AND ${REOPENABLE} RETURNING *`,
  );
  const emptyAnswer = db.prepare(`UPDATE messages SET parts = '[]', finish = NULL, error = NULL WHERE id = ?`);

  const reopen = db.transaction((id: string, options: { since: number; maxAttempts: number }) => {
    const row = takeUp.get({ id, ...options });
    if (!row) return undefined;
    emptyAnswer.run(row.assistant_message_id);
    figures.change(fromRow(row), { outcome: 'running', error: null });
    return row;
  });

  const giveUp = db.prepare<[string], Row>(
    `UPDATE turns SET status = 'cancelled' WHERE id = ? AND status = 'interrupted' RETURNING *`,
  );
  const markStopped = db.prepare(`UPDATE messages SET finish = 'cancelled', error = NULL WHERE id = ?`);
  const cancelInterrupted = db.transaction((id: string) => {
    const row = giveUp.get(id);
    if (!row) return;
    markStopped.run(row.assistant_message_id);
    figures.change(fromRow(row), { outcome: 'cancelled', error: null });
  });

  /** @returns false when the thread has gone on since; nothing is written then */
  function replaceLast(threadId: string, clientMessageId: string, by: string): boolean {
    const last = lastQuestion.get(threadId);
    if (last?.client_message_id !== clientMessageId) return !inThread.get(threadId, clientMessageId);
    dropSummary.run({ threadId, seq: last.seq });
    replace.run({ threadId, seq: last.seq, by });
    return true;
  }

  const begin = db.transaction((input: NewTurn): BegunTurn => {
    const repeated = byClientMessage.get(input.shop, input.visitorId, input.clientMessageId);
    if (repeated) return { outcome: 'repeated', turn: fromRow(repeated) };

    const userMessageId = createId('msg');
    let threadId = input.threadId;
    const own = input.own === true;
    if (threadId === null) {
      if (countThreads.get(input.shop, input.visitorId, input.maxThreads)! >= input.maxThreads) {
        return { outcome: 'too_many_threads' };
      }
      threadId = createId('thr');
      insertThread.run(threadId, input.shop, input.visitorId, titleOf(input.text), input.now, input.now, Number(own));
    } else {
      if (!ownThread.get(threadId, input.shop, input.visitorId)) return { outcome: 'no_thread' };
      const busy = runningOfThread.get(threadId);
      if (busy) return { outcome: 'busy', turn: fromRow(busy) };
      // Question and answer must both find room.
      if (countMessages.get(threadId, input.maxMessages)! + 2 > input.maxMessages) return { outcome: 'thread_full' };
      if (input.replaces !== undefined && !replaceLast(threadId, input.replaces, userMessageId)) {
        return { outcome: 'not_last' };
      }
      touchThread.run(input.now, threadId);
    }

    const turn: TurnRow = {
      id: createId('trn'),
      threadId,
      shop: input.shop,
      visitorId: input.visitorId,
      address: input.address,
      userMessageId,
      assistantMessageId: createId('msg'),
      clientMessageId: input.clientMessageId,
      locale: input.locale,
      status: 'running',
      attempts: 1,
      startedAt: input.now,
      endedAt: null,
      own,
    };
    const question: StoredPart[] = [{ type: 'text', content: input.text }];
    const page = input.page ? JSON.stringify(input.page) : null;
    const { clientMessageId, now } = input;
    insertMessage.run(userMessageId, threadId, 'user', JSON.stringify(question), now, clientMessageId, page);
    insertMessage.run(turn.assistantMessageId, threadId, 'assistant', '[]', now, null, null);
    insertTurn.run(
      turn.id,
      threadId,
      turn.shop,
      turn.visitorId,
      turn.address,
      turn.userMessageId,
      turn.assistantMessageId,
      turn.clientMessageId,
      turn.locale,
      turn.startedAt,
      Number(own),
    );
    // Without a row of figures nothing of it counts, now or later.
    if (!own) figures.begun(turn, input.threadId === null);
    return { outcome: 'started', turn };
  });

  const finish = db.transaction((end: EndedTurn) => {
    const row = byId.get(end.turnId);
    if (!row) return;
    const status = end.interrupted ? 'interrupted' : end.finish;
    const steps = end.steps && end.steps.length > 0 ? JSON.stringify(end.steps) : null;
    if (endTurn.run(status, end.now, end.firstAt ?? null, steps, end.turnId).changes === 0) return;
    writeAnswer.run(
      JSON.stringify(end.parts),
      end.finish,
      end.error && JSON.stringify(end.error),
      row.assistant_message_id,
    );
    touchThread.run(end.now, row.thread_id);
    figures.ended(fromRow(row), end);
  });

  return {
    async beginTurn(input) {
      return begin.immediate(input);
    },
    async finishTurn(end) {
      finish.immediate(end);
    },
    async runningTurns() {
      return running.all().map(fromRow);
    },
    async reopenTurn(id, options) {
      const row = reopen.immediate(id, options);
      return row && fromRow(row);
    },
    async cancelInterrupted(id) {
      cancelInterrupted.immediate(id);
    },
    async reopenable(threadId, options) {
      const row = reopenable.get({ threadId, ...options });
      return row && fromRow(row);
    },
    async turnOfMessage(shop, visitorId, clientMessageId) {
      const row = byClientMessage.get(shop, visitorId, clientMessageId);
      return row && fromRow(row);
    },
    async turn(id) {
      const row = byId.get(id);
      return row && fromRow(row);
    },
  };
}

function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // By code points, so that no emoji is cut in half.
  const points = [...line];
  return points.length <= TITLE_LENGTH ? line : `${points.slice(0, TITLE_LENGTH - 1).join('')}…`;
}

function fromRow(row: Row): TurnRow {
  return {
    id: row.id,
    threadId: row.thread_id,
    shop: row.shop,
    visitorId: row.visitor_id,
    address: row.address,
    userMessageId: row.user_message_id,
    assistantMessageId: row.assistant_message_id,
    clientMessageId: row.client_message_id,
    locale: row.locale,
    status: row.status,
    attempts: row.attempts,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    own: row.own === 1,
  };
}
