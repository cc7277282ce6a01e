import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SyncResponse } from '../protocol/index.ts';
import type { CatalogState, Storage, SyncLease } from '../storage/types.ts';
import { hashOf, indexed } from './indexing.ts';
import { SourceError } from './source-error.ts';
import type { CatalogProduct, CatalogSource, ReadOptions, Skipped } from './types.ts';

/** What a sync needs of the database. */
export type SyncStorage = Pick<
  Storage,
  | 'beginSync'
  | 'extendSync'
  | 'unchangedProducts'
  | 'stageProducts'
  | 'unstageProduct'
  | 'keepProducts'
  | 'dropUnread'
  | 'stagedCounts'
  | 'publishSync'
  | 'failSync'
  | 'pruneProducts'
>;

export interface SyncOptions {
  storage: SyncStorage;
  shop: string;
  source: CatalogSource;
  signal: AbortSignal;
  /** Names the settings of the source; a catalogue that was read by others is read whole. */
  sourceKey?: string;
  /** Reads everything, also where the source can tell what has changed. */
  full?: boolean;
  /** Asks for these products alone, for a shop that said they have changed. */
  only?: readonly string[];
  /** Phase, products so far, and of how many where the source knows. */
  onProgress?: (phase: 'reading' | 'removing', read: number, total?: number) => void;
  now?: () => number;
}

/** Somebody else is at it: the shop's own lease says so, whatever process holds it. */
export class SyncRunningError extends Error {
  override readonly name = 'SyncRunningError';

  constructor(shop: string) {
    super(`The catalogue of ${shop} is being read already.`);
  }
}

const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
/** Products in one transaction: a few milliseconds, since the proxy's turns wait to write meanwhile. */
const STEP = 10;
/** Between two transactions, so that a turn that waits to write gets its go: without it one in a hundred waited 20 ms. */
const GAP_MS = 2;
const LOOK_UPS = 100;
const KEPT_SKIPS = 50;
const DAY_MS = 24 * 60 * 60_000;
/** The shop's clock may be behind ours, and a product may have been saved while the last sync looked. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Brings a shop's catalogue up to date. Shoppers search the old one until the new one is complete, and go on with it if
 * anything fails. What a sync that broke off has written is used again, where it still holds.
 * @throws SyncRunningError, SourceError, what the source throws, or the signal's reason
 */
export async function syncCatalog(options: SyncOptions): Promise<SyncResponse> {
  const { storage, shop, signal, sourceKey = '', now = Date.now } = options;
  const began = now();
  const lease: SyncLease = { shop, token: randomUUID() };
  const begun = await storage.beginSync(lease, { now: began, until: began + LEASE_MS });
  if (begun.outcome === 'running') throw new SyncRunningError(shop);

  const lost = new AbortController();
  const renewal = setInterval(() => {
    storage.extendSync(lease, now() + LEASE_MS).catch((error: unknown) => lost.abort(error));
  }, RENEW_MS);
  const full = options.full || begun.leftovers || !isRecent(begun.state, sourceKey, options, began);
  try {
    const skips = skipList();
    const read: ReadOptions = {
      signal: AbortSignal.any([signal, lost.signal]),
      onSkip: skips.add,
      onProgress: (count, total) => options.onProgress?.('reading', count, total),
    };
    await readInto(lease, options, read, full ? null : begun.state);
    read.signal.throwIfAborted();
    const counts = await storage.stagedCounts(lease);
    // A list of ids may come back empty as well, from a cache or a plug-in that broke.
    if ((full || !options.only) && counts.products === 0) {
      const [first] = skips.first;
      if (full && first)
        throw new SourceError(`None of its ${skips.count} products can be read; ${first.item}: ${first.reason}`);
      if (begun.state.products > 0) {
        throw new SourceError('The source has no product at all; the catalogue stays as it was.');
      }
    }
    const changed = counts.added + counts.changed + counts.removed > 0;
    await storage.publishSync(lease, {
      products: counts.products,
      hash: counts.hash,
      source: sourceKey,
      // A look at single products says nothing about when the others were looked at.
      syncedAt: full || !options.only ? began : begun.state.syncedAt!,
      full,
    });
    await prune(storage, shop);
    const { hash, products, added, removed } = counts;
    if (!changed) return { status: 'skipped', skipped: true, hash, products };
    return {
      status: 'synced',
      skipped: false,
      hash,
      products,
      added,
      changed: counts.changed,
      removed,
      left_out: skips.first,
      left_out_count: skips.count,
      took_ms: now() - began,
    };
  } catch (error) {
    const reason = lost.signal.aborted ? lost.signal.reason : error;
    await storage.failSync(lease, (reason as Error).message);
    throw reason;
  } finally {
    clearInterval(renewal);
  }
}

/** Whether it is enough to ask what has changed: the same source, and all of it read within a day. */
function isRecent(state: CatalogState, sourceKey: string, { source, only }: SyncOptions, now: number): boolean {
  if (state.source !== sourceKey || state.fullAt === null || state.syncedAt === null) return false;
  if (only) return source.product !== undefined;
  return source.changedSince !== undefined && now - state.fullAt < DAY_MS;
}

/** @param state of the last sync; null reads everything */
async function readInto(
  lease: SyncLease,
  { storage, source, only, onProgress }: SyncOptions,
  read: ReadOptions,
  state: CatalogState | null,
): Promise<void> {
  if (state === null) {
    await stageAll(storage, lease, inOneCurrency(source.products(read), read), read.signal);
    await dropUnread(storage, lease, read.signal, onProgress);
    return;
  }
  if (only) {
    for (const externalId of new Set(only)) {
      const product = await source.product!(externalId, read);
      if (product) await stageAll(storage, lease, [product], read.signal);
      else await storage.unstageProduct(lease, externalId);
    }
    return;
  }
  const since = new Date(state.syncedAt! - OVERLAP_MS);
  await stageAll(storage, lease, source.changedSince!(since, read), read.signal);
  if (!source.ids) return;
  let ids: string[] = [];
  for await (const id of source.ids(read)) {
    ids.push(id);
    if (ids.length < LOOK_UPS) continue;
    await storage.keepProducts(lease, ids);
    ids = [];
  }
  await storage.keepProducts(lease, ids);
  await dropUnread(storage, lease, read.signal, onProgress);
}

/** Prices of two currencies can be neither compared nor sorted: the first product says which one is the catalogue's. */
async function* inOneCurrency(
  products: AsyncIterable<CatalogProduct>,
  { onSkip }: ReadOptions,
): AsyncGenerator<CatalogProduct> {
  let currency: string | undefined;
  for await (const product of products) {
    const its = product.price.min.currency;
    currency ??= its;
    if (its === currency) yield product;
    else
      onSkip({
        item: `product ${product.externalId} "${product.title}"`,
        reason: `its price is in ${its}, the first one's in ${currency}`,
      });
  }
}

/** Holds a hundred products at a time, whatever there are. */
async function stageAll(
  storage: SyncStorage,
  lease: SyncLease,
  products: AsyncIterable<CatalogProduct> | Iterable<CatalogProduct>,
  signal: AbortSignal,
): Promise<void> {
  let batch: { product: CatalogProduct; externalId: string; hash: string }[] = [];
  async function flush(): Promise<void> {
    const same = await storage.unchangedProducts(lease, batch);
    const fresh = batch.filter((_, index) => !same[index]);
    for (let at = 0; at < fresh.length; at += STEP) {
      signal.throwIfAborted();
      const step = fresh.slice(at, at + STEP).map(({ product, hash }) => indexed(product, hash));
      await storage.stageProducts(lease, step);
      await delay(GAP_MS);
    }
    batch = [];
  }
  const held = new Set<string>();
  for await (const product of products) {
    if (held.has(product.externalId)) throw new Error(`Two products have the externalId "${product.externalId}".`);
    held.add(product.externalId);
    batch.push({ product, externalId: product.externalId, hash: hashOf(product) });
    if (batch.length < LOOK_UPS) continue;
    await flush();
    held.clear();
  }
  await flush();
}

async function dropUnread(
  storage: SyncStorage,
  lease: SyncLease,
  signal: AbortSignal,
  onProgress: SyncOptions['onProgress'],
): Promise<void> {
  let dropped = 0;
  for (let step = 1; step > 0;) {
    signal.throwIfAborted();
    step = await storage.dropUnread(lease, STEP);
    dropped += step;
    if (step > 0) onProgress?.('removing', dropped);
    await delay(GAP_MS);
  }
}

/** What this leaves, the next sync takes: it is seen by nobody. */
async function prune(storage: SyncStorage, shop: string): Promise<void> {
  while ((await storage.pruneProducts(shop, STEP)) === STEP) await delay(GAP_MS);
}

function skipList() {
  const list = {
    first: [] as Skipped[],
    count: 0,
    add(skipped: Skipped): void {
      list.count++;
      if (list.first.length < KEPT_SKIPS) list.first.push(skipped);
    },
  };
  return list;
}
