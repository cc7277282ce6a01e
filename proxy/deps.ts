import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createCatalog, createSource, syncCatalog } from './catalog/index.ts';
import type { Catalog } from './catalog/types.ts';
import { modelTools } from './chat/context.ts';
import { createTurnRunner, type TurnRunner } from './chat/turn-runner.ts';
import type { Config } from './config.ts';
import { createSessionTokens, type SessionTokens } from './http/session-token.ts';
import { startJobs } from './jobs.ts';
import { createLimits } from './limits/index.ts';
import type { Limits } from './limits/types.ts';
import type { Log } from './log.ts';
import { createModels } from './models/clients.ts';
import { costOf, knowsPrice } from './models/pricing.ts';
import { createGuard, createOutbound } from './outbound/index.ts';
import {
  createShopRegistry,
  limitsOfEnvironment,
  readShops,
  secretsOf,
  unknownVariables,
  type ShopDraft,
  type ShopReading,
} from './shops/index.ts';
import type { Shop, Shops } from './shops/types.ts';
import { createId, lockDataDir, openSqlite } from './storage/index.ts';
import type { Storage } from './storage/types.ts';
import { tools } from './tools/index.ts';

/** Everything the routes need, built once. */
export interface Deps {
  storage: Storage;
  catalog: Catalog;
  shops: Shops;
  turns: TurnRunner;
  tokens: SessionTokens;
  allowances: Limits;
  log: Log;
  now: () => number;
  createVisitorId: () => string;
  /** Makes names of addresses and of signed-in shoppers that nobody else can make or trace back. */
  addressKey: string;
  /** Whose X-Forwarded-For is believed. */
  trustProxy: readonly string[];
  environment: string;
  version: string;
  demoModel: boolean;
  /** Reads the shops' settings again; what is wrong with them is in `shops.problems()`. */
  reloadShops(): Promise<void>;
  /** Ends the jobs and lets go of the data. */
  close(): Promise<void>;
  distDir: string;
  /** Null where a shop of one's own is served. */
  demoDir: string | null;
}

export interface DepsOptions {
  config: Config;
  /** The shops to begin with. */
  shops: readonly Shop[];
  /** Reads them again, whenever their files change and when told; without it they stay as they are. */
  readShops?: () => Promise<readonly ShopReading[]>;
  demoModel: boolean;
  /** The demo store's pages are served. */
  demoStore?: boolean;
  /** The first one signs. */
  sessionSecrets: readonly string[];
  addressKey: string;
  version: string;
  log: Log;
}

/** A turn with its tools takes seconds; one that takes this long is stuck. */
const MAX_TURN_MS = 5 * 60_000;

export async function createDeps(options: DepsOptions): Promise<Deps> {
  const { config, log } = options;
  const now = Date.now;
  const onWait = () => log.warn({ dataDir: config.dataDir }, 'waiting for another Shop Clerk on the same data to end');
  const unlock = lockDataDir(config.dataDir, { onWait });
  const storage = openSqlite({ file: path.join(config.dataDir, 'shop-clerk.sqlite') });
  const catalog = createCatalog({ storage });
  const network = { allowPrivate: config.allowPrivateNetwork };
  const outbound = createOutbound({ ...network, version: options.version });
  /** For the models whose address a shop wrote. */
  const guard = createGuard(network);

  async function syncProducts(shop: Shop): Promise<void> {
    const source = createSource(shop.catalog, { request: outbound.request });
    const signal = AbortSignal.timeout(60_000);
    const { products, skipped, firstSkipped } = await syncCatalog({ storage, shop: shop.slug, source, signal });
    log.info({ shop: shop.slug, products }, 'catalogue read');
    if (skipped > 0) log.warn({ shop: shop.slug, skipped, firstSkipped }, 'products of the catalogue were left out');
  }

  const shops = await createShopRegistry({
    shops: options.shops,
    async prepare(shop, before) {
      log.hide(secretsOf(shop));
      if (!isDeepStrictEqual(shop.catalog, before?.catalog)) await syncProducts(shop);
    },
    ...(options.readShops && { read: options.readShops, folder: config.shopsDir }),
    onReload({ slugs, problems }) {
      if (problems.length > 0) log.error({ problems }, 'shops with problems stay as they were');
      log.info({ shops: slugs }, 'shops read again');
    },
  });

  const allowances = createLimits({ storage, costOf, now });
  const turns = createTurnRunner(
    {
      storage,
      catalog,
      shops,
      tools,
      modelTools: modelTools(tools),
      modelFor: createModels({ guard }),
      allowances,
      log,
      limits: { maxRounds: 5, maxOutputTokens: 2_000, historyMessages: 40 },
      now,
    },
    { maxActive: config.maxActiveTurns, maxTurnMs: MAX_TURN_MS, maxDetachedMs: config.turnDetachedMs },
  );

  const stopJobs = startJobs({ storage, turns, shops: () => shops.all(), log });
  return {
    storage,
    catalog,
    shops,
    turns,
    tokens: createSessionTokens({ secrets: options.sessionSecrets, now }),
    allowances,
    log,
    now,
    createVisitorId: () => createId('vis'),
    addressKey: options.addressKey,
    trustProxy: config.trustProxy,
    environment: config.environment,
    version: options.version,
    demoModel: options.demoModel,
    reloadShops: shops.reload,
    async close() {
      stopJobs();
      await shops.close();
      await storage.close();
      unlock();
    },
    distDir: path.resolve(import.meta.dirname, '../dist'),
    demoDir: options.demoStore ? path.resolve(import.meta.dirname, '../demo/shop') : null,
  };
}

export interface ShopsOptions {
  config: Config;
  /** The shops' own variables, and what `env:NAME` refers to. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where the demo model is, which answers when the configuration has none; null where it must not. */
  demoModelUrl: string | null;
  /** A shop that is described elsewhere: the demo store. */
  further?: ShopDraft;
}

/** Every shop that is described anywhere, each with its problems. */
export async function findShops({ config, env, demoModelUrl, further }: ShopsOptions): Promise<ShopReading[]> {
  return readShops({
    env,
    folder: config.shopsDir,
    ...(further && { further }),
    upstream: config.openai,
    demoModelUrl,
    allowPrivateNetwork: config.allowPrivateNetwork,
    checkAddress: createAddressCheck(config),
    toolNames: tools.map((tool) => tool.name),
    knowsPrice,
  });
}

function createAddressCheck({ allowPrivateNetwork }: Config) {
  const guard = createGuard({ allowPrivate: allowPrivateNetwork });
  return function checkAddress(url: string): string | undefined {
    try {
      guard.check(new URL(url));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
}

export { limitsOfEnvironment, unknownVariables };
