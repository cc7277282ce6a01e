import { z } from '@hono/zod-openapi';
import type { Audit } from '../../admin/types.ts';
import type { Catalog, SyncOutcome, Syncs } from '../../catalog/types.ts';
import { ChatError } from '../../errors.ts';
import type {
  CatalogueSearch,
  CatalogueStatus,
  CatalogueSyncRequest,
  CatalogueSyncResult,
} from '../../protocol/admin/index.ts';
import { toDecimal, type Money } from '../../protocol/index.ts';
import type { CatalogSettings, Shop, Shops } from '../../shops/types.ts';
import type { Storage } from '../../storage/types.ts';
import type { TrySearch } from '../../tools/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { iso, isoOrNull } from './ranges.ts';
import { body, createRoutes, deskRoute, json, ofShop, time } from './routes.ts';

const HOURLY = 60;
/** Of each reason. */
const MAX_ITEMS = 5;

const count = z.int().min(0);
const status = exactly<CatalogueStatus>()(
  z
    .object({
      shop: z.string(),
      source: z.object({
        type: z.string(),
        place: z.string(),
        every_minutes: count.nullable(),
        webhook: z.boolean(),
      }),
      products: count,
      currency: z.string().nullable(),
      synced_at: time.nullable(),
      full_at: time.nullable(),
      error: z.string().nullable(),
      running: z
        .object({
          started_at: time,
          phase: z.enum(['waiting', 'reading', 'removing']),
          read: count,
          total: count.nullable(),
        })
        .nullable(),
      last: z
        .object({
          ended_at: time,
          status: z.enum(['synced', 'skipped', 'failed']),
          error: z.string().nullable(),
          added: count,
          changed: count,
          removed: count,
          took_ms: z.number().nullable(),
          left_out: count,
          left_out_by_reason: z.array(z.object({ reason: z.string(), count, items: z.array(z.string()) })),
          counted: count,
        })
        .nullable(),
    })
    .openapi('CatalogueStatus'),
);

const found = exactly<CatalogueSearch>()(
  z
    .object({
      query: z.string(),
      found: count,
      took_ms: z.number(),
      output: z.unknown(),
      products: z.array(
        z.object({
          product_id: z.int(),
          title: z.string(),
          url: z.string(),
          image: z.string().nullable(),
          price: z.string(),
          in_stock: z.boolean(),
        }),
      ),
    })
    .openapi('CatalogueSearch'),
);

const tags = ['Catalogue'];

const look = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'Where a shop’s products are read from, and how that went',
  request: { query: ofShop },
  responses: { 200: json(status, 'As it is now; `running` has the progress.') },
});

const sync = deskRoute({
  method: 'post',
  path: '/sync',
  tags,
  summary: 'Read the catalogue now',
  description: 'It is begun, and runs on; look at the status for how far it is.',
  request: {
    query: ofShop,
    body: body(
      exactly<CatalogueSyncRequest>()(
        z.strictObject({ full: z.boolean().default(false) }).openapi('CatalogueSyncRequest'),
      ),
      { full: false },
    ),
  },
  responses: { 202: json(status, 'It has begun.') },
});

const search = deskRoute({
  method: 'get',
  path: '/search',
  tags,
  summary: 'Try a search: what the assistant would get',
  request: { query: ofShop.extend({ q: z.string().max(200).openapi({ example: 'salmon' }) }) },
  responses: { 200: json(found, 'As the tool `search_products` tells a model, and as cards.') },
});

export interface CatalogueDeps {
  shops: Shops;
  syncs: Syncs;
  catalog: Catalog;
  storage: Storage;
  trySearch: TrySearch;
  desk: { audit: Audit };
  now: () => number;
}

export function catalogue({ shops, syncs, catalog, storage, trySearch, desk, now }: CatalogueDeps) {
  async function statusOf({ slug, catalog: source }: Shop): Promise<CatalogueStatus> {
    const state = await storage.catalogState(slug);
    const { running, last } = syncs.report(slug);
    const { everyMinutes = 'file' in source ? null : HOURLY } = source;
    return {
      shop: slug,
      source: {
        type: source.type,
        place: placeOf(source),
        every_minutes: everyMinutes,
        webhook: source.webhookSecret !== undefined,
      },
      products: state?.products ?? 0,
      currency: state?.currency ?? null,
      synced_at: isoOrNull(state?.syncedAt ?? null),
      full_at: isoOrNull(state?.fullAt ?? null),
      error: state?.error ?? null,
      running: running && {
        started_at: iso(running.startedAt),
        phase: running.phase,
        read: running.read,
        total: running.total,
      },
      last: last && lastToWire(last),
    };
  }

  return createRoutes()
    .openapi(look, async (c) => c.json(await statusOf(mayShop(c, shops, c.req.valid('query').shop)), 200))
    .openapi(sync, async (c) => {
      const shop = mayShop(c, shops, c.req.valid('query').shop);
      if (syncs.report(shop.slug).running) {
        throw new ChatError('sync_running', `The catalogue of ${shop.slug} is being read already.`);
      }
      // How it ends is in the status, and in the log.
      syncs.sync(shop, c.req.valid('json')).catch(() => undefined);
      await desk.audit.note(c.var.admin.who, { action: 'catalogue.synced', shop: shop.slug });
      return c.json(await statusOf(shop), 202);
    })
    .openapi(search, async (c) => {
      const { shop: slug, q } = c.req.valid('query');
      const shop = mayShop(c, shops, slug);
      const begun = now();
      const { output, named } = await trySearch(shop, q, c.req.raw.signal);
      const took = now() - begun;
      const products = await catalog.byIds(slug, named);
      const cards = products.map((product) => catalog.card(product, shop.locale));
      const answer: CatalogueSearch = {
        query: q,
        found: named.length,
        took_ms: took,
        output,
        products: cards.map(({ id, title, url, images, price, availability }) => ({
          product_id: id,
          title,
          url,
          image: images[0]?.url ?? null,
          price:
            price.min.amount === price.max.amount
              ? written(price.min)
              : `${written(price.min)} – ${written(price.max)}`,
          in_stock: availability === 'in_stock',
        })),
      };
      return c.json(answer, 200);
    });
}

function written(money: Money): string {
  return `${toDecimal(money)} ${money.currency}`;
}

/** Without what may be a secret: the name and the password in a URL, and what stands behind its question mark. */
function placeOf(source: CatalogSettings): string {
  if ('shop' in source) return source.shop;
  if ('file' in source) return source.file.split(/[/\\]/).at(-1)!;
  const { origin, pathname, search } = new URL(source.url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

function lastToWire({ endedAt, result }: SyncOutcome): CatalogueSyncResult {
  const synced = result.status === 'synced' ? result : undefined;
  const byReason = new Map<string, string[]>();
  for (const { item, reason } of synced?.left_out ?? []) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), item]);
  }
  const reasons = [...byReason].map(([reason, items]) => ({
    reason,
    count: items.length,
    items: items.slice(0, MAX_ITEMS),
  }));
  return {
    ended_at: iso(endedAt),
    status: result.status,
    error: result.status === 'failed' ? result.error : null,
    added: synced?.added ?? 0,
    changed: synced?.changed ?? 0,
    removed: synced?.removed ?? 0,
    took_ms: synced?.took_ms ?? null,
    left_out: synced?.left_out_count ?? 0,
    left_out_by_reason: reasons.toSorted((a, b) => b.count - a.count),
    counted: synced?.left_out.length ?? 0,
  };
}
