import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createDesk, createSettings } from './admin/index.ts';
import type { Settings } from './admin/settings.ts';
import type { Desk } from './admin/types.ts';
import { createCatalog, createSyncs, revealed, sourceKeyOf } from './catalog/index.ts';
import { openOrders } from './catalog/orders.ts';
import type { Catalog, Syncs } from './catalog/types.ts';
import { AnswerCache } from './chat/answer-cache/answer-cache.ts';
import { TokenCounts } from './chat/context/token-counts.ts';
import { modelTools } from './chat/context/prompt.ts';
import { createTurnRunner } from './chat/turn-runner.ts';
import type { TurnRunner } from './chat/types.ts';
import { createCondition, type Condition } from './condition.ts';
import type { Config } from './config.ts';
import { createDocuments } from './document-deps.ts';
import { contextWarnings, MAX_OUTPUT_TOKENS } from './find-shops.ts';
import { courierFor, startOutbox } from './handoff/index.ts';
import type { Outbox } from './handoff/types.ts';
import { createSessionTokens, type SessionTokens } from './http/session-token.ts';
import { startJobs } from './jobs.ts';
import type { Documents, Knowledge } from './knowledge/types.ts';
import { createLimits, createRates } from './limits/index.ts';
import type { Limits } from './limits/types.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics/index.ts';
import { createModels } from './models/clients.ts';
import { createModerations } from './models/moderation.ts';
import { createModelWatch } from './models/model-watch.ts';
import { createBilling } from './models/pricing.ts';
import type { ModelHealth } from './models/types.ts';
import { createGuard, createOutbound } from './outbound/index.ts';
import { contrastWarnings, createShopRegistry, secretsOf, type ShopReading } from './shops/index.ts';
import {
  choicesOf,
  DEMO_MODEL,
  type DeskChanges,
  type ModelChoice,
  type Shop,
  type ShopBench,
  type Shops,
} from './shops/types.ts';
import { createId, databaseIn, lockDataDir, openSqlite } from './storage/index.ts';
import type { Reports, Storage } from './storage/types.ts';
import { createOrderDesk, createTrySearch, tools } from './tools/index.ts';
import type { TrySearch } from './tools/types.ts';
import { createTurnTraces, watchedBy } from './tracing.ts';
import { endedCall } from './turn-watch.ts';
import { runSync } from './workers/run-sync.ts';
import { createReportsThread } from './workers/reports.ts';
import { createSearchThread } from './workers/search.ts';

/** Everything the routes need, built once. */
export interface Deps {
  storage: Storage;
  catalog: Catalog;
  /** What the desk reads. */
  reports: Reports;
  syncs: Syncs;
  knowledge: Knowledge;
  documents: Documents;
  /** Who may open the desk, and what was done there. */
  desk: Desk;
  /** What the desk says of shops, over their files. */
  settings: Settings;
  /** What the model would be told of a search, as JSON. */
  trySearch: TrySearch;
  /** What is worth a look in a shop's settings, a line each. */
  warningsOf: (shop: Shop) => string[];
  /** Who may have catalogues read and metrics told over HTTP; null is nobody. */
  adminToken: string | null;
  shops: Shops;
  turns: TurnRunner;
  models: ModelHealth;
  metrics: Metrics;
  /** How what it serves from is doing. */
  condition: Condition;
  tokens: SessionTokens;
  allowances: Limits;
  outbox: Outbox;
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
  /** What the demo stores answer beside their files; null for everything else. */
  demoStores: ((request: Request) => Promise<Response | null>) | null;
}

/** Reads all shops, with what was published at the desk over them. */
type ReadWithDesk = (desk?: ReadonlyMap<string, DeskChanges>) => Promise<readonly ShopReading[]>;

export interface DepsOptions {
  config: Config;
  /** The shops to begin with. */
  shops: readonly Shop[];
  /** Reads them again, whenever their files change and when told; without it they stay as they are. */
  readShops?: ReadWithDesk;
  demoModel: boolean;
  /** What the demo stores' servers answer; their pages are served with it. */
  demoStores?: Deps['demoStores'];
  /** The first one signs. */
  sessionSecrets: readonly string[];
  addressKey: string;
  version: string;
  log: Log;
}

function watchedOf({ models }: Shop): ModelChoice[] {
  // The demo model is ours: no provider lists it.
  return choicesOf(models).filter(({ model }) => model !== DEMO_MODEL);
}

/** A turn with its tools takes seconds, and two minutes for each yes it waits for; one that takes this long is stuck. */
const MAX_TURN_MS = 10 * 60_000;
const HOUR_S = 3_600;

export async function createDeps(options: DepsOptions): Promise<Deps> {
  const { config, log } = options;
  const now = Date.now;
  const onWait = () => log.warn({ dataDir: config.dataDir }, 'waiting for another Shop Clerk on the same data to end');
  const unlock = lockDataDir(config.dataDir, { onWait });
  const file = databaseIn(config.dataDir);
  const storage = openSqlite({ file });
  const searches = createSearchThread({ file, log });
  const catalog = createCatalog({ storage, search: searches });
  const reports = createReportsThread({ file, log });
  const network = { allowPrivate: config.allowPrivateNetwork };
  const outbound = createOutbound({ ...network, version: options.version });
  /** For the models whose address a shop wrote. */
  const guard = createGuard(network);

  let served = (): readonly Shop[] => [];
  const syncs = createSyncs({
    storage,
    shops: () => served(),
    log,
    run: ({ slug, catalog: settings }, order, signal, onProgress) =>
      runSync(
        {
          ...order,
          ...network,
          file,
          shop: slug,
          source: revealed(settings),
          sourceKey: sourceKeyOf(settings),
          version: options.version,
        },
        { signal, onProgress },
      ),
  });

  const { documents, knowledge } = createDocuments({
    storage,
    file,
    search: searches.passages,
    shops: () => served(),
    guard,
    ...network,
    version: options.version,
    onUsed: (shop, usage) => metrics.called(endedCall(shop, usage)),
    log,
    now,
  });

  const answers = new AnswerCache({ now });
  const benches = new Map<string, ShopBench>();
  /** With what was published at the desk. */
  async function read(readShops: ReadWithDesk): Promise<readonly ShopReading[]> {
    const published = [...(await storage.allPublished())].map(([slug, { changes }]) => [slug, changes] as const);
    const readings = await readShops(new Map(published));
    for (const { bench } of readings) if (bench) benches.set(bench.slug, bench);
    return readings;
  }
  const first = options.readShops ? await read(options.readShops) : [];
  const problems = first.flatMap((reading) => reading.problems);
  if (problems.length > 0) log.error({ problems }, 'not all of what the desk says is served');
  const shops = await createShopRegistry({
    shops: options.shops.map((shop) => first.find((one) => one.shop?.slug === shop.slug)?.shop ?? shop),
    async prepare(shop, before) {
      log.hide(secretsOf(shop));
      if (!isDeepStrictEqual(shop.catalog, before?.catalog)) await syncs.prepare(shop);
      if (!isDeepStrictEqual(shop.documents, before?.documents)) documents.prepare(shop.slug);
    },
    ...(options.readShops && { read: () => read(options.readShops!), folder: config.shopsDir }),
    onReload({ slugs, problems }) {
      if (problems.length > 0) log.error({ problems }, 'shops with problems stay as they were');
      log.info({ shops: slugs }, 'shops read again');
      answers.clear();
      documents.look();
      void watch.look();
    },
  });

  served = shops.all;
  documents.look();

  const allowances = createLimits({ storage, billOf: createBilling({ log }), now });
  const models = createModels({ guard, log });
  const watch = createModelWatch({ choices: () => shops.all().flatMap(watchedOf), guard, log });
  // Nobody waits for it: a provider that is slow must not keep the shop closed.
  void watch.look();
  const modelHealth: ModelHealth = { circuits: models.states, queues: models.queues, warnings: watch.warnings };
  const condition = createCondition({ storage, shops, file, now });
  const metrics = createMetrics({
    models: modelHealth,
    answers,
    turns: { active: () => turns.active },
    condition,
    now,
  });
  const turns = createTurnRunner(
    {
      storage,
      catalog,
      knowledge,
      shops,
      orders: createOrderDesk({
        open: (shop) => openOrders(shop.catalog, { request: outbound.request }),
        count: createRates({ windowS: HOUR_S }).count,
      }),
      tools,
      modelTools: modelTools(tools),
      modelFor: models.modelFor,
      moderationFor: createModerations({ guard, log }),
      allowances,
      answers,
      counts: new TokenCounts(),
      log,
      watch: watchedBy(metrics, createTurnTraces()),
      limits: { maxRounds: 5, maxOutputTokens: MAX_OUTPUT_TOKENS, historyMessages: 200 },
      now,
    },
    { maxActive: config.maxActiveTurns, maxTurnMs: MAX_TURN_MS, maxDetachedMs: config.turnDetachedMs },
  );

  const outbox = startOutbox({
    storage,
    shops,
    courierFor: (delivery) => courierFor(delivery, { request: outbound.request, mail: config.mail }),
    log,
  });
  const desk = createDesk({ storage, adminToken: config.adminToken, createId, now });
  const settings = createSettings({
    storage,
    benchOf: (slug) => (shops.bySlug(slug) ? benches.get(slug) : undefined),
    serve: (slug, changes) =>
      shops.replace(slug, async () => {
        const { shop } = (await benches.get(slug)?.apply(changes)) ?? {};
        if (!shop) throw new Error(`The file of ${slug} is not good any more.`);
        return shop;
      }),
    audit: desk.audit,
    createId: () => createId('drf'),
    now,
  });
  const stopJobs = startJobs({ storage, turns, shops: () => shops.all(), log });
  return {
    storage,
    catalog,
    reports,
    syncs,
    knowledge,
    documents,
    desk,
    settings,
    trySearch: createTrySearch({ catalog, knowledge, now }),
    warningsOf: (shop) => [...contrastWarnings(shop.theme), ...contextWarnings([shop])],
    adminToken: config.adminToken,
    shops,
    turns,
    models: modelHealth,
    metrics,
    condition,
    tokens: createSessionTokens({ secrets: options.sessionSecrets, now }),
    allowances,
    outbox,
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
      metrics.close();
      watch.stop();
      await outbox.close();
      await shops.close();
      await syncs.close();
      await documents.close();
      await searches.close();
      await reports.close();
      await storage.close();
      unlock();
    },
    distDir: path.resolve(import.meta.dirname, '../dist'),
    demoStores: options.demoStores ?? null,
    demoDir: options.demoStores ? path.resolve(import.meta.dirname, '../demo/shop') : null,
  };
}
