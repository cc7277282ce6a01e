import type { Database } from 'better-sqlite3';
import type { ReportReader, UsageReportQuery, UsageReportRow } from '../types.ts';

const KEYS = { day: 'day', month: 'substr(day, 1, 7)', model: 'model', arm: 'arm', purpose: 'purpose' } as const;

export function createUsageReport(db: Database): Pick<ReportReader, 'usageReport'> {
  const prepared = (key: string) =>
    db.prepare<Omit<UsageReportQuery, 'by'>, UsageReportRow>(
      `SELECT ${key} AS key, sum(calls) AS calls, sum(from_cache) AS fromCache, sum(errors) AS errors,
         sum(retries) AS retries, sum(estimated) AS estimated, sum(unpriced) AS unpriced,
         sum(input_tokens) AS inputTokens, sum(cached_tokens) AS cachedTokens,
         sum(cache_write_tokens) AS cacheWriteTokens, sum(output_tokens) AS outputTokens,
         sum(reasoning_tokens) AS reasoningTokens, sum(cost_micro_usd) AS costMicroUsd
       FROM usage_days WHERE shop = @shop AND day BETWEEN @from AND @to GROUP BY 1 ORDER BY 1`,
    );
  const by = {
    day: prepared(KEYS.day),
    month: prepared(KEYS.month),
    model: prepared(KEYS.model),
    arm: prepared(KEYS.arm),
    purpose: prepared(KEYS.purpose),
  };
  return { usageReport: ({ by: key, ...query }) => by[key].all(query) };
}
