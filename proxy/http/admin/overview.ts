import { z } from '@hono/zod-openapi';
import type { Catalog } from '../../catalog/types.ts';
import type { Overview, OverviewCost, OverviewPeriod } from '../../protocol/admin/index.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { PeriodReport, Reports, SlotFigures, SpentReport } from '../../storage/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { day, iso, range, rangeOf, share } from './ranges.ts';
import { createRoutes, deskRoute, json, ofShop, time } from './routes.ts';

/** Hours of a week are as many as a chart can show. */
const MAX_HOURLY_DAYS = 7;

const count = z.int().min(0);
const sums = {
  conversations: count,
  messages: count,
  answers: count,
  hand_offs: count,
  errors: count,
  stopped: count,
  running: count,
  no_results: count,
  ups: count,
  downs: count,
  additions: count,
  cost_micro_usd: z.int(),
  unpriced_calls: count,
};
const shareOf = z.number().min(0).max(1).nullable();
const percentiles = z.object({
  of: count,
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
const period = exactly<OverviewPeriod>()(
  z
    .object({
      from: day,
      to: day,
      figures: z.object({
        ...sums,
        additions_by_card: count,
        pieces: count,
        alone_share: shareOf,
        satisfaction: shareOf,
        error_share: shareOf,
        first_ms: percentiles,
        whole_ms: percentiles,
      }),
      series: z.array(z.object({ at: time, ...sums })),
      errors: z.array(z.object({ code: z.string(), count })),
      products: z.array(
        z.object({ product_id: z.int(), title: z.string().nullable(), additions: count, pieces: count }),
      ),
    })
    .openapi('OverviewPeriod'),
);
const cost = exactly<OverviewCost>()(
  z.object({
    period: z.string(),
    cost_micro_usd: z.int(),
    unpriced_calls: count,
    counted_micro_usd: z.int(),
    budget_micro_usd: z.number().nullable(),
  }),
);
const overviewAnswer = exactly<Overview>()(
  z
    .object({
      shop: z.string(),
      time_zone: z.literal('UTC'),
      by: z.enum(['day', 'hour']),
      period,
      before: period.nullable(),
      cost: z.object({ today: cost, month: cost }),
      explained: z.record(z.string(), z.string()),
    })
    .openapi('Overview'),
);

const route = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Reports'],
  summary: 'How the assistant of a shop does',
  description: 'Days are those of UTC, as in budgets and bills. By the hour, seven days at the most.',
  request: {
    query: ofShop.extend({
      ...range.shape,
      by: z.enum(['day', 'hour']).default('day').openapi({ example: 'day' }),
      compare: z.enum(['0', '1']).default('0').openapi({ example: '1', description: 'With as many days before.' }),
    }),
  },
  responses: { 200: json(overviewAnswer, 'Figures, and what adds up to them.') },
});

const EXPLAINED: Overview['explained'] = {
  conversations: 'Conversations that began in this time.',
  messages: 'Questions that shoppers asked.',
  answers: 'Questions with an answer that came to its end.',
  hand_offs: 'Answers that brought the shopper to the people of the shop.',
  alone_share: 'Of the answers, those that brought nobody to the people of the shop.',
  ups: 'Answers that shoppers rated as good. A rating counts on the day of its question.',
  downs: 'Answers that shoppers rated as bad.',
  satisfaction: 'Of the answers that shoppers rated, those they found good.',
  additions: 'Times that something went into a cart, from a card or through the assistant.',
  additions_by_card: 'Of these, from a card’s button.',
  pieces: 'Pieces that went into carts.',
  errors: 'Questions whose answer broke off or never came.',
  error_share: 'Errors, of all questions whose turn is over.',
  stopped: 'Answers that the shopper stopped.',
  running: 'Questions that are being answered now.',
  no_results: 'Questions to which the shop had no document or product.',
  first_ms: 'From the question to the first word or card that the shopper saw, on our side of the line.',
  whole_ms:
    'From the question to the end of its answer; without those that waited for a restart or for the shopper’s yes.',
  cost_micro_usd:
    'What the models cost, in millionths of a US dollar: all calls that ended, also summaries and failed ones.',
  unpriced_calls: 'Calls of models whose price nobody knows: their cost is missing.',
  counted_micro_usd: 'As the budget counts it: with what calls under way may still cost.',
};

export interface OverviewDeps {
  shops: Shops;
  reports: Reports;
  catalog: Catalog;
  now: () => number;
}

export function overview({ shops, reports, catalog, now }: OverviewDeps) {
  return createRoutes().openapi(route, async (c) => {
    const { shop: slug, by, compare, ...days } = c.req.valid('query');
    const shop = mayShop(c, shops, slug);
    const bounds = rangeOf(days, now(), by === 'hour' ? MAX_HOURLY_DAYS : undefined);
    const query = { shop: slug, ...bounds, by, compare: compare === '1', now: now() };
    const found = await reports.read('overview', query, c.req.raw.signal);
    const titles = await titlesOf(catalog, shop, [found.period, ...(found.before ? [found.before] : [])]);
    const { usdPerDay, usdPerMonth } = shop.limits.shop;
    const answer: Overview = {
      shop: slug,
      time_zone: 'UTC',
      by,
      period: periodToWire(found.period, titles),
      before: found.before && periodToWire(found.before, titles),
      cost: { today: costToWire(found.today, usdPerDay), month: costToWire(found.month, usdPerMonth) },
      explained: EXPLAINED,
    };
    return c.json(answer, 200);
  });
}

async function titlesOf(catalog: Catalog, shop: Shop, periods: readonly PeriodReport[]): Promise<Map<number, string>> {
  const ids = new Set(periods.flatMap(({ additions }) => additions.map(({ productId }) => productId)));
  const products = await catalog.byIds(shop.slug, [...ids]);
  return new Map(products.map((product) => [product.id, catalog.card(product, shop.locale).title]));
}

function periodToWire(report: PeriodReport, titles: ReadonlyMap<number, string>): OverviewPeriod {
  const { from, to, figures, series, errors, additions } = report;
  const { answers, handOffs, errors: failed, stopped, ups, downs } = figures;
  return {
    from,
    to,
    figures: {
      ...sumsToWire(figures),
      additions_by_card: figures.additionsByCard,
      pieces: figures.pieces,
      alone_share: share(answers - handOffs, answers),
      satisfaction: share(ups, ups + downs),
      error_share: share(failed, answers + failed + stopped),
      first_ms: figures.firstMs,
      whole_ms: figures.wholeMs,
    },
    series: series.map(({ at, ...slot }) => ({ at: iso(at), ...sumsToWire(slot) })),
    errors,
    products: additions.map(({ productId, ...sold }) => ({
      product_id: productId,
      title: titles.get(productId) ?? null,
      ...sold,
    })),
  };
}

function sumsToWire(figures: Omit<SlotFigures, 'at'>) {
  const { conversations, messages, answers, errors, stopped, running, ups, downs, additions } = figures;
  return {
    conversations,
    messages,
    answers,
    errors,
    stopped,
    running,
    ups,
    downs,
    additions,
    hand_offs: figures.handOffs,
    no_results: figures.noResults,
    cost_micro_usd: figures.costMicroUsd,
    unpriced_calls: figures.unpriced,
  };
}

function costToWire({ period, costMicroUsd, unpriced, countedMicroUsd }: SpentReport, budget: number | null) {
  return {
    period,
    cost_micro_usd: costMicroUsd,
    unpriced_calls: unpriced,
    counted_micro_usd: countedMicroUsd,
    budget_micro_usd: budget === null ? null : Math.round(budget * 1_000_000),
  };
}
