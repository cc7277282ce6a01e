/**
 * The port to the database: its verbs, and what they take and give, in types/ a file for each noun. Other rooms import all
 * of it from here. Times are milliseconds since 1970, UTC.
 */
import type { StoredProduct } from '../catalog/types.ts';
import type { ContactStorage } from './types/contact-messages.ts';
import type { DeskStorage } from './types/desk.ts';
import type { DeskNotes } from './types/desk-notes.ts';
import type { DocumentsStorage } from './types/documents.ts';
import type { FindingRow } from './types/findings.ts';
import type { GapRow } from './types/gaps.ts';
import type { SyncStorage } from './types/product-sync.ts';
import type { MatchedFacets, ProductMatch, RankedProduct } from './types/products.ts';
import type { ShopSettingsStorage } from './types/shop-settings.ts';
import type { Account, Reservation, Spending } from './types/spending.ts';
import type { SummaryRow } from './types/summaries.ts';
import type { MessageRow, RatedMessage, ThreadRow } from './types/threads.ts';
import type { BegunTurn, EndedTurn, NewTurn, TurnRow } from './types/turns.ts';
import type { BegunUsage, EndedUsage, UsageRow, UsageSum } from './types/usage.ts';

export type * from './types/contact-messages.ts';
export type * from './types/desk.ts';
export type * from './types/desk-notes.ts';
export type * from './types/documents.ts';
export type * from './types/findings.ts';
export type * from './types/gaps.ts';
export type * from './types/product-sync.ts';
export type * from './types/products.ts';
export type * from './types/reports.ts';
export type * from './types/shop-settings.ts';
export type * from './types/spending.ts';
export type * from './types/summaries.ts';
export type * from './types/threads.ts';
export type * from './types/turns.ts';
export type * from './types/usage.ts';

/** Seam to the database, in verbs. Every verb is one transaction. */
export interface Storage
  extends DeskStorage, DeskNotes, ShopSettingsStorage, SyncStorage, DocumentsStorage, ContactStorage {
  /** Makes the thread if need be, and the shopper's message, the empty answer and the turn, all or nothing. */
  beginTurn(turn: NewTurn): Promise<BegunTurn>;
  /** Writes the answer and closes the turn. A turn that has ended stays as it is. */
  finishTurn(end: EndedTurn): Promise<void>;
  /** Turns that are still `running`: at boot, those that a crash left behind. */
  runningTurns(): Promise<TurnRow[]>;
  turn(id: string): Promise<TurnRow | undefined>;
  /** The turn that a message made when it came before. */
  turnOfMessage(shop: string, visitorId: string, clientMessageId: string): Promise<TurnRow | undefined>;
  /**
   * Takes an interrupted turn up again: empties its answer and sets it running. Undefined when it may not be: it ended
   * otherwise, or before `since`, was begun `maxAttempts` times, or the thread has gone on without it.
   */
  reopenTurn(id: string, options: { since: number; maxAttempts: number }): Promise<TurnRow | undefined>;
  /** Stop for an interrupted turn: its answer stays as it is, and nobody takes it up again. */
  cancelInterrupted(id: string): Promise<void>;
  /** The turn of a thread that `reopenTurn` would take up. */
  reopenable(threadId: string, options: { since: number; maxAttempts: number }): Promise<TurnRow | undefined>;

  /**
   * Commits what was said since the last time, of any number of turns, as one row. Synchronous, because nobody may see an
   * event before it is committed and this happens up to a hundred times a second.
   * @returns the row's number, which grows
   */
  appendJournal(frames: string): number;
  /** All that was journalled, oldest first. */
  journal(): Promise<string[]>;
  /** Forgets the rows before number `before`, `limit` of them at most. @returns how many it forgot */
  pruneJournal(before: number, limit: number): Promise<number>;
  /** Keeps all that a turn has said in one place, once it is over. Synchronous, like the journal. */
  keepEvents(turnId: string, frames: string): void;
  /** What `keepEvents` kept; undefined while the turn runs and once it is forgotten. */
  events(turnId: string): Promise<string | undefined>;
  /** Forgets events of turns that ended before `before`, `limit` turns at most. @returns how many it forgot */
  pruneEvents(before: number, limit: number): Promise<number>;

  /** Newest first. */
  threads(shop: string, visitorId: string, limit: number): Promise<ThreadRow[]>;
  /** Undefined for a thread that isn't there and for one of another shop or visitor alike. */
  thread(shop: string, visitorId: string, threadId: string): Promise<ThreadRow | undefined>;
  /** @returns false when there is no such thread of this visitor */
  renameThread(shop: string, visitorId: string, threadId: string, title: string): Promise<boolean>;
  /** With its messages, turns and events; what it cost stays. @returns false when there is no such thread of this visitor */
  deleteThread(shop: string, visitorId: string, threadId: string): Promise<boolean>;
  /** Deletes threads last touched before `idleSince` in which no turn runs, `limit` at most. @returns how many it deleted */
  pruneThreads(shop: string, idleSince: number, limit: number): Promise<number>;
  /** Every shop of which a thread is kept, also one that is served no longer. */
  shopsWithThreads(): Promise<string[]>;
  /** Oldest first; the newest `limit`, or those before the newest `skip`. Those that were replaced only `withReplaced`. */
  messages(threadId: string, limit: number, options?: { withReplaced?: boolean; skip?: number }): Promise<MessageRow[]>;
  message(id: string): Promise<MessageRow | undefined>;
  /** @returns false when there is no such answer in a thread of this visitor */
  rateMessage(rated: RatedMessage): Promise<boolean>;

  /**
   * Notes that a call begins and holds its reservation on all its accounts, all or nothing: of any number of calls at once
   * none gets more than is left. A reservation counts against the periods in which it began, also past midnight.
   */
  beginUsage(usage: UsageRow, reservation: Reservation): Promise<BegunUsage>;
  /**
   * Writes what the call has used and puts it in place of its reservation; of a call that was broken off and only guessed,
   * the reservation itself counts as the shop's tokens and as everybody's money. A call that has ended stays as it is.
   */
  endUsage(id: number, end: EndedUsage): Promise<void>;
  /** Oldest first; `id` is the one for `endUsage`. */
  usageOfTurn(turnId: string): Promise<(UsageRow & { id: number })[]>;
  /** Calls that have not ended: at boot, those that a crash left behind. Oldest first, `limit` at most. */
  openUsage(limit: number): Promise<(UsageRow & { id: number })[]>;
  /** Notes a call that has ended and asked for no reservation: it counts in the sums, and in no account. */
  addUsage(usage: UsageRow, accounts?: readonly Account[]): Promise<void>;
  /** Notes an answer of our own cache: a row that cost nothing. */
  addCachedUsage(
    usage: Pick<
      UsageRow,
      'shop' | 'threadId' | 'turnId' | 'model' | 'arm' | 'firstTokenMs' | 'durationMs' | 'createdAt'
    >,
  ): Promise<void>;
  /**
   * Sums of the calls that began from `from` to `to` (days of UTC, both included), by day or month, model, arm and purpose,
   * oldest first. They stay when the rows are forgotten.
   */
  usageSums(query: { shop?: string; from: string; to: string; by: 'day' | 'month' }): Promise<UsageSum[]>;
  /** Forgets the rows of calls that began before `before`, `limit` at most; the sums stay. @returns how many */
  pruneUsage(before: number, limit: number): Promise<number>;
  /** What each account has used and holds, in the order given. */
  spent(accounts: readonly Pick<Account, 'payer' | 'period'>[]): Promise<Spending[]>;
  /** Forgets the accounts of periods before `period` (`2026-10`), `limit` of them at most. @returns how many it forgot */
  pruneSpending(period: string, limit: number): Promise<number>;

  /** In the order of `ids`; unknown ones are left out. */
  products(shop: string, ids: readonly number[]): Promise<StoredProduct[]>;
  /** Best first by full-text rank (lower is better), or as `sort` says; with no word, what is in stock first. */
  searchProducts(shop: string, match: ProductMatch): Promise<RankedProduct[]>;
  /** The first `limit` that match, in the order of `searchProducts`. */
  matchedFacets(shop: string, match: ProductMatch): Promise<MatchedFacets[]>;
  countProducts(shop: string): Promise<number>;

  /** Undefined while there is none. */
  summary(threadId: string): Promise<SummaryRow | undefined>;
  /** In place of the one before. It goes with its thread; of none that is there, nothing is kept. */
  keepSummary(threadId: string, summary: SummaryRow): Promise<void>;

  /** Goes with its thread; in none that is there, nothing is kept. */
  addFinding(finding: FindingRow): Promise<void>;
  /** Newest first. */
  findings(shop: string, limit: number): Promise<FindingRow[]>;

  /** Goes with its thread; in none that is there, nothing is kept. */
  addGap(gap: GapRow): Promise<void>;
  /** Newest first. */
  gaps(shop: string, limit: number): Promise<GapRow[]>;

  /** Throws when the database can't be read. */
  check(): Promise<void>;
  /** Throws when it can't be written. */
  checkWrite(): Promise<void>;
  close(): Promise<void>;
}

/** What searching needs of the database. */
export type ProductReader = Pick<
  Storage,
  'products' | 'searchProducts' | 'matchedFacets' | 'countProducts' | 'catalogState'
>;

/** What searching documents needs of it. */
export type PassageReader = Pick<
  Storage,
  'searchPassages' | 'passages' | 'hasPassages' | 'passagesVersion' | 'chunkVectors' | 'chunksOf'
>;
