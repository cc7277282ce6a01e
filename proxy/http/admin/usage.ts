import { z } from '@hono/zod-openapi';
import { csvFile, csvLine } from '../../csv.ts';
import type { UsageReport, UsageReportSums } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import type { Reports, UsageReportRow } from '../../storage/types.ts';
import { totalOf, type UsageFigures } from '../../usage-total.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { attachment, csvType, day, range, rangeOf, share } from './ranges.ts';
import { createRoutes, deskRoute, json, ofShop } from './routes.ts';

const MICRO = 1_000_000;

const count = z.int().min(0);
const sums = {
  calls: count,
  from_cache: count,
  errors: count,
  retries: count,
  estimated: count,
  unpriced_calls: count,
  input_tokens: count,
  cached_tokens: count,
  cache_write_tokens: count,
  output_tokens: count,
  reasoning_tokens: count,
  cost_micro_usd: z.int(),
  cached_share: z.number().nullable(),
  from_cache_share: z.number().nullable(),
};
const by = z.enum(['day', 'month', 'model', 'arm', 'purpose']);
const usageAnswer = exactly<UsageReport>()(
  z
    .object({
      shop: z.string(),
      from: day,
      to: day,
      by,
      rows: z.array(z.object({ key: z.string(), ...sums })),
      total: z.object(sums),
    })
    .openapi('UsageReport'),
);

const route = deskRoute({
  method: 'get',
  path: '/',
  tags: ['Reports'],
  summary: 'What the models were asked, and what that cost',
  description: 'Calls count for the day (UTC) on which they began. The sums stay when conversations are deleted.',
  request: {
    query: ofShop.extend({
      ...range.shape,
      by: by.default('day').openapi({ example: 'model' }),
      format: z.enum(['json', 'csv']).default('json').openapi({ example: 'json' }),
    }),
  },
  responses: {
    200: {
      description: 'By what was asked for, in its order.',
      content: { ...json(usageAnswer, '').content, 'text/csv': { schema: z.string() } },
    },
  },
});

export interface UsageDeps {
  shops: Shops;
  reports: Reports;
  now: () => number;
}

export function usage({ shops, reports, now }: UsageDeps) {
  return createRoutes().openapi(route, async (c) => {
    const { shop, by, format, ...days } = c.req.valid('query');
    mayShop(c, shops, shop);
    const { from, to } = rangeOf(days, now());
    const found = await reports.read('usageReport', { shop, from, to, by }, c.req.raw.signal);
    if (format === 'csv') {
      const headers = { 'Content-Type': csvType, ...attachment(`usage-${shop}-${from}-${to}.csv`) };
      return c.body(csvOf(by, found), 200, headers);
    }
    const rows = found.map(({ key, ...row }) => ({ key, ...toWire(row) }));
    const answer: UsageReport = { shop, from, to, by, rows, total: toWire(totalOf(found)) };
    return c.json(answer, 200);
  });
}

function toWire(row: UsageFigures): UsageReportSums {
  return {
    calls: row.calls,
    from_cache: row.fromCache,
    errors: row.errors,
    retries: row.retries,
    estimated: row.estimated,
    unpriced_calls: row.unpriced,
    input_tokens: row.inputTokens,
    cached_tokens: row.cachedTokens,
    cache_write_tokens: row.cacheWriteTokens,
    output_tokens: row.outputTokens,
    reasoning_tokens: row.reasoningTokens,
    cost_micro_usd: row.costMicroUsd,
    cached_share: share(row.cachedTokens, row.inputTokens),
    from_cache_share: share(row.fromCache, row.calls),
  };
}

/** As `npm run usage -- --csv` writes it, of one shop; money in dollars, to the last millionth. */
function csvOf(by: UsageReport['by'], rows: readonly UsageReportRow[]): string {
  const header = [
    by,
    'calls',
    'from_cache',
    'errors',
    'retries',
    'estimated',
    'unpriced',
    'input_tokens',
    'cached_tokens',
    'cache_write_tokens',
    'output_tokens',
    'reasoning_tokens',
    'cost_usd',
  ];
  const lines = rows.map(({ key, costMicroUsd, ...row }) =>
    csvLine([
      key,
      row.calls,
      row.fromCache,
      row.errors,
      row.retries,
      row.estimated,
      row.unpriced,
      row.inputTokens,
      row.cachedTokens,
      row.cacheWriteTokens,
      row.outputTokens,
      row.reasoningTokens,
      (costMicroUsd / MICRO).toFixed(6),
    ]),
  );
  return csvFile([csvLine(header), ...lines]);
}
