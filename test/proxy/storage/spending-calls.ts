import type { Account, Reservation, UsageRow } from '../../../proxy/storage/types.ts';

/** A call that has just begun. */
export function call(changes: Partial<UsageRow> = {}): UsageRow {
  return {
    shop: 'pets',
    threadId: 'thr_1',
    turnId: 'trn_1',
    model: 'gpt-6-luna',
    inputTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    estimated: true,
    firstTokenMs: null,
    durationMs: 0,
    costMicroUsd: null,
    outcome: 'running',
    purpose: 'answer',
    arm: '',
    fromCache: false,
    retries: 0,
    price: null,
    createdAt: 2_000,
    ...changes,
  };
}

export function account(changes: Partial<Account> = {}): Account {
  return { payer: 'shop:pets', period: '2026-11-21', maxTokens: null, maxMicroUsd: null, ...changes };
}

export function reservation(
  { tokens = 0, microUsd = 0 }: { tokens?: number; microUsd?: number },
  ...accounts: readonly Account[]
): Reservation {
  return { tokens, microUsd, accounts };
}
