import type { Database } from 'better-sqlite3';
import type { Storage, UsageRow, UsageSum } from './types.ts';

/** What `usage.ts` adds to, inside its own transactions: so a row is summed when it ends, and never twice. */
export interface UsageSums {
  add(row: UsageRow): void;
}

const FIGURES = [
  'calls',
  'from_cache',
  'errors',
  'retries',
  'estimated',
  'unpriced',
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_micro_usd',
] as const;

type Row = Record<(typeof FIGURES)[number], number> & Pick<UsageSum, 'shop' | 'period' | 'model' | 'arm' | 'purpose'>;

export function createUsageSums(db: Database): UsageSums & Pick<Storage, 'usageSums'> {
  const add = db.prepare(
    `INSERT INTO usage_days (shop, day, model, arm, purpose, ${FIGURES.join(', ')})
     VALUES (?, ?, ?, ?, ?, ${FIGURES.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${FIGURES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  /** Beginnings of a day's name: `2026-11-21` or `2026-11`. */
  const sums = db.prepare<{ length: number; from: string; to: string; shop: string | null }, Row>(
    `SELECT shop, substr(day, 1, @length) AS period, model, arm, purpose,
       ${FIGURES.map((name) => `sum(${name}) AS ${name}`).join(', ')}
     FROM usage_days WHERE day BETWEEN @from AND @to AND (@shop IS NULL OR shop = @shop)
     GROUP BY period, shop, model, arm, purpose ORDER BY period, shop, model, arm, purpose`,
  );
  return {
    add(row) {
      const day = new Date(row.createdAt).toISOString().slice(0, 10);
      add.run(
        row.shop,
        day,
        row.model,
        row.arm,
        row.purpose,
        1,
        Number(row.fromCache),
        Number(row.outcome === 'error'),
        row.retries,
        Number(row.estimated),
        Number(row.costMicroUsd === null),
        row.inputTokens,
        row.cachedTokens,
        row.cacheWriteTokens,
        row.outputTokens,
        row.reasoningTokens,
        row.costMicroUsd ?? 0,
      );
    },
    async usageSums({ shop, from, to, by }) {
      return sums.all({ length: by === 'day' ? 10 : 7, from, to, shop: shop ?? null }).map(fromRow);
    },
  };
}

function fromRow(row: Row): UsageSum {
  return {
    shop: row.shop,
    period: row.period,
    model: row.model,
    arm: row.arm,
    purpose: row.purpose,
    calls: row.calls,
    fromCache: row.from_cache,
    errors: row.errors,
    retries: row.retries,
    estimated: row.estimated,
    unpriced: row.unpriced,
    inputTokens: row.input_tokens,
    cachedTokens: row.cached_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
    costMicroUsd: row.cost_micro_usd,
  };
}
