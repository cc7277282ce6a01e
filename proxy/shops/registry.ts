import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { watch } from 'chokidar';
import type { ShopReading } from './read.ts';
import type { Shop, Shops } from './types.ts';

/** Editors write a file in several steps, and a deployment several files. */
const SETTLE_MS = 200;

export interface ShopRegistryOptions {
  /** The shops to begin with. */
  shops: readonly Shop[];
  /** Reads every shop again; without it they stay as they are. */
  read?: () => Promise<readonly ShopReading[]>;
  /** Watched for changes if it is there; without it the shops are read again only when told. */
  folder?: string;
  /** Makes a new or changed shop ready to be served. What it throws keeps the version of before. */
  prepare: (shop: Shop, before: Shop | undefined) => Promise<void>;
  /** After each time the shops were read again. */
  onReload?: (outcome: Reloaded) => void;
  settleMs?: number;
}

export interface Reloaded {
  slugs: readonly string[];
  problems: readonly string[];
}

export interface ShopRegistry extends Shops {
  /** Reads the shops again. Resolves when what is good of it is served; never rejects. */
  reload(): Promise<void>;
  /**
   * Serves another Shop under this slug, without reading anything again.
   * @param make is called while no reading is under way. @throws what it and `prepare` throw; Error when there is no such shop
   */
  replace(slug: string, make: () => Promise<Shop>): Promise<void>;
  close(): Promise<void>;
}

/**
 * The shops that are served. A good edit takes the shop's place at once: a turn under way keeps the Shop that it began with.
 * A bad one changes nothing but `problems()`.
 */
export async function createShopRegistry(options: ShopRegistryOptions): Promise<ShopRegistry> {
  const { read, prepare, onReload, settleMs = SETTLE_MS } = options;
  let bySlug = new Map<string, Shop>();
  let problems: readonly string[] = [];

  await Promise.all(options.shops.map((shop) => prepare(shop, undefined)));
  serve(options.shops);

  function serve(shops: readonly Shop[]): void {
    bySlug = new Map(shops.map((shop) => [shop.slug, shop]));
  }

  async function readAgain(read: () => Promise<readonly ShopReading[]>): Promise<void> {
    const found: string[] = [];
    try {
      const readings = await read();
      found.push(...readings.flatMap((reading) => reading.problems));
      serve(await merged(readings, found));
    } catch (error) {
      found.push((error as Error).message);
    }
    problems = found;
    onReload?.({ slugs: [...bySlug.keys()], problems });
  }

  /** What is served after a reading; adds what is wrong to `found`. */
  async function merged(readings: readonly ShopReading[], found: string[]): Promise<Shop[]> {
    const before = new Map([...bySlug.values()].map((shop) => [shop.settings, shop]));
    // Those that stay as they were come first: nobody may take the slug of a shop whose edit went wrong.
    const next = readings.flatMap(({ shop, settings }) => (shop ? [] : (before.get(settings) ?? [])));
    const isTaken = (slug: string) => next.some((shop) => shop.slug === slug);
    for (const { shop, settings } of readings) {
      if (!shop) continue;
      const old = before.get(settings);
      try {
        if (isTaken(shop.slug)) throw new Error(`the slug "${shop.slug}" is taken by a shop that stays as it was`);
        await prepare(shop, old?.slug === shop.slug ? old : undefined);
        next.push(shop);
      } catch (error) {
        found.push(`${settings}: ${(error as Error).message}`);
        if (old && !isTaken(old.slug)) next.push(old);
      }
    }
    return next;
  }

  let running = Promise.resolve();
  let waiting: Promise<void> | undefined;
  /** One reading at a time, and one more for all who ask meanwhile. */
  function reload(): Promise<void> {
    waiting ??= running.then(() => {
      waiting = undefined;
      return (running = read ? readAgain(read) : Promise.resolve());
    });
    return waiting;
  }

  async function replaceNow(slug: string, make: () => Promise<Shop>): Promise<void> {
    const old = bySlug.get(slug);
    if (!old) throw new Error(`There is no shop "${slug}" any more.`);
    const shop = await make();
    await prepare(shop, old);
    serve([...bySlug.values()].map((other) => (other === old ? shop : other)));
    onReload?.({ slugs: [...bySlug.keys()], problems });
  }

  function replace(slug: string, make: () => Promise<Shop>): Promise<void> {
    const replaced = running.then(() => replaceNow(slug, make));
    running = replaced.catch(() => undefined);
    return replaced;
  }

  let timer: NodeJS.Timeout | undefined;
  const watcher =
    options.folder !== undefined && existsSync(options.folder)
      ? watch(options.folder, { ignoreInitial: true, depth: 3 })
      : undefined;
  watcher?.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), settleMs);
  });
  // Out of watches or of rights to read: SIGHUP still works, and the owner reads of it in the log.
  watcher?.on('error', (error) => {
    problems = [`${options.folder} can't be watched: ${(error as Error).message}`];
    onReload?.({ slugs: [...bySlug.keys()], problems });
  });
  if (watcher) await once(watcher, 'ready');

  return {
    bySlug: (slug) => bySlug.get(slug),
    all: () => [...bySlug.values()],
    problems: () => problems,
    reload,
    replace,
    async close() {
      clearTimeout(timer);
      await watcher?.close();
      await (waiting ?? running);
    },
  };
}
