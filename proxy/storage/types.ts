import type { CatalogProduct, ProductSort, StoredProduct } from '../catalog/types.ts';
import type { TokenUsage } from '../models/types.ts';
import type {
  Availability,
  CartOutcome,
  CartSummary,
  ComparisonEvent,
  ErrorEvent,
  Feedback,
  Finish,
  Money,
  LastingNoticeCode,
  PageProduct,
} from '../protocol/index.ts';

/** Times are milliseconds since 1970, UTC. */
export interface ThreadRow {
  id: string;
  shop: string;
  visitorId: string;
  title: string;
  createdAt: number;
  updatedAt: number;
}

/** What a card said when it was shown, to tell on another day what has changed. */
export interface ShownProduct {
  id: number;
  title: string;
  price: { min: Money; max: Money };
  availability: Availability;
}

export interface StoredCartPart {
  type: 'cart';
  callId: string;
  /** Null was a look into the cart. */
  added: {
    productId: number;
    variantId: string;
    quantity: number;
    shown: ShownProduct;
    /** The product's page. */
    url: string;
  } | null;
  outcome: CartOutcome;
}

/** What a message keeps. Products by id only: cards are made from the catalogue of the day on which they are read. */
export type StoredPart =
  | { type: 'text'; content: string }
  | { type: 'products'; ids: number[]; title?: string; why?: string; shown?: ShownProduct[] }
  | { type: 'comparison'; ids: number[]; rows: ComparisonEvent['rows']; title?: string; shown?: ShownProduct[] }
  | StoredCartPart
  | { type: 'notice'; code: LastingNoticeCode }
  | { type: 'suggestions'; questions: string[] };

export interface MessageRow {
  id: string;
  threadId: string;
  role: 'user' | 'assistant';
  parts: StoredPart[];
  createdAt: number;
  clientMessageId: string | null;
  finish: Finish | null;
  error: Omit<ErrorEvent, 'type'> | null;
  /** Another question has taken the place of this one, or of the one that this answers. */
  replaced: boolean;
  /** Of a question: where it was asked. */
  page: StoredPage | null;
  /** Of an answer: what the shopper thinks of it. */
  feedback: Feedback | null;
}

/** What a shopper had before them when they asked, cleaned. */
export interface StoredPage {
  /** Without query and fragment. */
  url?: string;
  title?: string;
  /** With the id of those that the catalogue has. */
  products?: (PageProduct & { id?: number })[];
  cart?: CartSummary;
}

export interface RatedMessage {
  shop: string;
  visitorId: string;
  messageId: string;
  /** Null takes back what was said before. */
  feedback: Feedback | null;
  now: number;
}

export interface TurnRow {
  id: string;
  threadId: string;
  shop: string;
  visitorId: string;
  /** Keyed hash of the network it was asked from. */
  address: string;
  userMessageId: string;
  assistantMessageId: string;
  clientMessageId: string;
  locale: string;
  /** `interrupted`: broken off by a crash or a restart; may be taken up again for a while. */
  status: 'running' | 'interrupted' | Finish;
  /** How often it was begun. */
  attempts: number;
  startedAt: number;
  endedAt: number | null;
}

export interface NewTurn {
  shop: string;
  visitorId: string;
  address: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  text: string;
  locale: string;
  page?: StoredPage | null;
  /** `clientMessageId` of the last question of the thread, whose place this one takes; one that never came is no matter. */
  replaces?: string;
  /** Bounds of what one visitor may keep. */
  maxThreads: number;
  maxMessages: number;
  now: number;
}

/** Outcome of `beginTurn`; only `started` wrote anything. */
export type BegunTurn =
  | { outcome: 'started'; turn: TurnRow }
  /** The same message came before: this is its turn, running or ended. */
  | { outcome: 'repeated'; turn: TurnRow }
  /** Another turn of this thread is running. */
  | { outcome: 'busy'; turn: TurnRow }
  | { outcome: 'no_thread' }
  /** What it was to replace is not the last question any more. */
  | { outcome: 'not_last' }
  | { outcome: 'too_many_threads' }
  | { outcome: 'thread_full' };

export interface EndedTurn {
  turnId: string;
  finish: Finish;
  /** Broken off by a crash or a restart: its row then says `interrupted`. */
  interrupted?: boolean;
  error: Omit<ErrorEvent, 'type'> | null;
  parts: StoredPart[];
  now: number;
}

/** One call of a model. */
export interface UsageRow extends TokenUsage {
  shop: string;
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

/** `summary`: the older part of a thread was put into fewer words. */
export type UsagePurpose = 'answer' | 'summary';

/** US dollars for a million tokens, and where these prices are from: `shops/acme.json`, `prices.json 2026-10-27`. */
export interface UsedPrice {
  input: number;
  cachedInput: number;
  cacheWrite: number;
  output: number;
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

/** What the older part of a thread comes to. */
export interface SummaryRow {
  /** The last message that is in it. */
  messageId: string;
  text: string;
  model: string;
  createdAt: number;
}

/** What a shopper wrote to the people of a shop. */
export interface ContactMessageRow {
  id: string;
  shop: string;
  visitorId: string;
  clientMessageId: string;
  /** The conversation that goes with it; null when the shopper didn't agree, or deleted it since. */
  threadId: string | null;
  /** '' when the shopper gave none. */
  name: string;
  email: string;
  text: string;
  locale: string;
  createdAt: number;
  /** When the owner said it is dealt with. */
  handledAt: number | null;
  /** `kept`: the shop has no address to deliver to, its owner looks for it · `failed`: given up, `error` says why. */
  delivery: 'kept' | 'waiting' | 'delivered' | 'failed';
  tries: number;
  nextTryAt: number | null;
  error: string | null;
}

export type NewContactMessage = Pick<
  ContactMessageRow,
  'shop' | 'visitorId' | 'clientMessageId' | 'threadId' | 'name' | 'email' | 'text' | 'locale' | 'delivery'
> & {
  now: number;
  /** Bound of what one visitor may keep. */
  maxMessages: number;
};

export type AddedContactMessage =
  | { outcome: 'added' | 'repeated'; message: ContactMessageRow }
  /** Not a thread of this visitor. */
  | { outcome: 'no_thread' }
  | { outcome: 'too_many' };

/** What is known of a call of a model when it is over. */
export type EndedUsage = Omit<
  UsageRow,
  'shop' | 'threadId' | 'turnId' | 'createdAt' | 'purpose' | 'arm' | 'fromCache' | 'outcome'
> & { outcome: CallOutcome };

/** Who pays for a call, over which time, and how much is allowed. Null is no limit. */
export interface Account {
  /** `shop:<slug>`, `visitor:<shop>:<id>`, `address:<shop>:<hash>`. */
  payer: string;
  /** `2026-11-21` or `2026-11`, UTC. */
  period: string;
  maxTokens: number | null;
  maxMicroUsd: number | null;
}

/** What a call of a model costs at the most, held on its accounts until `endUsage` knows better. */
export interface Reservation {
  tokens: number;
  microUsd: number;
  accounts: readonly Account[];
}

export type BegunUsage =
  | { outcome: 'begun'; id: number }
  /** This account hasn't so much left; nothing was written. */
  | { outcome: 'spent'; account: Account };

/** Held and settled together. */
export interface Spending {
  tokens: number;
  microUsd: number;
}

/** What to look up, already normalised by the catalogue. */
export interface ProductMatch {
  /**
   * Ways to ask the same. Each has one group per word; a product matches a group by any of its terms, as a prefix.
   * None, or only empty ones: everything.
   */
  questions: readonly (readonly (readonly string[])[])[];
  /** `all`: every word of one of the questions · `any`: some word of any of them. */
  words: 'all' | 'any';
  /** Marks that a product must have, at least one of each group; see `IndexedProduct.marks`. */
  marks?: readonly (readonly string[])[];
  minPrice?: number;
  maxPrice?: number;
  inStockOnly?: boolean;
  onSaleOnly?: boolean;
  sort?: ProductSort;
  limit: number;
}

/** What of a product is counted for a shopper to narrow a search by; short keys, for there is one for each product. */
export interface ProductFacets {
  /** Categories. */
  c?: string[];
  /** Brand. */
  b?: string;
  /** Options, name and value. */
  o?: [string, string][];
}

/** What a search matched, without the products themselves. */
export interface MatchedFacets {
  minPrice: number;
  maxPrice: number;
  available: boolean;
  facets: ProductFacets;
}

/** A shop's catalogue as the last sync left it. */
export interface CatalogState {
  /** Grows whenever what shoppers see changes. */
  generation: number;
  products: number;
  currency: string | null;
  /** Of all products; '' while nothing was synced. */
  hash: string;
  /** Which settings it was read by. */
  source: string;
  syncedAt: number | null;
  fullAt: number | null;
  /** Why the last sync failed; null when it didn't. */
  error: string | null;
}

/** Only who holds a shop's lease may write its catalogue. */
export interface SyncLease {
  shop: string;
  token: string;
}

export type BegunSync =
  | {
      outcome: 'begun';
      state: CatalogState;
      /** A sync broke off, and left rows that nobody sees. */ leftovers: boolean;
    }
  | { outcome: 'running' };

export interface SyncCounts {
  products: number;
  added: number;
  changed: number;
  removed: number;
}

/** A claim that was taken out of an answer. */
export interface FindingRow {
  shop: string;
  threadId: string;
  turnId: string;
  kind: 'amount' | 'percentage' | 'code';
  /** As the model wrote it. */
  text: string;
  createdAt: number;
}

/** Seam to the database, in verbs. Every verb is one transaction. */
export interface Storage {
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
  /** Of each shop the first whose try is due, the longest waiting of them first: one shop's crowd hides no other's. */
  dueContactMessages(now: number, limit: number): Promise<ContactMessageRow[]>;
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

  /** Throws when the database can't be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What searching needs of the database. */
export type ProductReader = Pick<
  Storage,
  'products' | 'searchProducts' | 'matchedFacets' | 'countProducts' | 'catalogState'
>;

/** A product with the normalised words it is found by, most telling first. */
export interface IndexedProduct {
  product: CatalogProduct;
  hash: string;
  /** The id it has a right to; left out, it gets one. */
  ownId?: number | undefined;
  /** Letters and digits only: what it can be narrowed by, exactly (categories, options, SKUs). */
  marks: readonly string[];
  facets: ProductFacets;
  titleTerms: string;
  labelTerms: string;
  bodyTerms: string;
}

export interface RankedProduct {
  product: StoredProduct;
  /** bm25: lower is better. */
  rank: number;
  /** The normalised words it is found by, apart by spaces; empty when no word was looked for. */
  terms: string;
}
