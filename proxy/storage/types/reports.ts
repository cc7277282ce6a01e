import type { ConversationFilter, GapKind } from '../../protocol/admin/index.ts';
import type { ErrorEvent, Feedback, Finish } from '../../protocol/index.ts';
import type { FindingRow } from './findings.ts';
import type { GapRow } from './gaps.ts';
import type { StoredPage, StoredPart } from './threads.ts';
import type { ToolStep, TurnRow } from './turns.ts';
import type { CallOutcome, UsagePurpose } from './usage.ts';

/**
 * What the desk reads of a shop: many rows at a time, so it is asked of a thread of its own (workers/reports.ts) and never
 * where answers are streamed. Days are those of UTC, as in budgets and bills.
 */
export interface ReportReader {
  overview(query: OverviewQuery): OverviewReport;
  conversations(query: ConversationsQuery): ConversationsReport;
  /** Undefined for one that isn't there and for one of another shop alike. */
  conversation(query: { shop: string; threadId: string }): ConversationReport | undefined;
  gapGroups(query: GapGroupsQuery): GapGroupsReport;
  /** The newest, `limit` at most. */
  gapOccurrences(query: { shop: string; kind: GapKind; key: string; limit: number }): GapOccurrence[];
  usageReport(query: UsageReportQuery): UsageReportRow[];
  /** Where the pictures of the first 2,000 products come from, most of them first: `https://cdn.example`. */
  pictureOrigins(query: { shop: string }): string[];
}

/** The same from elsewhere. */
export interface Reports {
  /**
   * @param signal ends the waiting
   * @throws ChatError `overloaded` when too many wait or the report broke down, or the signal's reason
   */
  read<Name extends keyof ReportReader>(
    name: Name,
    query: Parameters<ReportReader[Name]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<ReportReader[Name]>>;
}

/** Whole days, both included: `2026-11-21`. */
export interface DayRange {
  from: string;
  to: string;
}

export interface OverviewQuery extends DayRange {
  shop: string;
  by: 'day' | 'hour';
  /** The same for as many days before. */
  compare: boolean;
  now: number;
}

export interface OverviewReport {
  period: PeriodReport;
  before: PeriodReport | null;
  today: SpentReport;
  month: SpentReport;
}

export interface PeriodReport extends DayRange {
  figures: PeriodFigures;
  /** One for each day or hour of the period, also for those without a row. */
  series: SlotFigures[];
  /** Most frequent first, twenty at most. */
  errors: { code: string; count: number }[];
  /** Most often first, ten at most. */
  additions: { productId: number; additions: number; pieces: number }[];
}

/** What adds up. */
export interface SlotFigures {
  /** Milliseconds since 1970: where the day or hour begins. */
  at: number;
  /** Conversations that began. */
  conversations: number;
  /** Questions of shoppers. */
  messages: number;
  /** Of these, those with an answer that came to its end. */
  answers: number;
  /** Answers that brought the shopper to the people of the shop. */
  handOffs: number;
  errors: number;
  /** Ended by the shopper. */
  stopped: number;
  /** Not ended yet. */
  running: number;
  /** Turns that found a gap. */
  noResults: number;
  ups: number;
  downs: number;
  additions: number;
  costMicroUsd: number;
  /** Calls that nobody knows the price of: their cost is missing. */
  unpriced: number;
}

export interface PeriodFigures extends Omit<SlotFigures, 'at'> {
  additionsByCard: number;
  /** Put into carts. */
  pieces: number;
  firstMs: Percentiles;
  wholeMs: Percentiles;
}

/** Nearest rank; null of none. */
export interface Percentiles {
  /** How many there are. */
  of: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface SpentReport {
  /** `2026-11-21` or `2026-11`. */
  period: string;
  costMicroUsd: number;
  unpriced: number;
  /** As the budget counts it: with what calls under way may still cost. */
  countedMicroUsd: number;
}

export interface ConversationsQuery {
  shop: string;
  filter?: ConversationFilter;
  /** Words, all of which the title or one message has; folded as `foldText` does. */
  words?: readonly string[];
  /** Days on which it was last touched. */
  from?: string;
  to?: string;
  after?: ConversationCursor;
  limit: number;
}

/** The last conversation that was looked at. */
export interface ConversationCursor {
  updatedAt: number;
  id: string;
}

export interface ConversationsReport {
  /** Last touched first. */
  conversations: ConversationSummary[];
  /** Where to go on; null at the end. A search looks through so many messages at a time: it may find few and have more. */
  next: ConversationCursor | null;
}

export interface ConversationSummary {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  questions: number;
  errors: number;
  handOffs: number;
  noResults: number;
  ups: number;
  downs: number;
  wrong: number;
  /** Of its calls that are not forgotten yet. */
  costMicroUsd: number;
  /** Of a search: the text in which the words were found; null where it is the title. */
  found: string | null;
}

export interface ConversationReport {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  /** Oldest first; the newest 500. */
  turns: TurnReport[];
}

export interface TurnReport extends Pick<TurnRow, 'id' | 'status' | 'locale' | 'attempts' | 'startedAt' | 'endedAt'> {
  /** Another question has taken its place. */
  replaced: boolean;
  question: { id: string; parts: StoredPart[]; page: StoredPage | null };
  answer: {
    id: string;
    parts: StoredPart[];
    finish: Finish | null;
    error: Omit<ErrorEvent, 'type'> | null;
    feedback: (Feedback & { createdAt: number }) | null;
    note: AnswerNote | null;
  };
  firstMs: number | null;
  wholeMs: number | null;
  steps: ToolStep[];
  calls: CallReport[];
  gaps: Pick<GapRow, 'kind' | 'query'>[];
  claims: Pick<FindingRow, 'kind' | 'text'>[];
  /** Put into the cart by a card's button. */
  cardAdditions: { productId: number; quantity: number; createdAt: number }[];
}

export interface AnswerNote {
  wrong: boolean;
  /** May be ''. */
  note: string;
  writtenBy: string;
  updatedAt: number;
}

export interface CallReport {
  model: string;
  arm: string;
  purpose: UsagePurpose;
  outcome: 'running' | CallOutcome;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  estimated: boolean;
  fromCache: boolean;
  retries: number;
  firstTokenMs: number | null;
  durationMs: number;
  costMicroUsd: number | null;
  createdAt: number;
}

export interface GapGroupsQuery {
  shop: string;
  kind?: GapKind;
  /** `open`: asked since the owner said that something was done, or never done. */
  state: 'open' | 'done' | 'all';
  order: 'count' | 'recent';
  /** Groups to leave out before the first. */
  offset: number;
  limit: number;
}

export interface GapGroupsReport {
  groups: GapGroup[];
  /** Of all that fit. */
  total: number;
}

export interface GapGroup {
  kind: GapKind;
  key: string;
  /** As it was last written. */
  text: string;
  count: number;
  firstAt: number;
  lastAt: number;
  doneAt: number | null;
  doneBy: string | null;
  /** Newest first, three at most. */
  latest: GapOccurrence[];
}

export interface GapOccurrence {
  threadId: string;
  turnId: string;
  text: string;
  at: number;
}

export interface UsageReportQuery extends DayRange {
  shop: string;
  by: 'day' | 'month' | 'model' | 'arm' | 'purpose';
}

export interface UsageReportRow {
  /** The day, month, model, arm or purpose. */
  key: string;
  calls: number;
  fromCache: number;
  errors: number;
  retries: number;
  estimated: number;
  unpriced: number;
  inputTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  costMicroUsd: number;
}
