/**
 * The port to the database: its verbs, and what they take and give, in types/ a file for each noun. Other rooms import all
 * of it from here. Times are milliseconds since 1970, UTC.
 */
import type { StoredProduct } from '../catalog/types.ts';
import type { Passage } from '../knowledge/types.ts';
import type { AddedContactMessage, ContactMessageRow, NewContactMessage } from './types/contact-messages.ts';
import type { DeskStorage } from './types/desk.ts';
import type { DeskNotes } from './types/desk-notes.ts';
import type {
  BegunDocument,
  ChunkVector,
  DocumentChunk,
  DocumentCopy,
  DocumentRow,
  DocumentWriter,
  IndexedChunk,
  PassageMatch,
  RankedPassage,
  ReadDocument,
} from './types/documents.ts';
import type { FindingRow } from './types/findings.ts';
import type { GapRow } from './types/gaps.ts';
import type { BegunSync, CatalogState, SyncCounts, SyncLease } from './types/product-sync.ts';
import type { IndexedProduct, MatchedFacets, ProductMatch, RankedProduct } from './types/products.ts';
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
export interface Storage extends DeskStorage, DeskNotes, ShopSettingsStorage {
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
  /** Oldest first; the newest `limit`. Those that were replaced only `withReplaced`. */
  messages(threadId: string, limit: number, options?: { withReplaced?: boolean }): Promise<MessageRow[]>;
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

  /** Takes the lease on a shop's catalogue, until `until`, unless another sync holds it. */
  beginSync(lease: SyncLease, times: { now: number; until: number }): Promise<BegunSync>;
  /** Holds the lease for longer. @throws when another sync has taken it */
  extendSync(lease: SyncLease, until: number): Promise<void>;
  /**
   * Of these products, says which are as they were read before, and notes all those as read.
   * @throws when one of them was read before in this sync
   */
  unchangedProducts(lease: SyncLease, products: readonly { externalId: string; hash: string }[]): Promise<boolean[]>;
  /**
   * Writes products for the next generation, where nobody sees them yet, each under the id it wants, else the one it had,
   * else the next free one.
   * @throws when two products of this sync want one id
   */
  stageProducts(lease: SyncLease, products: readonly IndexedProduct[]): Promise<void>;
  /** Leaves a product out of the next generation. */
  unstageProduct(lease: SyncLease, externalId: string): Promise<void>;
  /** Notes that a product is still there. */
  keepProducts(lease: SyncLease, externalIds: readonly string[]): Promise<void>;
  /** Leaves out of the next generation what this sync has not read, `limit` products at most. @returns how many */
  dropUnread(lease: SyncLease, limit: number): Promise<number>;
  /** What the next generation will be; its hash doesn't depend on the order in which products came. */
  stagedCounts(lease: SyncLease): Promise<SyncCounts & { hash: string }>;
  /** Shows the next generation, and lets go of the lease. */
  publishSync(
    lease: SyncLease,
    outcome: { products: number; hash: string; source: string; syncedAt: number; full: boolean },
  ): Promise<void>;
  /** Lets go of the lease; nothing that shoppers see has changed. `error` is kept for the owner. */
  failSync(lease: SyncLease, error: string): Promise<void>;
  /** Forgets products that nobody sees any more, `limit` at most. @returns how many */
  pruneProducts(shop: string, limit: number): Promise<number>;
  /** Undefined for a shop that was never synced. */
  catalogState(shop: string): Promise<CatalogState | undefined>;
  /** In the order of `ids`; unknown ones are left out. */
  products(shop: string, ids: readonly number[]): Promise<StoredProduct[]>;
  /** Best first by full-text rank (lower is better), or as `sort` says; with no word, what is in stock first. */
  searchProducts(shop: string, match: ProductMatch): Promise<RankedProduct[]>;
  /** The first `limit` that match, in the order of `searchProducts`. */
  matchedFacets(shop: string, match: ProductMatch): Promise<MatchedFacets[]>;
  countProducts(shop: string): Promise<number>;

  /** In the order in which they were added. */
  documents(shop: string): Promise<DocumentRow[]>;
  document(shop: string, id: string): Promise<DocumentRow | undefined>;
  documentOfSource(shop: string, source: string): Promise<DocumentRow | undefined>;
  /**
   * Notes that a document is about to be read, a new one or another version of one that is there; that one is found as it
   * was until the new one is published. `token` then stands for who reads it. Undefined when the shop has too many.
   */
  beginDocument(document: BegunDocument, token: string): Promise<DocumentRow | undefined>;
  /**
   * The chunks it has, to be kept where their hash stays. Forgets what a writing that broke off has left.
   * @throws when somebody else has begun to write it, as do all verbs that take a writer
   */
  knownChunks(writer: DocumentWriter): Promise<{ id: number; hash: string }[]>;
  /** Writes chunks for the next version, where nobody finds them yet. */
  stageChunks(writer: DocumentWriter, chunks: readonly IndexedChunk[]): Promise<void>;
  /** Puts kept chunks in their places and leaves `gone` out of the next version. */
  orderChunks(
    writer: DocumentWriter,
    change: { kept: readonly { id: number; ordinal: number }[]; gone: readonly number[] },
  ): Promise<void>;
  /** Shows the next version. */
  publishDocument(writer: DocumentWriter, read: ReadDocument): Promise<void>;
  /** Keeps why it can't be read; what was found of it is still found. @returns false where it is gone, or somebody else writes it */
  failDocument(writer: DocumentWriter, error: string, now: number): Promise<boolean>;
  /** At boot: closes readings that a crash broke off. @returns how many */
  failWaitingDocuments(error: string, now: number): Promise<number>;
  /** Undefined when there is no such document in this shop. */
  changeDocument(shop: string, id: string, change: { enabled: boolean; now: number }): Promise<DocumentRow | undefined>;
  /** Takes it out of every search at once, and deletes `limit` of its chunks; the last call deletes the document. */
  deleteDocument(shop: string, id: string, limit: number): Promise<'unknown' | 'more' | 'deleted'>;
  /** Forgets chunks of a document that nobody finds any more, `limit` at most. @returns how many */
  pruneChunks(id: string, limit: number): Promise<number>;
  /** Chunks without a vector of this model; those of another model are forgotten. */
  chunksToEmbed(
    shop: string,
    id: string,
    options: { model: string; limit: number },
  ): Promise<{ id: number; title: string; section: string; text: string }[]>;
  embedChunks(id: string, vectors: readonly ChunkVector[], now: number): Promise<void>;
  /** Best first by full-text rank; of enabled documents only. */
  searchPassages(shop: string, match: PassageMatch): Promise<RankedPassage[]>;
  /** In the order of `ids`; what is gone or disabled is left out. */
  passages(shop: string, ids: readonly number[]): Promise<Passage[]>;
  hasPassages(shop: string): Promise<boolean>;
  /** Another one whenever a search may find something else than before. */
  passagesVersion(shop: string): Promise<string>;
  /** The vectors of one model, of enabled documents only, `limit` at most. */
  chunkVectors(shop: string, model: string, limit: number): Promise<ChunkVector[]>;
  /** What a document says now, in its order, disabled or not. */
  chunksOf(shop: string, id: string): Promise<DocumentChunk[]>;
  /** Forgets chunks that no search finds any more: what a writing that broke off has left, and older versions. @returns how many */
  pruneLostChunks(shop: string, limit: number): Promise<number>;

  /** Whose files in a provider's store are ours: another one for each database, the same in its copies. */
  installation(): Promise<string>;
  /** The store that was made for a shop at a provider; undefined while there is none. */
  documentStore(shop: string, endpoint: string): Promise<string | undefined>;
  keepDocumentStore(shop: string, endpoint: string, store: string): Promise<void>;
  /** Oldest first; also of documents that are gone. */
  documentCopies(shop: string): Promise<DocumentCopy[]>;
  /** Documents that can be found, with the file that is the copy of what each is now; null where none has been read there yet. */
  currentCopies(
    shop: string,
    place: { endpoint: string; store: string },
    limit: number,
  ): Promise<{ document: string; file: string | null }[]>;
  /** @returns its id */
  addDocumentCopy(copy: Omit<DocumentCopy, 'id'>): Promise<number>;
  changeDocumentCopy(id: number, change: Pick<DocumentCopy, 'state' | 'error'> & { now: number }): Promise<void>;
  deleteDocumentCopy(id: number): Promise<void>;

  /** Undefined while there is none. */
  summary(threadId: string): Promise<SummaryRow | undefined>;
  /** In place of the one before. It goes with its thread; of none that is there, nothing is kept. */
  keepSummary(threadId: string, summary: SummaryRow): Promise<void>;

  addContactMessage(message: NewContactMessage): Promise<AddedContactMessage>;
  /** Newest first. */
  contactMessages(shop: string, options: { limit: number; unhandledOnly?: boolean }): Promise<ContactMessageRow[]>;
  /** Of one visitor, newest first: for what they take away with them. */
  contactMessagesOf(shop: string, visitorId: string): Promise<ContactMessageRow[]>;
  /** @returns false when there is no such message in this shop */
  handleContactMessage(shop: string, id: string, now: number): Promise<boolean>;
  /**
   * Of each shop the first whose try is due, by slug, beginning behind one and going round: neither one shop's crowd nor how
   * long it waits hides another's.
   * @param options.after slug of the shop that had its turn last
   */
  dueContactMessages(now: number, options: { limit: number; after?: string }): Promise<ContactMessageRow[]>;
  /** Writes how a try ended; a message that is gone by then stays gone. */
  triedContactMessage(
    id: string,
    end: Pick<ContactMessageRow, 'delivery' | 'tries' | 'nextTryAt' | 'error'>,
  ): Promise<void>;
  /** @returns how many there were */
  deleteContactMessagesOf(shop: string, visitorId: string): Promise<number>;
  /** Forgets messages from before `before`, `limit` at most; never one that still waits for delivery. @returns how many */
  pruneContactMessages(shop: string, before: number, limit: number): Promise<number>;
  /** Also those that are served no longer. */
  shopsWithContactMessages(): Promise<string[]>;

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
