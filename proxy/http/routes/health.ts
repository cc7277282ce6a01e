import { Hono } from 'hono';
import type { Log, TurnRunner } from '../../chat/types.ts';
import type { Catalog } from '../../catalog/types.ts';
import type { Condition, Conditions } from '../../condition.ts';
import type { ModelHealth } from '../../models/types.ts';
import type { Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { createTestStream } from './test-stream.ts';

export interface HealthDeps {
  storage: Storage;
  catalog: Catalog;
  condition: Condition;
  shops: Shops;
  turns: TurnRunner;
  models: ModelHealth;
  log: Pick<Log, 'error'>;
  environment: string;
  version: string;
  demoModel: boolean;
}

/**
 * `/` tells how all is, 200 while shoppers can be served, else 503. `/live` says that the process answers: where it doesn't,
 * start it again. `/ready` says whether to send shoppers here now. None costs a model call; none tells what only the owner
 * should know.
 */
export function health(deps: HealthDeps) {
  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      const { products, conditions } = await looked(deps);
      const storage = { status: conditions ? ('ok' as const) : ('down' as const) };
      const checks = {
        storage,
        catalogue: catalogueCheck(products, conditions?.catalogues ?? []),
        documents: documentsCheck(conditions?.documents ?? []),
        disk: { status: conditions?.disk?.status ?? ('unknown' as const) },
        model: modelCheck(deps),
        shops: shopsCheck(deps.shops),
      };
      const draining = deps.turns.draining;
      const isDegraded = Object.values(checks).some(({ status }) => DEGRADED.has(status));
      const status = draining ? 'draining' : !conditions ? 'down' : isDegraded ? 'degraded' : 'ok';
      return c.json(
        {
          status,
          environment: deps.environment,
          version: deps.version,
          missing_vars: deps.demoModel ? ['OPENAI_API_KEY'] : [],
          checks,
          active_turns: deps.turns.active,
        },
        draining || !conditions ? 503 : 200,
      );
    })
    .all('/', only('GET'))
    .get('/live', (c) => c.json({ status: 'ok' as const }))
    .all('/live', only('GET'))
    .get('/ready', async (c) => {
      const reason = await notReady(deps);
      return reason === null
        ? c.json({ status: 'ok' as const })
        : c.json({ status: 'not_ready' as const, reason }, 503);
    })
    .all('/ready', only('GET'))
    .get('/stream', createTestStream())
    .all('/stream', only('GET'));
}

/** Shoppers are served all the same, but somebody should look. */
const DEGRADED: ReadonlySet<string> = new Set(['degraded', 'low', 'failed', 'stale', 'outdated']);

async function looked(deps: HealthDeps): Promise<{ products: number; conditions: Conditions | null }> {
  try {
    // Counting reads the file, where the check alone may be answered from memory.
    await deps.storage.check();
    return { products: await countProducts(deps), conditions: await deps.condition.look() };
  } catch (error) {
    deps.log.error({ err: error }, 'the storage could not be looked at');
    return { products: 0, conditions: null };
  }
}

async function notReady({
  turns,
  storage,
  condition,
  log,
}: HealthDeps): Promise<'draining' | 'storage' | 'catalogue' | null> {
  if (turns.draining) return 'draining';
  try {
    await storage.checkWrite();
    const { catalogues } = await condition.look();
    // Where all are empty they are still being read for the first time, or there is nothing to sell.
    return catalogues.some(({ products }) => products > 0) ? null : 'catalogue';
  } catch (error) {
    log.error({ err: error }, 'nothing can be written, or looked at');
    return 'storage';
  }
}

/** Of several shops the worst; which shop it is stands in the metrics, for the operator. */
function catalogueCheck(products: number, catalogues: Conditions['catalogues']) {
  const order = ['failed', 'stale', 'empty'] as const;
  const status = order.find((one) => catalogues.some((catalogue) => catalogue.status === one)) ?? ('ok' as const);
  const oldest = Math.min(...catalogues.map(({ syncedAt }) => syncedAt ?? Infinity));
  return {
    // Some shop or other may well have nothing yet.
    status: status === 'empty' && products > 0 ? ('ok' as const) : status,
    products,
    synced_at: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
  };
}

function documentsCheck(documents: Conditions['documents']) {
  let ready = 0;
  let failed = 0;
  for (const { counts } of documents) {
    ready += counts.ready;
    failed += counts.failed;
  }
  return { status: failed > 0 ? ('failed' as const) : ('ok' as const), documents: ready, failed };
}

/** A circuit that is not closed makes it `degraded`, not `down`: catalogue, threads and fallbacks still serve. */
function modelCheck({ demoModel, models }: HealthDeps) {
  const circuits = models.circuits();
  const broken = circuits.some(({ state }) => state !== 'closed');
  return {
    status: broken ? ('degraded' as const) : demoModel ? ('demo' as const) : ('configured' as const),
    circuits: circuits.map(({ model, state, since, lastError }) => ({
      model,
      state,
      since: new Date(since).toISOString(),
      last_error: lastError,
    })),
    warnings: models.warnings(),
  };
}

/** How a problem begins: with a file's name and a colon, or with the variable to mend. */
const PLACE = /^[^:]+\.json(?=:)|^[^\s:]+/;

/** Files that could not be read again, by name only: what is wrong with them is in the log, and not for everybody. */
function shopsCheck(shops: Shops) {
  const files = new Set(shops.problems().map((problem) => PLACE.exec(problem)?.[0] ?? ''));
  const status = files.size === 0 ? ('ok' as const) : ('outdated' as const);
  return { status, shops: shops.all().length, outdated: [...files] };
}

async function countProducts({ catalog, shops }: HealthDeps): Promise<number> {
  const counts = await Promise.all(shops.all().map((shop) => catalog.count(shop.slug)));
  return counts.reduce((sum, count) => sum + count, 0);
}
