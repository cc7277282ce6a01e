import type { UsageReportRow } from './storage/types.ts';

/** What is counted of usage. Money in millionths of a dollar. */
export type UsageFigures = Omit<UsageReportRow, 'key'>;

/** All rows together. */
export function totalOf(rows: readonly UsageFigures[]): UsageFigures {
  const add = (name: keyof UsageFigures) => rows.reduce((sum, row) => sum + row[name], 0);
  return {
    calls: add('calls'),
    fromCache: add('fromCache'),
    errors: add('errors'),
    retries: add('retries'),
    estimated: add('estimated'),
    unpriced: add('unpriced'),
    inputTokens: add('inputTokens'),
    cachedTokens: add('cachedTokens'),
    cacheWriteTokens: add('cacheWriteTokens'),
    outputTokens: add('outputTokens'),
    reasoningTokens: add('reasoningTokens'),
    costMicroUsd: add('costMicroUsd'),
  };
}
