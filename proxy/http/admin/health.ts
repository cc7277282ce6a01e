import { z } from '@hono/zod-openapi';
import type { TurnRunner } from '../../chat/types.ts';
import type { Condition, Conditions } from '../../condition.ts';
import type { ModelHealth } from '../../models/types.ts';
import type { DeskHealth, HealthCheck, ShopModelHealth } from '../../protocol/admin/index.ts';
import type { Settings } from '../../admin/settings.ts';
import type { ModelChoice, Shop, Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { iso, isoOrNull } from './ranges.ts';
import { createRoutes, deskRoute, json, time } from './routes.ts';

const level = z.enum(['ok', 'warning', 'error']);
const model = z.object({
  model: z.string(),
  role: z.enum(['default', 'cheaper', 'fallback', 'arm']),
  circuit: z.enum(['closed', 'open', 'half-open']).nullable(),
  since: time.nullable(),
  last_error: z.string().nullable(),
  warnings: z.array(z.object({ kind: z.enum(['unknown', 'shutdown', 'unpriced']), date: z.string().nullable() })),
});
const deskHealth = exactly<DeskHealth>()(
  z
    .object({
      status: level,
      version: z.string(),
      environment: z.string(),
      started_at: time,
      active_turns: z.int(),
      checks: z.array(
        z.object({
          kind: z.enum(['storage', 'disk', 'model', 'circuit', 'catalogue', 'documents', 'settings']),
          shop: z.string().nullable(),
          status: level,
          message: z.string(),
        }),
      ),
      shops: z.array(
        z.object({
          shop: z.string(),
          name: z.string(),
          products: z.int(),
          synced_at: time.nullable(),
          sync_error: z.string().nullable(),
          models: z.array(model),
        }),
      ),
      storage: z.object({ database_bytes: z.int(), disk_free_bytes: z.int(), disk_bytes: z.int() }).nullable(),
    })
    .openapi('DeskHealth'),
);

const route = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Shops'],
  summary: 'What is wrong, or soon will be',
  description: 'Owners see what concerns their shops.',
  responses: { 200: json(deskHealth, 'What is wrong first.') },
});

export interface DeskHealthDeps {
  shops: Shops;
  storage: Storage;
  settings: Settings;
  condition: Condition;
  models: ModelHealth;
  turns: TurnRunner;
  environment: string;
  version: string;
  now: () => number;
}

const ORDER = ['error', 'warning', 'ok'] as const;

export function health(deps: DeskHealthDeps) {
  const { shops, storage, settings, condition, models, turns, environment, version, now } = deps;
  const startedAt = iso(now());

  return createRoutes().openapi(route, async (c) => {
    const { kind, shops: seen } = c.var.admin;
    const own = shops.all().filter(({ slug }) => seen === '*' || seen.includes(slug));
    const checks: HealthCheck[] = [];
    const conditions = await condition.look().catch(() => null);
    checks.push(
      conditions
        ? { kind: 'storage', shop: null, status: 'ok', message: 'The database can be read.' }
        : { kind: 'storage', shop: null, status: 'error', message: 'The database can’t be read: look into the log.' },
    );
    if (conditions?.disk && kind === 'operator') checks.push(diskCheck(conditions.disk));
    const listed: DeskHealth['shops'] = [];
    for (const shop of own) {
      const used = modelsOf(shop, models);
      const state = conditions ? await storage.catalogState(shop.slug) : undefined;
      checks.push(...modelChecks(shop.slug, used));
      if (conditions) {
        checks.push(...shopChecks(shop.slug, conditions));
        const problems = (await settings.look(shop.slug))?.problems ?? [];
        for (const { field, message } of problems) {
          const told = `What was published of ${field} isn’t served: it ${message}.`;
          checks.push({ kind: 'settings', shop: shop.slug, status: 'warning', message: told });
        }
      }
      listed.push({
        shop: shop.slug,
        name: shop.name,
        products: state?.products ?? 0,
        synced_at: isoOrNull(state?.syncedAt ?? null),
        sync_error: state?.error ?? null,
        models: used,
      });
    }
    if (kind === 'operator') {
      for (const problem of shops.problems()) {
        checks.push({ kind: 'settings', shop: null, status: 'warning', message: problem });
      }
    }
    checks.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
    const disk = kind === 'operator' ? conditions?.disk : undefined;
    const answer: DeskHealth = {
      status: checks[0]!.status,
      version,
      environment,
      started_at: startedAt,
      active_turns: turns.active,
      checks,
      shops: listed,
      storage: disk
        ? { database_bytes: disk.databaseBytes, disk_free_bytes: disk.freeBytes, disk_bytes: disk.totalBytes }
        : null,
    };
    return c.json(answer, 200);
  });
}

function modelsOf({ models }: Shop, health: ModelHealth): ShopModelHealth[] {
  const used: [ShopModelHealth['role'], ModelChoice | null][] = [
    ['default', models.default],
    ['cheaper', models.cheaper],
    ['fallback', models.fallback],
    ...models.arms.map((arm): [ShopModelHealth['role'], ModelChoice] => ['arm', arm.model]),
  ];
  return used.flatMap(([role, choice]) => {
    if (!choice) return [];
    const circuit = health.circuits().find(({ model }) => model === choice.model);
    const warnings = health.warnings().filter(({ model }) => model === choice.model);
    return [
      {
        model: choice.model,
        role,
        circuit: circuit?.state ?? null,
        since: isoOrNull(circuit?.since ?? null),
        last_error: circuit?.lastError ?? null,
        warnings: warnings.map(({ kind, date = null }) => ({ kind, date })),
      },
    ];
  });
}

function modelChecks(shop: string, models: readonly ShopModelHealth[]): HealthCheck[] {
  return models.flatMap(({ model, role, circuit, last_error, warnings }): HealthCheck[] => {
    const told: HealthCheck[] = warnings.map(({ kind, date }) => ({
      kind: 'model',
      shop,
      status: 'warning',
      message: {
        unknown: `The provider lists no model "${model}": is it written right?`,
        shutdown: `${model} is shut down by its provider on ${date}: choose another model before.`,
        unpriced: `Nobody knows what ${model} costs: budgets in money can’t be kept. Give its prices.`,
      }[kind],
    }));
    if (circuit === null || circuit === 'closed') return told;
    const message = `${model} fails (${last_error ?? 'unknown'}) and is left alone for a while.`;
    return [{ kind: 'circuit', shop, status: role === 'default' ? 'error' : 'warning', message }, ...told];
  });
}

function diskCheck({ status, freeBytes }: NonNullable<Conditions['disk']>): HealthCheck {
  const free = `${(freeBytes / 1e9).toFixed(1)} GB are free on the disk of the database.`;
  return status === 'ok'
    ? { kind: 'disk', shop: null, status: 'ok', message: free }
    : { kind: 'disk', shop: null, status: 'error', message: `Only ${free} Make room, or nothing can be kept.` };
}

function shopChecks(shop: string, { catalogues, documents }: Conditions): HealthCheck[] {
  const catalogue = catalogues.find((one) => one.shop === shop);
  const failed = documents.find((one) => one.shop === shop)?.counts.failed ?? 0;
  const checks: HealthCheck[] = [];
  if (catalogue) {
    const { status, products } = catalogue;
    const message = {
      ok: `${products} products are there.`,
      empty: 'There are no products yet.',
      stale: 'The catalogue was not read when it should have been.',
      failed: 'The catalogue could not be read; the products of before are served.',
    }[status];
    checks.push({ kind: 'catalogue', shop, status: status === 'ok' ? 'ok' : 'warning', message });
  }
  if (failed > 0) {
    const message = failed === 1 ? 'A document can’t be read.' : `${failed} documents can’t be read.`;
    checks.push({ kind: 'documents', shop, status: 'warning', message });
  }
  return checks;
}
