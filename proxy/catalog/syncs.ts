import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ChatError } from '../errors.ts';
import type { SyncResponse } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { Storage } from '../storage/types.ts';
import { sourceKeyOf } from './source.ts';
import { SyncRunningError } from './sync.ts';
import type { SyncOrder, SyncOutcome, SyncProgress, Syncs } from './types.ts';
import { verifyWebhook } from './woocommerce-webhook.ts';

export type RunSync = (
  shop: Shop,
  order: SyncOrder,
  signal: AbortSignal,
  onProgress: (progress: { phase: 'reading' | 'removing'; read: number; total?: number }) => void,
) => Promise<SyncResponse>;

export interface SyncsOptions {
  run: RunSync;
  storage: Pick<Storage, 'catalogState'>;
  /** Asked each time: settings change while the proxy runs. */
  shops: () => readonly Shop[];
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  now?: () => number;
  /** How often it is looked at what is due. */
  everyMs?: number;
  /** Shops send an edit as several messages. */
  gatherMs?: number;
}

const EVERY_MS = 15_000;
const GATHER_MS = 2_000;
const HOURLY = 60;
/** Each of them is asked for alone; beyond that it is quicker to read what has changed. */
const MAX_GATHERED = 100;
/** At the start, for a shop that has no products yet. */
const FIRST_MS = 60_000;
/** Threads at once. */
const AT_ONCE = 2;
const MINUTE_MS = 60_000;

/** Sees to it that catalogues are read: on demand, by the clock, when a file changes, when a shop says so. */
export function createSyncs(options: SyncsOptions): Syncs {
  const { run, storage, shops, log, now = Date.now, everyMs = EVERY_MS, gatherMs = GATHER_MS } = options;
  const stop = new AbortController();
  const running = new Map<string, Promise<unknown>>();
  const queue: (() => void)[] = [];
  const gathered = new Map<string, Set<string>>();
  const timers = new Map<string, NodeJS.Timeout>();
  /** When a shop was last begun, and how its file looked then. */
  const seen = new Map<string, { at: number; file: string }>();
  /** Of those that run; and of each shop how the last one ended. */
  const progress = new Map<string, SyncProgress>();
  const last = new Map<string, SyncOutcome>();
  /** As a shop was last told to get ready. */
  const prepared = new Map<string, Shop>();

  async function turn<T>(work: () => Promise<T>): Promise<T> {
    // Whoever ends hands its place on, so nobody can come between.
    if (running.size >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      queue.shift()?.();
    }
  }

  async function begin(shop: Shop, order: SyncOrder): Promise<SyncResponse> {
    const { slug } = shop;
    const startedAt = now();
    if (running.has(slug)) throw new ChatError('sync_running', `The catalogue of ${slug} is being read already.`);
    const work = turn(async () => {
      stop.signal.throwIfAborted();
      seen.set(slug, { at: now(), file: await fileState(shop) });
      return run(shop, order, stop.signal, ({ phase, read, total = null }) => {
        progress.set(slug, { startedAt, phase, read, total });
      });
    });
    running.set(slug, work);
    progress.set(slug, { startedAt, phase: 'waiting', read: 0, total: null });
    try {
      const result = await work;
      last.set(slug, { endedAt: now(), result });
      const { status, ...counts } = result;
      log.info({ shop: slug, ...counts }, status === 'skipped' ? 'catalogue unchanged' : 'catalogue read');
      return result;
    } catch (error) {
      if (error instanceof SyncRunningError) throw new ChatError('sync_running', error.message);
      if (stop.signal.aborted) throw new ChatError('shutting_down', 'The proxy is shutting down.');
      const reason = (error as Error).message;
      last.set(slug, { endedAt: now(), result: { status: 'failed', error: reason } });
      log.error({ shop: slug, err: error }, 'the catalogue could not be read; the one of before stays');
      throw new ChatError('sync_failed', `The catalogue of ${slug} could not be read: ${reason}`, { cause: error });
    } finally {
      running.delete(slug);
      progress.delete(slug);
    }
  }

  /** What goes wrong is in the log. */
  function inBackground(shop: Shop, order: SyncOrder): void {
    begin(shop, order).catch((error: unknown) => {
      if (error instanceof ChatError && error.code === 'sync_running') gatherAgain(shop, order);
    });
  }

  /**
   * Waits while somebody else reads it: another process, or one that was killed in the middle, whose lease runs for a
   * minute. Ends without a reading when the shop's settings have changed meanwhile.
   */
  async function whenFree(shop: Shop, order: SyncOrder): Promise<void> {
    for (let tries = 1; prepared.get(shop.slug) === shop; tries++) {
      try {
        await begin(shop, order);
        return;
      } catch (error) {
        if (!(error instanceof ChatError) || error.code !== 'sync_running') throw error;
      }
      if (tries === 1) log.warn({ shop: shop.slug }, 'its catalogue is being read by somebody else; waiting');
      await delay(everyMs, undefined, { signal: stop.signal, ref: false });
    }
  }

  /** Somebody else reads it now, perhaps from before this change. */
  function gatherAgain(shop: Shop, { only }: SyncOrder): void {
    if (only) for (const externalId of only) gather(shop, externalId);
    // Due at the next look at the clock.
    else seen.set(shop.slug, { at: -Infinity, file: 'not read' });
  }

  function gather(shop: Shop, externalId: string): void {
    if (stop.signal.aborted) return;
    const ids = gathered.get(shop.slug) ?? new Set();
    gathered.set(shop.slug, ids);
    if (ids.size <= MAX_GATHERED) ids.add(externalId);
    if (timers.has(shop.slug)) return;
    const timer = setTimeout(() => {
      timers.delete(shop.slug);
      gathered.delete(shop.slug);
      inBackground(shop, { full: false, ...(ids.size <= MAX_GATHERED && { only: [...ids] }) });
    }, gatherMs).unref();
    timers.set(shop.slug, timer);
  }

  async function isDue(shop: Shop): Promise<boolean> {
    const { catalog, slug } = shop;
    const last = seen.get(slug);
    if (catalog.everyMinutes === 0 || running.has(slug) || !last) return false;
    if ('file' in catalog && catalog.everyMinutes === undefined) return (await fileState(shop)) !== last.file;
    return now() - last.at >= (catalog.everyMinutes ?? HOURLY) * MINUTE_MS;
  }

  const timer = setInterval(() => {
    for (const shop of shops()) {
      isDue(shop).then(
        (due) => due && inBackground(shop, { full: false }),
        (error: unknown) => log.error({ shop: shop.slug, err: error }, 'it is unknown whether its catalogue is due'),
      );
    }
  }, everyMs).unref();

  return {
    sync: (shop, { full = false } = {}) => begin(shop, { full }),
    deliver(shop, body, headers) {
      const event = verifyWebhook(body, headers, shop.catalog.webhookSecret?.reveal() ?? '');
      if (event.kind === 'refused') {
        log.warn({ shop: shop.slug, reason: event.reason }, 'a webhook was refused');
        return { accepted: false };
      }
      if (event.kind === 'changed' || event.kind === 'deleted') gather(shop, event.productId);
      return { accepted: true };
    },
    report: (slug) => ({ running: progress.get(slug) ?? null, last: last.get(slug) ?? null }),
    async prepare(shop) {
      prepared.set(shop.slug, shop);
      const state = await storage.catalogState(shop.slug);
      if (state && state.products > 0 && state.source === sourceKeyOf(shop.catalog)) {
        // What goes wrong is in the log.
        whenFree(shop, { full: false }).catch(() => undefined);
        return;
      }
      let giveUp: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (giveUp = setTimeout(resolve, FIRST_MS)));
      const first = whenFree(shop, { full: true });
      // Once nobody waits any more, what goes wrong is in the log.
      first.catch(() => undefined);
      await Promise.race([first, late.then(() => log.warn({ shop: shop.slug }, 'its catalogue is still being read'))]);
      clearTimeout(giveUp);
    },
    async close() {
      stop.abort(new Error('The proxy is shutting down.'));
      clearInterval(timer);
      for (const waiting of timers.values()) clearTimeout(waiting);
      for (const next of queue.splice(0)) next();
      await Promise.allSettled(running.values());
    },
  };
}

/** Changes with the file; '' where there is none. */
async function fileState({ catalog }: Shop): Promise<string> {
  if (!('file' in catalog)) return '';
  const found = await stat(catalog.file).catch(() => undefined);
  return found ? `${found.mtimeMs} ${found.size}` : '';
}
