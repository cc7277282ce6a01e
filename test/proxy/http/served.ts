import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { createApp, serverOptions } from '../../../proxy/app.ts';
import { createDesk, createPasswords, createSettings } from '../../../proxy/admin/index.ts';
import { createCatalog, createSyncs, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, CatalogSource } from '../../../proxy/catalog/types.ts';
import { AnswerCache } from '../../../proxy/chat/answer-cache/answer-cache.ts';
import { TokenCounts } from '../../../proxy/chat/context/token-counts.ts';
import { modelTools } from '../../../proxy/chat/context/prompt.ts';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import type { Deps } from '../../../proxy/deps.ts';
import type { Outbox } from '../../../proxy/handoff/types.ts';
import { createSessionTokens } from '../../../proxy/http/session-token.ts';
import type { Knowledge } from '../../../proxy/knowledge/types.ts';
import { createDocumentDesk, createKnowledge, createPassageSearch } from '../../../proxy/knowledge/index.ts';
import { createReportsThread } from '../../../proxy/workers/reports.ts';
import { runDocuments } from '../../../proxy/workers/run-documents.ts';
import { createLimits } from '../../../proxy/limits/index.ts';
import { createLog } from '../../../proxy/log.ts';
import { createCondition } from '../../../proxy/condition.ts';
import { createMetrics } from '../../../proxy/metrics/index.ts';
import { createTurnTraces, watchedBy } from '../../../proxy/tracing.ts';
import { createOpenAiResponses } from '../../../proxy/models/index.ts';
import { billOf } from '../../../proxy/models/pricing.ts';
import type { CircuitReport, Model } from '../../../proxy/models/types.ts';
import type { ChatEvent, SessionResponse } from '../../../proxy/protocol/index.ts';
import { contrastWarnings, createShopRegistry } from '../../../proxy/shops/index.ts';
import type { Shop, ShopBench } from '../../../proxy/shops/types.ts';
import { createId } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { createTrySearch, tools } from '../../../proxy/tools/index.ts';
import { NO_DOCUMENTS } from '../../fakes/fake-knowledge.ts';
import { startFakeOpenAi, type Script } from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';
import { deskBench } from './admin/desk-bench.ts';
import { NO_ORDERS, products } from '../chat/workshop.ts';

/** Of a machine with room, whatever is left on the one that tests. */
export const DISK = { freeBytes: 9e11, totalBytes: 1e12, databaseBytes: 4_096, status: 'ok' } as const;

export interface Served {
  url: string;
  /** A request with JSON in and out; `token` null sends none. */
  api<T = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  session(shop?: string): Promise<SessionResponse>;
  deps: Deps;
  openai: Awaited<ReturnType<typeof startFakeOpenAi>>;
}

export interface ServeOptions {
  /** Changes to the shop `pets`. */
  pets?: Partial<Shop>;
  trustProxy?: readonly string[];
  secrets?: readonly string[];
  now?: () => number;
  adminToken?: string;
  /** Where the products of a shop come from. */
  source?: (slug: string) => CatalogSource;
  /** What delivers messages to shops; none does otherwise. */
  outbox?: Outbox;
  /** What the shops have written down; nothing otherwise. */
  knowledge?: Knowledge | ((storage: Storage) => Knowledge);
  /** Who answers instead. */
  model?: Model;
  /** What stands in the files of shops, for the desk to change: `pets` alone, and little, otherwise. */
  benches?: readonly ShopBench[];
  /** What is known of the models' circuits. */
  circuits?: CircuitReport[];
  /** What was built, else the last build's. */
  distDir?: string;
  /** False serves no demo store. */
  demo?: boolean;
}

export interface CallOptions {
  token?: string;
  json?: unknown;
  body?: string | FormData;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** The whole proxy on a port of its own, with two shops, real storage, and a fake OpenAI behind it. */
export async function serveProxy(script: Script, options: ServeOptions = {}): Promise<Served> {
  const { pets = {}, trustProxy = [], secrets = ['a secret that is only good for a test'], now = Date.now } = options;
  const dir = tempDir();
  const openai = await startFakeOpenAi(script);
  const log = createLog({ level: 'silent', secrets: [] });
  const storage = openFresh({ file: dir.file('shop-clerk.sqlite') });
  const given = typeof options.knowledge === 'function' ? options.knowledge(storage) : options.knowledge;
  const catalog = createCatalog({ storage });
  const shop = (slug: string) =>
    testShop({ slug, name: slug, settings: `shops/${slug}.json`, origins: [`https://${slug}.example`] });
  const shops = await createShopRegistry({
    shops: [{ ...shop('pets'), greeting: { en: 'Hello' }, ...pets }, shop('books')],
    prepare: async () => {},
  });
  const sourceOf = options.source ?? (() => listed(products));
  const syncs = createSyncs({
    storage,
    shops: () => shops.all(),
    log,
    gatherMs: 10,
    run: (shop, order, signal) =>
      syncCatalog({ storage, shop: shop.slug, source: sourceOf(shop.slug), sourceKey: 'test', signal, ...order }),
  });
  for (const shop of shops.all()) await syncs.sync(shop);
  const allowances = createLimits({ storage, billOf, now });
  const reports = createReportsThread({ file: dir.file('shop-clerk.sqlite'), log });
  const model = createOpenAiResponses({ apiKey: 'sk-test', baseUrl: openai.baseUrl, model: 'gpt-6-luna' });
  const answers = new AnswerCache({ now });
  const modelHealth = { circuits: () => options.circuits ?? [], queues: () => [], warnings: () => [] };
  const condition = createCondition({
    storage,
    shops,
    file: dir.file('shop-clerk.sqlite'),
    now,
    diskOf: async () => DISK,
  });
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
      knowledge: given ?? NO_DOCUMENTS,
      shops,
      orders: NO_ORDERS,
      tools,
      modelTools: modelTools(tools),
      modelFor: () => options.model ?? model,
      moderationFor: () => ({ check: async () => [] }),
      allowances,
      counts: new TokenCounts(),
      answers,
      log,
      watch: watchedBy(metrics, createTurnTraces()),
      limits: { maxRounds: 5, maxOutputTokens: 2_000, historyMessages: 40 },
      now,
    },
    { maxActive: 1_000, maxTurnMs: 60_000, maxDetachedMs: 60_000 },
  );
  const documents = createDocumentDesk({
    storage,
    shops: () => shops.all(),
    log,
    run: ({ slug, documents: { sources } }, order, signal) =>
      runDocuments(
        {
          file: dir.file('shop-clerk.sqlite'),
          shop: slug,
          order,
          sources,
          embeddings: undefined,
          accounts: [],
          store: undefined,
          allowPrivate: true,
          version: '0.0.0',
        },
        signal,
      ),
  });
  const desk = createDesk({
    storage,
    adminToken: options.adminToken ?? null,
    createId,
    // The real cost would be a third of a second for each login.
    passwords: createPasswords({ ln: 4 }),
    now,
  });
  const benches = new Map((options.benches ?? [deskBench()]).map((bench) => [bench.slug, bench]));
  const settings = createSettings({
    storage,
    benchOf: (slug) => benches.get(slug),
    serve: (slug, changes) => shops.replace(slug, async () => (await benches.get(slug)!.apply(changes)).shop!),
    audit: desk.audit,
    createId: () => createId('drf'),
    now,
  });
  const search = createPassageSearch({ storage });
  const deps: Deps = {
    storage,
    catalog,
    reports,
    syncs,
    documents,
    knowledge: given ?? createKnowledge({ storage, search, embedderOf: () => undefined, log }),
    desk,
    settings,
    trySearch: createTrySearch({ catalog, knowledge: given ?? NO_DOCUMENTS, now }),
    warningsOf: (shop) => contrastWarnings(shop.theme),
    adminToken: options.adminToken ?? null,
    shops,
    turns,
    models: modelHealth,
    metrics,
    condition,
    tokens: createSessionTokens({ secrets, now }),
    allowances,
    outbox: options.outbox ?? { wake: () => undefined, close: async () => undefined },
    addressKey: 'a key that is only good for a test',
    trustProxy,
    log,
    now,
    createVisitorId: () => createId('vis'),
    environment: 'test',
    version: '0.0.0',
    demoModel: false,
    reloadShops: async () => {},
    async close() {
      metrics.close();
      await syncs.close();
      await documents.close();
      await reports.close();
      await storage.close();
    },
    distDir: options.distDir ?? path.resolve(import.meta.dirname, '../../../dist'),
    demoStores: null,
    demoDir: options.demo === false ? null : path.resolve(import.meta.dirname, '../../../demo/shop'),
  };
  const server = await new Promise<Server>((resolve) => {
    const { fetch } = createApp(deps);
    const started = serve({ fetch, hostname: '127.0.0.1', port: 0, serverOptions }, () => resolve(started)) as Server;
  });
  onTestFinished(async () => {
    await deps.turns.drain(0);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await deps.close();
    await openai.close();
    dir[Symbol.dispose]();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const api: Served['api'] = async (method, path, { token, json, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(json !== undefined ? { body: JSON.stringify(json) } : body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };

  return {
    url,
    api,
    deps,
    openai,
    async session(shop = 'pets') {
      return (await api<SessionResponse>('POST', '/api/session', { json: { shop } })).body;
    },
  };
}

function listed(products: readonly CatalogProduct[]): CatalogSource {
  return {
    name: 'test',
    async *products() {
      yield* products;
    },
  };
}

let count = 0;

/** A body for the two chat routes. */
export function message(text: string, rest: Record<string, unknown> = {}) {
  return { message: text, thread_id: null, client_message_id: `client-message-${++count}`, ...rest };
}

/** The frames of a stream, read strictly: `id:` (not for a gap) and one `data:` line each. */
export function frames(stream: string): { id: string; event: ChatEvent }[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const match = /^(?:id: (\S+)\n)?data: (.+)$/.exec(frame);
      if (!match) throw new Error(`not a frame: ${JSON.stringify(frame)}`);
      return { id: match[1] ?? '', event: JSON.parse(match[2]!) as ChatEvent };
    });
}
