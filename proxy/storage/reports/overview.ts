import type { Database } from 'better-sqlite3';
import type { DayRange, OverviewQuery, PeriodReport, ReportReader, SlotFigures, SpentReport } from '../types.ts';
import { DAY_MS, dayOf, HOUR_MS, msOf } from './days.ts';
import { percentiles } from './percentiles.ts';

const MAX_ERRORS = 20;
const MAX_PRODUCTS = 10;

interface Bounds {
  shop: string;
  /** Milliseconds: the first and the one after the last. */
  from: number;
  until: number;
  step: number;
}

interface TurnSums extends Pick<
  SlotFigures,
  | 'conversations'
  | 'messages'
  | 'answers'
  | 'handOffs'
  | 'errors'
  | 'stopped'
  | 'running'
  | 'noResults'
  | 'ups'
  | 'downs'
> {
  /** Milliseconds of each turn, as JSON: the fastest way to hand over a hundred thousand of them. */
  first: string;
  whole: string;
}

export function createOverview(db: Database): Pick<ReportReader, 'overview'> {
  const RANGE = 'shop = @shop AND started_at >= @from AND started_at < @until';
  // A slot at a time, along the key: grouped in one go, all of them would have to be sorted.
  const turns = db.prepare<Bounds, TurnSums>(
    `SELECT coalesce(sum(opened), 0) AS conversations, count(*) AS messages,
       count(*) FILTER (WHERE outcome IN ('stop', 'length')) AS answers,
       count(*) FILTER (WHERE outcome IN ('stop', 'length') AND hand_off = 1) AS handOffs,
       count(*) FILTER (WHERE outcome = 'error') AS errors, count(*) FILTER (WHERE outcome = 'cancelled') AS stopped,
       count(*) FILTER (WHERE outcome = 'running') AS running, coalesce(sum(no_result), 0) AS noResults,
       count(*) FILTER (WHERE rating = 1) AS ups, count(*) FILTER (WHERE rating = -1) AS downs,
       json_group_array(first_ms) FILTER (WHERE first_ms IS NOT NULL) AS first,
       json_group_array(whole_ms) FILTER (WHERE whole_ms IS NOT NULL) AS whole
     FROM turn_figures WHERE ${RANGE}`,
  );
  const errors = db.prepare<Bounds & { limit: number }, { code: string; count: number }>(
    `SELECT coalesce(error, 'unknown') AS code, count(*) AS count FROM turn_figures WHERE ${RANGE} AND outcome = 'error'
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT @limit`,
  );
  // The casts: SQLite is given numbers as floating ones, and a slot has to be a whole one.
  const CARTS = 'shop = @shop AND created_at >= @from AND created_at < @until';
  const additions = db.prepare<Bounds, { slot: number; additions: number; by_card: number; pieces: number }>(
    `SELECT (created_at - cast(@from AS INTEGER)) / cast(@step AS INTEGER) AS slot, count(*) AS additions, sum(by_card) AS by_card, sum(quantity) AS pieces
     FROM cart_additions WHERE ${CARTS} GROUP BY 1`,
  );
  const products = db.prepare<Bounds & { limit: number }, { productId: number; additions: number; pieces: number }>(
    `SELECT product_id AS productId, count(*) AS additions, sum(quantity) AS pieces FROM cart_additions WHERE ${CARTS}
     GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT @limit`,
  );
  const costByDay = db.prepare<{ shop: string } & DayRange, { day: string; cost: number; unpriced: number }>(
    `SELECT day, sum(cost_micro_usd) AS cost, sum(unpriced) AS unpriced FROM usage_days
     WHERE shop = @shop AND day BETWEEN @from AND @to GROUP BY 1`,
  );
  const costByHour = db.prepare<Bounds, { slot: number; cost: number; unpriced: number }>(
    `SELECT (created_at - cast(@from AS INTEGER)) / cast(@step AS INTEGER) AS slot, sum(coalesce(cost_micro_usd, 0)) AS cost,
       sum(cost_micro_usd IS NULL) AS unpriced
     FROM usage WHERE shop = @shop AND created_at >= @from AND created_at < @until AND outcome <> 'running' GROUP BY 1`,
  );
  const counted = db
    .prepare<[string, string], number>('SELECT micro_usd FROM spending WHERE payer = ? AND period = ?')
    .pluck();

  function period(shop: string, { from, to }: DayRange, by: OverviewQuery['by']): PeriodReport {
    const step = by === 'day' ? DAY_MS : HOUR_MS;
    const bounds: Bounds = { shop, from: msOf(from), until: msOf(to) + DAY_MS, step };
    const series = Array.from({ length: (bounds.until - bounds.from) / step }, (_, slot) =>
      emptySlot(bounds.from + slot * step),
    );
    const firstMs: number[] = [];
    const wholeMs: number[] = [];
    for (const slot of series) {
      const { first, whole, ...sums } = turns.get({ ...bounds, from: slot.at, until: slot.at + step })!;
      Object.assign(slot, sums);
      for (const ms of JSON.parse(first) as number[]) firstMs.push(ms);
      for (const ms of JSON.parse(whole) as number[]) wholeMs.push(ms);
    }
    let additionsByCard = 0;
    let pieces = 0;
    for (const row of additions.all(bounds)) {
      series[row.slot]!.additions = row.additions;
      additionsByCard += row.by_card;
      pieces += row.pieces;
    }
    const costs =
      by === 'hour'
        ? costByHour.all(bounds)
        : costByDay
            .all({ shop, from, to })
            .map(({ day, ...cost }) => ({ ...cost, slot: (msOf(day) - bounds.from) / DAY_MS }));
    for (const { slot, cost, unpriced } of costs) {
      series[slot]!.costMicroUsd = cost;
      series[slot]!.unpriced = unpriced;
    }
    const { at: _, ...sums } = series.reduce(added, emptySlot(0));
    return {
      from,
      to,
      figures: { ...sums, additionsByCard, pieces, firstMs: percentiles(firstMs), wholeMs: percentiles(wholeMs) },
      series,
      errors: errors.all({ ...bounds, limit: MAX_ERRORS }),
      additions: products.all({ ...bounds, limit: MAX_PRODUCTS }),
    };
  }

  function spent(shop: string, name: string, range: DayRange): SpentReport {
    const days = costByDay.all({ shop, ...range });
    return {
      period: name,
      costMicroUsd: days.reduce((sum, { cost }) => sum + cost, 0),
      unpriced: days.reduce((sum, { unpriced }) => sum + unpriced, 0),
      countedMicroUsd: counted.get(`shop:${shop}`, name) ?? 0,
    };
  }

  return {
    // In one transaction, so that all of it is of the same moment.
    overview: db.transaction(({ shop, from, to, by, compare, now }: OverviewQuery) => {
      const length = msOf(to) - msOf(from) + DAY_MS;
      const before = { from: dayOf(msOf(from) - length), to: dayOf(msOf(from) - DAY_MS) };
      const today = dayOf(now);
      const month = today.slice(0, 7);
      return {
        period: period(shop, { from, to }, by),
        before: compare ? period(shop, before, by) : null,
        today: spent(shop, today, { from: today, to: today }),
        month: spent(shop, month, { from: `${month}-01`, to: `${month}-31` }),
      };
    }),
  };
}

function emptySlot(at: number): SlotFigures {
  return {
    at,
    conversations: 0,
    messages: 0,
    answers: 0,
    handOffs: 0,
    errors: 0,
    stopped: 0,
    running: 0,
    noResults: 0,
    ups: 0,
    downs: 0,
    additions: 0,
    costMicroUsd: 0,
    unpriced: 0,
  };
}

function added(sum: SlotFigures, slot: SlotFigures): SlotFigures {
  const names = Object.keys(sum) as (keyof SlotFigures)[];
  return Object.fromEntries(names.map((name) => [name, sum[name] + slot[name]])) as unknown as SlotFigures;
}
