import type { UsagePurpose, UsageRow, UsedPrice } from './types.ts';

/** A row of `usage` as SQLite has it. */
export interface Row {
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
  purpose: UsagePurpose;
  arm: string;
  from_cache: 0 | 1;
  retries: number;
  price: string | null;
  created_at: number;
}

/** What the end of a call writes anew. */
export const ENDED = [
  'model',
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'estimated',
  'first_token_ms',
  'duration_ms',
  'cost_micro_usd',
  'outcome',
  'retries',
  'price',
] as const;
/** What its beginning fixes. */
export const BEGUN = ['shop', 'thread_id', 'turn_id', 'purpose', 'arm', 'from_cache', 'created_at'] as const;

type Ended = Omit<UsageRow, 'shop' | 'threadId' | 'turnId' | 'createdAt' | 'purpose' | 'arm' | 'fromCache'>;

export function toEnded(usage: Ended): Pick<Row, (typeof ENDED)[number]> {
  return {
    model: usage.model,
    input_tokens: usage.inputTokens,
    cached_tokens: usage.cachedTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
    estimated: usage.estimated ? 1 : 0,
    first_token_ms: usage.firstTokenMs,
    duration_ms: usage.durationMs,
    cost_micro_usd: usage.costMicroUsd,
    outcome: usage.outcome,
    retries: usage.retries,
    price: usage.price && JSON.stringify(usage.price),
  };
}

export function toRow(usage: UsageRow): Omit<Row, 'id'> {
  return {
    ...toEnded(usage),
    shop: usage.shop,
    thread_id: usage.threadId,
    turn_id: usage.turnId,
    purpose: usage.purpose,
    arm: usage.arm,
    from_cache: usage.fromCache ? 1 : 0,
    created_at: usage.createdAt,
  };
}

export function fromRow(row: Row): UsageRow & { id: number } {
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
    purpose: row.purpose,
    arm: row.arm,
    fromCache: row.from_cache === 1,
    retries: row.retries,
    price: row.price === null ? null : (JSON.parse(row.price) as UsedPrice),
    createdAt: row.created_at,
  };
}
