import path from 'node:path';
import type { Logger } from 'pino';
import { createCatalog, fileSource, syncCatalog } from './catalog/index.ts';
import type { Catalog } from './catalog/types.ts';
import { modelTools } from './chat/context.ts';
import { createTurnRunner, type TurnRunner } from './chat/turn-runner.ts';
import type { Config } from './config.ts';
import { createSessionTokens, type SessionTokens } from './http/session-token.ts';
import { startJobs } from './jobs.ts';
import { createOpenAiResponses } from './models/index.ts';
import type { Model } from './models/types.ts';
import { createShops } from './shops/index.ts';
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
  log: Logger;
  createVisitorId: () => string;
  maxMessageLength: number;
  environment: string;
  version: string;
  demoModel: boolean;
  /** Ends the jobs and lets go of the data. */
  close(): Promise<void>;
  distDir: string;
  /** Null where a shop of one's own is served. */
  demoDir: string | null;
}

export interface DepsOptions {
  config: Config;
  shops: readonly Shop[];
  /** Where the models are asked: the provider of the configuration, or the demo model. */
  upstream: { apiKey: string; baseUrl: string };
  demoModel: boolean;
  sessionSecret: string;
  version: string;
  log: Logger;
}

/** A turn with its tools takes seconds; one that takes this long is stuck. */
const MAX_TURN_MS = 5 * 60_000;

export async function createDeps(options: DepsOptions): Promise<Deps> {
  const { config, upstream, log } = options;
  const now = Date.now;
  const onWait = () => log.warn({ dataDir: config.dataDir }, 'waiting for another Shop Clerk on the same data to end');
  const unlock = lockDataDir(config.dataDir, { onWait });
  const storage = openSqlite({ file: path.join(config.dataDir, 'shop-clerk.sqlite') });
  const catalog = createCatalog({ storage });
  const shops = createShops(options.shops);
  for (const shop of shops.all()) {
    const source = fileSource({ file: shop.catalogFile });
    const { products } = await syncCatalog({ storage, shop: shop.slug, source, signal: AbortSignal.timeout(60_000) });
    log.info({ shop: shop.slug, products }, 'catalogue read');
  }

  const models = new Map<string, Model>();
  const turns = createTurnRunner(
    {
      storage,
      catalog,
      shops,
      tools,
      modelTools: modelTools(tools),
      modelFor({ model }) {
        let client = models.get(model);
        if (!client)
          models.set(
            model,
            (client = createOpenAiResponses({ apiKey: upstream.apiKey, baseUrl: upstream.baseUrl, model })),
          );
        return client;
      },
      log,
      limits: { maxRounds: 5, maxOutputTokens: 2_000, historyMessages: 40 },
      now,
    },
    { maxActive: config.maxActiveTurns, maxTurnMs: MAX_TURN_MS, maxDetachedMs: config.turnDetachedMs },
  );

  const stopJobs = startJobs({ storage, turns, log });
  return {
    storage,
    catalog,
    shops,
    turns,
    tokens: createSessionTokens({ secret: options.sessionSecret, now }),
    log,
    createVisitorId: () => createId('vis'),
    maxMessageLength: config.maxMessageLength,
    environment: config.environment,
    version: options.version,
    demoModel: options.demoModel,
    async close() {
      stopJobs();
      await storage.close();
      unlock();
    },
    distDir: path.resolve(import.meta.dirname, '../dist'),
    demoDir: config.shop ? null : path.resolve(import.meta.dirname, '../demo/shop'),
  };
}
