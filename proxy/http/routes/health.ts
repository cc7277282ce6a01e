import { Hono } from 'hono';
import type { TurnRunner } from '../../chat/turn-runner.ts';
import type { Catalog } from '../../catalog/types.ts';
import type { ModelHealth } from '../../models/types.ts';
import type { Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';

export interface HealthDeps {
  storage: Storage;
  catalog: Catalog;
  shops: Shops;
  turns: TurnRunner;
  models: ModelHealth;
  environment: string;
  version: string;
  demoModel: boolean;
}

/** 200 while shoppers can be served, else 503. It costs no model call. */
export function health(deps: HealthDeps) {
  return new Hono<HttpEnv>()
    .get('/', async (c) => {
      // Counting reads the file, where the check alone may be answered from memory.
      const products = await deps.storage
        .check()
        .then(() => countProducts(deps))
        .catch(() => null);
      const storage = products !== null;
      const status = storage ? 'ok' : 'down';
      return c.json(
        {
          status,
          environment: deps.environment,
          version: deps.version,
          missing_vars: deps.demoModel ? ['OPENAI_API_KEY'] : [],
          checks: {
            storage: { status },
            catalog: { status: products ? 'ok' : 'empty', products: products ?? 0 },
            model: modelCheck(deps),
            shops: shopsCheck(deps.shops),
          },
          active_turns: deps.turns.active,
        },
        storage ? 200 : 503,
      );
    })
    .all('/', only('GET'));
}

/** A circuit that is not closed makes it `degraded`, not `down`: catalogue, threads and fallbacks still serve. */
function modelCheck({ demoModel, models }: HealthDeps) {
  const circuits = models.circuits();
  const broken = circuits.some(({ state }) => state !== 'closed');
  return {
    status: broken ? 'degraded' : demoModel ? 'demo' : 'configured',
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
  return { status: files.size === 0 ? 'ok' : 'outdated', shops: shops.all().length, outdated: [...files] };
}

async function countProducts({ catalog, shops }: HealthDeps): Promise<number> {
  const counts = await Promise.all(shops.all().map((shop) => catalog.count(shop.slug)));
  return counts.reduce((sum, count) => sum + count, 0);
}
