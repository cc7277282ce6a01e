import type { Database } from 'better-sqlite3';
import type { EndedUsage, Storage, UsageRow } from './types.ts';

interface Row {
  shop: string;
  thread_id: string;
  turn_id: string;
  model: string;
  input_tokens: number;
  cached_tokens: number;
  cache_write_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  estimated: 0 | 1;
  first_token_ms: number | null;
  duration_ms: number;
  outcome: UsageRow['outcome'];
  created_at: number;
}

export function createUsage(db: Database): Pick<Storage, 'beginUsage' | 'endUsage' | 'abandonUsage' | 'usageOfTurn'> {
  const insert = db.prepare(
    `INSERT INTO usage (shop, thread_id, turn_id, model, input_tokens, cached_tokens, cache_write_tokens, output_tokens,
       reasoning_tokens, estimated, first_token_ms, duration_ms, outcome, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const end = db.prepare(
    `UPDATE usage SET model = ?, input_tokens = ?, cached_tokens = ?, cache_write_tokens = ?, output_tokens = ?,
       reasoning_tokens = ?, estimated = ?, first_token_ms = ?, duration_ms = ?, outcome = ? WHERE id = ?`,
  );
  const abandon = db.prepare(
    `UPDATE usage SET outcome = 'error', estimated = 1, output_tokens = ? WHERE turn_id = ? AND outcome = 'running'`,
  );
  const ofTurn = db.prepare<[string], Row>('SELECT * FROM usage WHERE turn_id = ? ORDER BY id');
  return {
    async beginUsage(usage) {
      const { lastInsertRowid } = insert.run(
        usage.shop,
        usage.threadId,
        usage.turnId,
        ...figures(usage),
        usage.createdAt,
      );
      return Number(lastInsertRowid);
    },
    async endUsage(id, usage) {
      end.run(...figures(usage), id);
    },
    async abandonUsage(turnId, outputTokens) {
      abandon.run(outputTokens, turnId);
    },
    async usageOfTurn(turnId) {
      return ofTurn.all(turnId).map((row) => ({
        shop: row.shop,
        threadId: row.thread_id,
        turnId: row.turn_id,
        model: row.model,
        inputTokens: row.input_tokens,
        cachedTokens: row.cached_tokens,
        cacheWriteTokens: row.cache_write_tokens,
        outputTokens: row.output_tokens,
        reasoningTokens: row.reasoning_tokens,
        estimated: row.estimated === 1,
        firstTokenMs: row.first_token_ms,
        durationMs: row.duration_ms,
        outcome: row.outcome,
        createdAt: row.created_at,
      }));
    },
  };
}

/** In the order in which both statements take them. */
function figures(usage: EndedUsage) {
  return [
    usage.model,
    usage.inputTokens,
    usage.cachedTokens,
    usage.cacheWriteTokens,
    usage.outputTokens,
    usage.reasoningTokens,
    usage.estimated ? 1 : 0,
    usage.firstTokenMs,
    usage.durationMs,
    usage.outcome,
  ];
}
