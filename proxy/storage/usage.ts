import type { Database } from 'better-sqlite3';
import { createPurse } from './spending.ts';
import type { BegunUsage, EndedUsage, Reservation, Storage, UsageRow } from './types.ts';

interface Row {
  id: number;
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
  cost_micro_usd: number | null;
  outcome: UsageRow['outcome'];
  created_at: number;
}

export function createUsage(db: Database): Pick<Storage, 'beginUsage' | 'endUsage' | 'usageOfTurn'> {
  const insert = db.prepare(
    `INSERT INTO usage (model, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, estimated,
       first_token_ms, duration_ms, cost_micro_usd, outcome, shop, thread_id, turn_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE usage SET model = ?, input_tokens = ?, cached_tokens = ?, cache_write_tokens = ?, output_tokens = ?,
       reasoning_tokens = ?, estimated = ?, first_token_ms = ?, duration_ms = ?, cost_micro_usd = ?, outcome = ?
     WHERE id = ? AND outcome = 'running'`,
  );
  const ofTurn = db.prepare<[string], Row>('SELECT * FROM usage WHERE turn_id = ? ORDER BY id');
  const purse = createPurse(db);

  const begin = db.transaction((usage: UsageRow, reservation: Reservation): BegunUsage => {
    const account = purse.lacking(reservation);
    if (account) return { outcome: 'spent', account };
    const { shop, threadId, turnId, createdAt } = usage;
    const id = Number(insert.run(...figures(usage), shop, threadId, turnId, createdAt).lastInsertRowid);
    purse.hold(id, reservation);
    return { outcome: 'begun', id };
  });

  const end = db.transaction((id: number, usage: EndedUsage) => {
    if (update.run(...figures(usage), id).changes === 0) return;
    const tokens = usage.inputTokens + usage.outputTokens;
    if (usage.estimated && usage.outcome !== 'ok' && tokens > 0) purse.settleUncounted(id, { tokens });
    else purse.settle(id, { tokens, microUsd: usage.costMicroUsd ?? 0 });
  });

  return {
    async beginUsage(usage, reservation) {
      return begin.immediate(usage, reservation);
    },
    async endUsage(id, usage) {
      end.immediate(id, usage);
    },
    async usageOfTurn(turnId) {
      return ofTurn.all(turnId).map(fromRow);
    },
  };
}

function fromRow(row: Row): UsageRow & { id: number } {
  return {
    id: row.id,
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
    costMicroUsd: row.cost_micro_usd,
    outcome: row.outcome,
    createdAt: row.created_at,
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
    usage.costMicroUsd,
    usage.outcome,
  ];
}
