import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite, openSqliteReports } from '../../proxy/storage/index.ts';
import type { ConversationsQuery, GapGroup, Storage } from '../../proxy/storage/types.ts';
import { tempDir } from '../temp-dir.ts';
import { fill } from './fill.ts';
import { openRecount } from './recount.ts';

const FROM = Date.parse('2026-09-20');
const DAYS = 60;
const NOW = Date.parse('2026-11-18T12:00:00Z');
const november = { from: '2026-11-01', to: '2026-11-18' };

describe('the figures of the desk', () => {
  const dir = tempDir();
  const file = dir.file('shop.sqlite');
  let storage: Storage;
  let reports: ReturnType<typeof openSqliteReports>;
  let recount: ReturnType<typeof openRecount>;

  beforeAll(async () => {
    storage = openSqlite({ file });
    await fill({ storage, turns: 3_000, from: FROM, days: DAYS });
    reports = openSqliteReports({ file });
    recount = openRecount(file);
  }, 60_000);
  afterAll(async () => {
    reports?.close();
    await storage?.close();
    dir[Symbol.dispose]();
  });

  test.each([
    { ...november, by: 'day' as const, compare: true },
    { from: '2026-09-20', to: '2026-11-25', by: 'day' as const, compare: false },
    { from: '2026-11-10', to: '2026-11-12', by: 'hour' as const, compare: true },
    { from: '2020-01-01', to: '2020-01-02', by: 'day' as const, compare: true },
  ])('of an overview are what a recount of the raw rows gives: $from to $to by the $by', (range) => {
    for (const shop of ['pets', 'books']) {
      const query = { shop, now: NOW, ...range };
      const { period, before } = reports.overview(query);
      expect({ period, before }).toEqual(recount.overview(query));
    }
  });

  test('are of something: the recount has seen every kind of end', () => {
    const { figures } = reports.overview({ shop: 'pets', ...november, by: 'day', compare: false, now: NOW }).period;
    const { running: _, firstMs, wholeMs, ...sums } = figures;
    for (const [name, sum] of Object.entries(sums)) expect(sum, name).toBeGreaterThan(0);
    expect(Math.min(firstMs.of, wholeMs.of)).toBeGreaterThan(100);
  });

  test('of today and of the month are the sums of their days', () => {
    const { today, month } = reports.overview({ shop: 'pets', ...november, by: 'day', compare: false, now: NOW });
    const cost = (from: string, to: string) =>
      recount.overview({ shop: 'pets', from, to, by: 'day', compare: false, now: NOW }).period.figures.costMicroUsd;
    expect(today).toMatchObject({ period: '2026-11-18', costMicroUsd: cost('2026-11-18', '2026-11-18') });
    expect(month).toMatchObject({ period: '2026-11', costMicroUsd: cost('2026-11-01', '2026-11-30') });
  });

  test.each(['day', 'month', 'model', 'arm', 'purpose'] as const)('of usage by %s are those of the calls', (by) => {
    const query = { shop: 'pets', from: '2026-10-01', to: '2026-11-18', by };
    expect(reports.usageReport(query)).toEqual(recount.usage(query));
    expect(reports.usageReport(query).length).toBeGreaterThan(1);
    if (by === 'purpose') expect(reports.usageReport(query).map(({ key }) => key)).toContain('own');
  });

  test('of gaps are those of what was asked, whatever its case and spaces', () => {
    const query = { shop: 'pets', state: 'all', order: 'count', offset: 0, limit: 10_000 } as const;
    const { groups, total } = reports.gapGroups(query);
    const plain = ({ kind, text, count, firstAt, lastAt }: GapGroup) => ({ kind, text, count, firstAt, lastAt });
    const order = (a: { kind: string; text: string }, b: { kind: string; text: string }) =>
      `${a.kind} ${a.text}` < `${b.kind} ${b.text}` ? -1 : 1;
    expect(groups.map(plain).toSorted(order)).toEqual(recount.gaps('pets').toSorted(order));
    expect(total).toBe(groups.length);
    expect(groups.map(({ count }) => count)).toEqual(groups.map(({ count }) => count).toSorted((a, b) => b - a));
    for (const { kind, key, count, latest } of groups.slice(0, 3)) {
      const all = reports.gapOccurrences({ shop: 'pets', kind, key, limit: 1_000 });
      expect(all).toHaveLength(count);
      expect(latest).toEqual(all.slice(0, 3));
    }
  });

  test('of a list of conversations page through all of them and no other', () => {
    for (const filter of [undefined, 'rating', 'error', 'handoff', 'no_result', 'wrong'] as const) {
      const query = { shop: 'pets', ...(filter && { filter }) };
      const expected = recount.conversations(query);
      expect(expected.length, filter).toBeGreaterThan(5);
      expect(allOf(query), filter).toEqual(expected);
    }
  });

  test.each([
    ['axolotl'],
    ['korma', 'puppy'],
    ['корм'],
    ['еlка'],
    ['creme', 'bed'],
    ['כלב'],
    ['"'],
    ['nothing-has-this'],
  ])('of a search are the conversations that have the words: %s', (...words) => {
    expect(allOf({ shop: 'pets', words })).toEqual(recount.conversations({ shop: 'pets', words }));
  });

  test('of a conversation are those of its calls', () => {
    const { conversations } = reports.conversations({ shop: 'pets', limit: 20 });
    for (const { id, costMicroUsd, questions } of conversations) {
      const found = reports.conversation({ shop: 'pets', threadId: id })!;
      expect(costMicroUsd).toBe(recount.costOf(id));
      const calls = found.turns.flatMap((turn) => turn.calls);
      expect(calls.reduce((sum, call) => sum + (call.costMicroUsd ?? 0), 0)).toBe(costMicroUsd);
      expect(found.turns).toHaveLength(questions);
    }
    expect(reports.conversation({ shop: 'books', threadId: conversations[0]!.id })).toBeUndefined();
  });

  function allOf(query: Pick<ConversationsQuery, 'shop' | 'filter' | 'words'>): string[] {
    const ids: string[] = [];
    let page = reports.conversations({ ...query, limit: 37 });
    for (; page.next; page = reports.conversations({ ...query, limit: 37, after: page.next })) {
      ids.push(...page.conversations.map(({ id }) => id));
    }
    return [...ids, ...page.conversations.map(({ id }) => id)];
  }
});
