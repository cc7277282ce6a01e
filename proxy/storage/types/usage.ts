import type { TokenUsage } from '../../models/types.ts';
import type { Account } from './spending.ts';

/** One call of a model. */
export interface UsageRow extends TokenUsage {
  shop: string;
  /** '' for what belongs to no conversation: `embedding`. */
  threadId: string;
  turnId: string;
  model: string;
  /** To the first text or tool call; null when none came. */
  firstTokenMs: number | null;
  durationMs: number;
  /** Millionths of a US dollar; null when nobody knows the model's price. */
  costMicroUsd: number | null;
  /** `running` from its beginning on, so that a crash leaves a trace of what it cost. */
  outcome: 'running' | CallOutcome;
  purpose: UsagePurpose;
  /** Of the shop's test of models; '' where it tests nothing. */
  arm: string;
  /** Our own answer cache answered, and no model was asked. */
  fromCache: boolean;
  /** Tries that failed before the one that counts. */
  retries: number;
  /** What the cost was reckoned by; null when nobody knows the model's price, and where no model was asked. */
  price: UsedPrice | null;
  createdAt: number;
}

/** How a call ended. */
export type CallOutcome = 'ok' | 'cancelled' | 'error';

/**
 * `summary`: the older part of a thread was put into fewer words; `own`: an answer or a summary for the owner at the desk;
 * `embedding`: vectors of documents, or of a question to them.
 */
export type UsagePurpose = 'answer' | 'summary' | 'own' | 'embedding';

/** US dollars for a million tokens, and where these prices are from: `shops/acme.json`, `prices.json 2026-10-27`. */
export interface UsedPrice {
  input: number;
  cachedInput: number;
  cacheWrite: number;
  output: number;
  /** How often the provider searched by itself, and micro-dollars for each; left out where it didn't. */
  searches?: number;
  perSearch?: number;
  source: string;
}

/** What calls come to, of those of a shop that have ended. */
export interface UsageSum {
  shop: string;
  /** `2026-11-21` or `2026-11`, UTC: when the calls began. */
  period: string;
  model: string;
  arm: string;
  purpose: UsagePurpose;
  calls: number;
  /** Of these, answered by our own cache. */
  fromCache: number;
  errors: number;
  retries: number;
  /** Calls whose figures are guessed. */
  estimated: number;
  /** Calls that nobody knows the price of: their cost is missing in the sum. */
  unpriced: number;
  inputTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  costMicroUsd: number;
}

/** What is known of a call of a model when it is over. */
export type EndedUsage = Omit<
  UsageRow,
  'shop' | 'threadId' | 'turnId' | 'createdAt' | 'purpose' | 'arm' | 'fromCache' | 'outcome'
> & { outcome: CallOutcome };

export type BegunUsage =
  | { outcome: 'begun'; id: number }
  /** This account hasn't so much left; nothing was written. */
  | { outcome: 'spent'; account: Account };
