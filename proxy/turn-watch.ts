import type { TokenUsage } from './models/types.ts';
import type { Finish } from './protocol/index.ts';
import type { CallOutcome, TurnRow, UsagePurpose, UsageRow } from './storage/types.ts';

/** How a turn ended; times in milliseconds since it was begun. */
export interface EndedTurn {
  /** `interrupted`: a shutdown broke it off, and another process goes on with it. */
  finish: Finish | 'interrupted';
  durationMs: number;
  /** Until something of its answer was to be seen; null where nothing was. */
  firstMs: number | null;
}

export interface EndedCall {
  shop: string;
  turnId: string;
  /** As configured, of the one that answered. */
  model: string;
  purpose: UsagePurpose;
  outcome: Exclude<CallOutcome, 'running'>;
  startedAt: number;
  endedAt: number;
  firstTokenMs: number | null;
  retries: number;
  usage: TokenUsage;
  /** Null where nobody knows the price. */
  costMicroUsd: number | null;
}

/** Of a call that belongs to no turn, such as one for vectors. */
export function endedCall(shop: string, { createdAt, durationMs, ...usage }: Omit<UsageRow, 'shop'>): EndedCall {
  const outcome = usage.outcome === 'running' ? 'error' : usage.outcome;
  return { ...usage, shop, outcome, usage, startedAt: createdAt, endedAt: createdAt + durationMs };
}

export interface EndedTool {
  shop: string;
  turnId: string;
  /** The model's word; bounded only where it is `known`. */
  name: string;
  known: boolean;
  failed: boolean;
  startedAt: number;
  endedAt: number;
}

/** Hears how turns go: once of each turn, call and tool, never of an event, and never what anybody wrote. */
export interface TurnWatch {
  began(turn: TurnRow): void;
  ended(turn: TurnRow, end: EndedTurn): void;
  called(call: EndedCall): void;
  ran(tool: EndedTool): void;
}
