import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Storage, UsageRow, UsageSum } from '../../../proxy/storage/types.ts';
import { account, call, reservation } from './spending-calls.ts';

/** Some hundred databases are opened, on a machine that does other things as well. */
const LIMIT_MS = 60_000;
const DAY = 24 * 60 * 60_000;
const START = Date.parse('2026-10-30');
const ALL = { from: '1970-01-01', to: '2100-01-01' };
const price = { input: 1, cachedInput: 0.5, cacheWrite: 2, output: 4, source: 'prices.json 2026-10-27' };

/** What an owner would add up from the rows of all calls. */
function recount(rows: readonly UsageRow[], by: 'day' | 'month'): UsageSum[] {
  const sums = new Map<string, UsageSum>();
  for (const row of rows) {
    if (row.outcome === 'running') continue;
    const { shop, model, arm, purpose } = row;
    const period = new Date(row.createdAt).toISOString().slice(0, by === 'day' ? 10 : 7);
    const name = [period, shop, model, arm, purpose].join('\0');
    const sum = sums.get(name) ?? { shop, period, model, arm, purpose, ...NOTHING };
    sums.set(name, sum);
    sum.calls += 1;
    sum.fromCache += Number(row.fromCache);
    sum.errors += Number(row.outcome === 'error');
    sum.retries += row.retries;
    sum.estimated += Number(row.estimated);
    sum.unpriced += Number(row.costMicroUsd === null);
    sum.inputTokens += row.inputTokens;
    sum.cachedTokens += row.cachedTokens;
    sum.cacheWriteTokens += row.cacheWriteTokens;
    sum.outputTokens += row.outputTokens;
    sum.reasoningTokens += row.reasoningTokens;
    sum.costMicroUsd += row.costMicroUsd ?? 0;
  }
  return [...sums.keys()].sort().map((name) => sums.get(name)!);
}

const NOTHING = {
  calls: 0,
  fromCache: 0,
  errors: 0,
  retries: 0,
  estimated: 0,
  unpriced: 0,
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costMicroUsd: 0,
};

const count = fc.nat({ max: 1_000_000 });
const figures = fc.record({
  inputTokens: count,
  cachedTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  retries: fc.nat({ max: 5 }),
  estimated: fc.boolean(),
  costMicroUsd: fc.option(count),
  outcome: fc.constantFrom('ok', 'cancelled', 'error' as const),
  model: fc.constantFrom('luna', 'luna-2026-09-22', 'terra'),
});
const origin = fc.record({
  shop: fc.constantFrom('pets', 'books'),
  arm: fc.constantFrom('', 'a', 'b'),
  purpose: fc.constantFrom('answer', 'summary' as const),
  createdAt: fc.nat({ max: 5 * DAY }).map((ms) => START + ms),
});
type Step =
  | { do: 'begin'; origin: typeof origin extends fc.Arbitrary<infer T> ? T : never }
  /** Ends a call that is open, or one that has ended; `which` picks it. */
  | { do: 'end'; which: number; figures: typeof figures extends fc.Arbitrary<infer T> ? T : never }
  | { do: 'cached'; origin: typeof origin extends fc.Arbitrary<infer T> ? T : never }
  /** The process is gone in the middle of everything. */
  | { do: 'crash' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: origin.map((origin): Step => ({ do: 'begin', origin })) },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(), figures).map(([which, figures]): Step => ({ do: 'end', which, figures })),
  },
  { weight: 1, arbitrary: origin.map((origin): Step => ({ do: 'cached', origin })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'crash' }) },
);

/** What every storage must do with the figures of calls. `reopen` gives the same data as after a restart. */
export function testUsage(open: () => Promise<Storage>, reopen: (storage: Storage) => Promise<Storage>): void {
  async function begun(storage: Storage, changes: Partial<UsageRow> = {}): Promise<number> {
    const result = await storage.beginUsage(call(changes), reservation({}, account()));
    if (result.outcome !== 'begun') throw new Error(result.outcome);
    return result.id;
  }

  describe('usage', () => {
    test('keeps for what a call was, which arm asked it, how often, and by which prices', async () => {
      const storage = await open();
      const id = await begun(storage, { purpose: 'summary', arm: 'b' });
      await storage.endUsage(id, { ...call(), costMicroUsd: 7, price, retries: 2, outcome: 'ok' });
      expect(await storage.usageOfTurn('trn_1')).toMatchObject([
        { purpose: 'summary', arm: 'b', retries: 2, price, fromCache: false, costMicroUsd: 7 },
      ]);
    });

    test('has an answer of our own cache as a call that cost nothing and used no tokens', async () => {
      const storage = await open();
      const { shop, threadId, turnId, model, createdAt } = call();
      const cached = { shop, threadId, turnId, model, arm: 'a', firstTokenMs: 2, durationMs: 3, createdAt };
      await storage.addCachedUsage(cached);
      expect(await storage.usageOfTurn('trn_1')).toMatchObject([
        {
          ...cached,
          fromCache: true,
          outcome: 'ok',
          purpose: 'answer',
          costMicroUsd: 0,
          price: null,
          estimated: false,
        },
      ]);
      expect(await storage.usageSums({ ...ALL, by: 'day' })).toEqual([
        { shop, period: '1970-01-01', model, arm: 'a', purpose: 'answer', ...NOTHING, calls: 1, fromCache: 1 },
      ]);
    });

    test('sums a call when it ends, once, and not before', async () => {
      const storage = await open();
      const id = await begun(storage);
      expect(await storage.usageSums({ ...ALL, by: 'day' })).toEqual([]);
      for (const outcome of ['ok', 'error'] as const)
        await storage.endUsage(id, { ...call(), inputTokens: 5, outcome });
      expect(await storage.usageSums({ ...ALL, by: 'day' })).toMatchObject([{ calls: 1, errors: 0, inputTokens: 5 }]);
    });

    test('counts a call that nobody knows the price of as such, and not as free', async () => {
      const storage = await open();
      for (const costMicroUsd of [null, 0, 9]) {
        await storage.endUsage(await begun(storage), { ...call(), costMicroUsd, outcome: 'ok' });
      }
      expect((await storage.usageOfTurn('trn_1')).map(({ costMicroUsd }) => costMicroUsd)).toEqual([null, 0, 9]);
      expect(await storage.usageSums({ ...ALL, by: 'day' })).toMatchObject([
        { calls: 3, unpriced: 1, costMicroUsd: 9 },
      ]);
    });

    test('counts a call for the day of UTC on which it began, and tells of the days asked for and of one shop', async () => {
      const storage = await open();
      const last = Date.parse('2026-10-31T23:59:59.999Z');
      for (const [shop, createdAt] of [
        ['pets', last],
        ['pets', last + 1],
        ['books', last + 1],
      ] as const) {
        await storage.endUsage(await begun(storage, { shop, createdAt }), { ...call(), outcome: 'ok' });
      }
      const told = async (query: Parameters<Storage['usageSums']>[0]) =>
        (await storage.usageSums(query)).map(({ shop, period }) => `${shop} ${period}`);
      expect(await told({ ...ALL, by: 'day' })).toEqual(['pets 2026-10-31', 'books 2026-11-01', 'pets 2026-11-01']);
      expect(await told({ ...ALL, by: 'month', shop: 'pets' })).toEqual(['pets 2026-10', 'pets 2026-11']);
      expect(await told({ from: '2026-10-31', to: '2026-10-31', by: 'month' })).toEqual(['pets 2026-10']);
    });

    test('names the calls that have not ended, oldest first', async () => {
      const storage = await open();
      const ids = [await begun(storage, { turnId: 'trn_2' }), await begun(storage), await begun(storage)];
      await storage.endUsage(ids[1]!, { ...call(), outcome: 'ok' });
      expect((await storage.openUsage(10)).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
      expect((await storage.openUsage(1)).map(({ id }) => id)).toEqual([ids[0]]);
    });

    test('forgets old calls, a bounded number at a time, but neither their sums nor a call that is open', async () => {
      const storage = await open();
      for (const createdAt of [1, 2, 3, 4]) {
        const id = await begun(storage, { createdAt });
        if (createdAt !== 2) await storage.endUsage(id, { ...call(), outcome: 'ok' });
      }
      expect(await storage.pruneUsage(4, 1)).toBe(1);
      expect(await storage.pruneUsage(4, 10)).toBe(1);
      expect((await storage.usageOfTurn('trn_1')).map(({ createdAt }) => createdAt)).toEqual([2, 4]);
      expect(await storage.usageSums({ ...ALL, by: 'day' })).toMatchObject([{ calls: 3 }]);
    });

    test(
      'sums are what a recount of the rows gives, days and months, whatever happened, crashes included',
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
            let storage = await open();
            const ids: number[] = [];
            for (const one of steps) {
              if (one.do === 'begin') ids.push(await begun(storage, one.origin));
              else if (one.do === 'end' && ids.length > 0)
                await storage.endUsage(ids[one.which % ids.length]!, { ...call(), ...one.figures });
              else if (one.do === 'cached') await storage.addCachedUsage({ ...call(), ...one.origin });
              else if (one.do === 'crash') {
                storage = await reopen(storage);
                for (const { id, ...row } of await storage.openUsage(1_000))
                  await storage.endUsage(id, { ...row, outcome: 'error' });
              }
            }
            const rows = await storage.usageOfTurn('trn_1');
            const days = await storage.usageSums({ ...ALL, by: 'day' });
            expect(days).toEqual(recount(rows, 'day'));
            expect(await storage.usageSums({ ...ALL, by: 'month' })).toEqual(recount(rows, 'month'));
            // And they stay what they were when the rows are gone.
            await storage.pruneUsage(START + 10 * DAY, 1_000);
            expect(await storage.usageSums({ ...ALL, by: 'day' })).toEqual(days);
          }),
          { numRuns: 40, seed: 6 },
        );
      },
      LIMIT_MS,
    );
  });
}
