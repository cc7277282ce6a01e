import type { Database } from 'better-sqlite3';
import type { Feedback } from '../../protocol/index.ts';
import type { CallReport, ConversationReport, ReportReader, TurnReport } from '../types.ts';

/** The most that a shop may let a thread hold is a thousand messages. */
const MAX_TURNS = 500;
/** Of one turn. */
const MAX_CALLS = 50;

interface Row extends Pick<TurnReport, 'id' | 'status' | 'locale' | 'attempts' | 'startedAt' | 'endedAt'> {
  firstMs: number | null;
  wholeMs: number | null;
  steps: string | null;
  questionId: string;
  questionParts: string;
  page: string | null;
  replaced: string | null;
  answerId: string;
  answerParts: string;
  finish: TurnReport['answer']['finish'];
  error: string | null;
  rating: Feedback['rating'] | null;
  reason: Feedback['reason'] | null;
  comment: string | null;
  ratedAt: number | null;
  wrong: number | null;
  note: string | null;
  writtenBy: string | null;
  notedAt: number | null;
}

type CallRow = Omit<CallReport, 'estimated' | 'fromCache'> & { estimated: 0 | 1; fromCache: 0 | 1 };

export function createConversationReport(db: Database): Pick<ReportReader, 'conversation'> {
  const thread = db.prepare<[string, string], Omit<ConversationReport, 'turns'>>(
    `SELECT id, title, created_at AS createdAt, updated_at AS updatedAt FROM threads WHERE shop = ? AND id = ?`,
  );
  const turns = db.prepare<[string, number], Row>(
    `SELECT turns.id, status, locale, attempts, turns.started_at AS startedAt, ended_at AS endedAt, steps,
       figures.first_ms AS firstMs, figures.whole_ms AS wholeMs,
       question.id AS questionId, question.parts AS questionParts, question.page, question.replaced_by AS replaced,
       answer.id AS answerId, answer.parts AS answerParts, answer.finish, answer.error,
       feedback.rating, feedback.reason, feedback.comment, feedback.created_at AS ratedAt,
       notes.wrong, notes.note, notes.written_by AS writtenBy, notes.updated_at AS notedAt
     FROM turns JOIN messages question ON question.id = user_message_id
       JOIN messages answer ON answer.id = assistant_message_id
       LEFT JOIN turn_figures figures
         ON figures.shop = turns.shop AND figures.started_at = turns.started_at AND figures.turn_id = turns.id
       LEFT JOIN feedback ON feedback.message_id = answer.id
       LEFT JOIN answer_notes notes ON notes.message_id = answer.id
     WHERE turns.thread_id = ? ORDER BY question.seq DESC LIMIT ?`,
  );
  const calls = db.prepare<[string, number], CallRow>(
    `SELECT model, arm, purpose, outcome, input_tokens AS inputTokens, cached_tokens AS cachedTokens,
       output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, estimated, from_cache AS fromCache, retries,
       first_token_ms AS firstTokenMs, duration_ms AS durationMs, cost_micro_usd AS costMicroUsd, created_at AS createdAt
     FROM usage WHERE turn_id = ? ORDER BY id LIMIT ?`,
  );
  const gaps = db.prepare<[string], TurnReport['gaps'][number] & { turnId: string }>(
    'SELECT turn_id AS turnId, kind, query FROM gaps WHERE thread_id = ? ORDER BY id',
  );
  const claims = db.prepare<[string], TurnReport['claims'][number] & { turnId: string }>(
    'SELECT turn_id AS turnId, kind, text FROM findings WHERE thread_id = ? ORDER BY id',
  );
  const additions = db.prepare<[string], TurnReport['cardAdditions'][number]>(
    `SELECT product_id AS productId, quantity, created_at AS createdAt FROM cart_additions
     WHERE turn_id = ? AND by_card = 1 ORDER BY created_at`,
  );

  return {
    conversation: db.transaction(({ shop, threadId }: { shop: string; threadId: string }) => {
      const found = thread.get(shop, threadId);
      if (!found) return undefined;
      const [missing, made] = [byTurn(gaps.all(threadId)), byTurn(claims.all(threadId))];
      const reports = turns.all(threadId, MAX_TURNS).map((row) => ({
        ...fromRow(row),
        calls: calls.all(row.id, MAX_CALLS).map(callOf),
        gaps: missing.get(row.id) ?? [],
        claims: made.get(row.id) ?? [],
        cardAdditions: additions.all(row.id),
      }));
      return { ...found, turns: reports.reverse() };
    }),
  };
}

function fromRow(row: Row): Omit<TurnReport, 'calls' | 'gaps' | 'claims' | 'cardAdditions'> {
  const { id, status, locale, attempts, startedAt, endedAt, firstMs, wholeMs, rating, reason, comment } = row;
  return {
    id,
    status,
    locale,
    attempts,
    startedAt,
    endedAt,
    firstMs,
    wholeMs,
    replaced: row.replaced !== null,
    steps: parsed(row.steps, []),
    question: { id: row.questionId, parts: parsed(row.questionParts, []), page: parsed(row.page, null) },
    answer: {
      id: row.answerId,
      parts: parsed(row.answerParts, []),
      finish: row.finish,
      error: parsed(row.error, null),
      feedback:
        rating === null
          ? null
          : { rating, ...(reason && { reason }), ...(comment !== null && { comment }), createdAt: row.ratedAt! },
      note:
        row.wrong === null
          ? null
          : { wrong: row.wrong === 1, note: row.note!, writtenBy: row.writtenBy!, updatedAt: row.notedAt! },
    },
  };
}

function callOf({ estimated, fromCache, ...call }: CallRow): CallReport {
  return { ...call, estimated: estimated === 1, fromCache: fromCache === 1 };
}

function parsed<T>(json: string | null, otherwise: T): T {
  return json === null ? otherwise : (JSON.parse(json) as T);
}

function byTurn<T extends { turnId: string }>(rows: readonly T[]): Map<string, Omit<T, 'turnId'>[]> {
  const turns = new Map<string, Omit<T, 'turnId'>[]>();
  for (const { turnId, ...row } of rows) turns.set(turnId, [...(turns.get(turnId) ?? []), row]);
  return turns;
}
