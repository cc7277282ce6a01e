import { z } from '@hono/zod-openapi';
import type { Audit } from '../../admin/types.ts';
import { GAP_KINDS, type Gap, type GapMark, type GapOccurrences, type GapPage } from '../../protocol/admin/index.ts';
import type { Shops } from '../../shops/types.ts';
import type { GapGroup, GapOccurrence, Reports, Storage } from '../../storage/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { iso, isoOrNull, numberCursor } from './ranges.ts';
import { body, createRoutes, deskRoute, json, ofShop, time } from './routes.ts';

const MAX_OCCURRENCES = 100;
/** Groups that can be paged through: what comes behind them was asked once. */
const MAX_OFFSET = 5_000;

const kind = z.enum(GAP_KINDS);
const occurrence = z.object({ thread_id: z.string(), turn_id: z.string(), text: z.string(), at: time });
const gap = exactly<Gap>()(
  z
    .object({
      kind,
      key: z.string(),
      text: z.string(),
      count: z.int(),
      first_at: time,
      last_at: time,
      done_at: time.nullable(),
      done_by: z.string().nullable(),
      latest: z.array(occurrence),
    })
    .openapi('Gap'),
);
const gapPage = exactly<GapPage>()(
  z.object({ gaps: z.array(gap), total: z.int(), next_cursor: z.string().nullable() }).openapi('GapPage'),
);
const gapOccurrences = exactly<GapOccurrences>()(
  z.object({ occurrences: z.array(occurrence) }).openapi('GapOccurrences'),
);
const key = z.string().max(1_000).openapi({ example: 'gift wrapping', description: 'As the list of gaps has it.' });
const gapMark = exactly<GapMark>()(z.strictObject({ kind, key, done: z.boolean() }).openapi('GapMark'));
const tags = ['Reports'];

const list = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'What shoppers asked and the shop had no answer to',
  description: 'What was asked in the same words but for case and spaces is one gap. They go with their conversations.',
  request: {
    query: ofShop.extend({
      kind: kind.optional().openapi({ example: 'not_sold' }),
      state: z.enum(['open', 'done', 'all']).default('open').openapi({ example: 'open' }),
      order: z.enum(['count', 'recent']).default('count').openapi({ example: 'count' }),
      cursor: numberCursor(MAX_OFFSET).default(0),
      limit: z.coerce.number().int().min(1).max(100).default(50).openapi({ example: 50 }),
    }),
  },
  responses: { 200: json(gapPage, 'Most often asked first, or last asked first.') },
});

const ask = deskRoute({
  method: 'get',
  path: '/occurrences',
  tags,
  summary: 'In which conversations a gap was met',
  request: { query: ofShop.extend({ kind: kind.openapi({ example: 'not_sold' }), key }) },
  responses: { 200: json(gapOccurrences, 'The newest hundred.') },
});

const mark = deskRoute({
  method: 'post',
  path: '/done',
  tags,
  summary: 'Say that something was done about a gap, or take it back',
  request: { query: ofShop, body: body(gapMark, { kind: 'unanswered', key: 'gift wrapping', done: true }) },
  responses: { 204: { description: 'It is noted.' } },
});

export interface GapsDeps {
  shops: Shops;
  reports: Reports;
  storage: Storage;
  desk: { audit: Audit };
  now: () => number;
}

export function gaps({ shops, reports, storage, desk, now }: GapsDeps) {
  return createRoutes()
    .openapi(list, async (c) => {
      const { shop, kind, cursor, ...query } = c.req.valid('query');
      mayShop(c, shops, shop);
      const wanted = { shop, offset: cursor, ...query, ...(kind && { kind }) };
      const { groups, total } = await reports.read('gapGroups', wanted, c.req.raw.signal);
      const next = cursor + groups.length;
      const hasMore = next < total && groups.length > 0 && next <= MAX_OFFSET;
      return c.json({ gaps: groups.map(toWire), total, next_cursor: hasMore ? String(next) : null }, 200);
    })
    .openapi(ask, async (c) => {
      const { shop, kind, key } = c.req.valid('query');
      mayShop(c, shops, shop);
      const query = { shop, kind, key, limit: MAX_OCCURRENCES };
      const found = await reports.read('gapOccurrences', query, c.req.raw.signal);
      return c.json({ occurrences: found.map(occurrenceToWire) }, 200);
    })
    .openapi(mark, async (c) => {
      const { shop } = c.req.valid('query');
      const { kind, key, done } = c.req.valid('json');
      mayShop(c, shops, shop);
      const by = c.var.admin.who;
      await storage.markGap({ shop, kind, key, done: done ? { at: now(), by } : null });
      await desk.audit.note(by, { action: done ? 'gap.done' : 'gap.opened', shop, subject: `${kind}: ${key}` });
      return c.body(null, 204);
    });
}

function toWire({ firstAt, lastAt, doneAt, doneBy, latest, ...group }: GapGroup): Gap {
  return {
    ...group,
    first_at: iso(firstAt),
    last_at: iso(lastAt),
    done_at: isoOrNull(doneAt),
    done_by: doneBy,
    latest: latest.map(occurrenceToWire),
  };
}

function occurrenceToWire({ threadId, turnId, text, at }: GapOccurrence) {
  return { thread_id: threadId, turn_id: turnId, text, at: iso(at) };
}
