import { describe, expect, test } from 'vitest';
import type { Reservation, Storage } from '../../../proxy/storage/types.ts';
import { account, call, reservation } from './spending-calls.ts';

const ended = { inputTokens: 30, outputTokens: 12, costMicroUsd: 5, outcome: 'ok' } as const;

export function testSpending(open: () => Promise<Storage>): void {
  async function begun(storage: Storage, held: Reservation): Promise<number> {
    const result = await storage.beginUsage(call(), held);
    if (result.outcome !== 'begun') throw new Error(`${result.account.payer} has nothing left`);
    return result.id;
  }

  describe('calls of a model', () => {
    test('leave a row each, which their first end closes', async () => {
      const storage = await open();
      const first = await begun(storage, reservation({}));
      const second = await begun(storage, reservation({}));
      const figures = {
        inputTokens: 100,
        cachedTokens: 40,
        cacheWriteTokens: 10,
        outputTokens: 20,
        reasoningTokens: 5,
        firstTokenMs: 120,
        durationMs: 900,
        costMicroUsd: 17,
      };
      expect(await storage.usageOfTurn('trn_1')).toEqual([
        { id: first, ...call() },
        { id: second, ...call() },
      ]);
      await storage.endUsage(first, { ...call(), ...figures, estimated: false, outcome: 'ok' });
      await storage.endUsage(first, { ...call(), outcome: 'error' });
      await storage.endUsage(second, { ...call(), model: 'another', outcome: 'cancelled' });
      expect(await storage.usageOfTurn('trn_1')).toEqual([
        { id: first, ...call(), ...figures, estimated: false, outcome: 'ok' },
        { id: second, ...call(), model: 'another', outcome: 'cancelled' },
      ]);
    });

    test('hold what they may cost on every account, and put what they did cost in its place', async () => {
      const storage = await open();
      const accounts = [account(), account({ period: '2026-11' }), account({ payer: 'visitor:pets:vis_a' })];
      const id = await begun(storage, reservation({ tokens: 100, microUsd: 20 }, ...accounts));
      await begun(storage, reservation({ tokens: 1, microUsd: 1 }, accounts[0]!));
      expect(await storage.spent([...accounts, account({ payer: 'visitor:pets:vis_b' })])).toEqual([
        { tokens: 101, microUsd: 21 },
        { tokens: 100, microUsd: 20 },
        { tokens: 100, microUsd: 20 },
        { tokens: 0, microUsd: 0 },
      ]);
      await storage.endUsage(id, { ...call(), ...ended });
      const settled = [
        { tokens: 43, microUsd: 6 },
        { tokens: 42, microUsd: 5 },
        { tokens: 42, microUsd: 5 },
      ];
      expect(await storage.spent(accounts)).toEqual(settled);
      await storage.endUsage(id, { ...call(), ...ended });
      expect(await storage.spent(accounts)).toEqual(settled);
    });

    test('cost nothing where nobody knows the price', async () => {
      const storage = await open();
      const id = await begun(storage, reservation({ tokens: 100 }, account()));
      await storage.endUsage(id, { ...call(), ...ended, costMicroUsd: null });
      expect(await storage.spent([account()])).toEqual([{ tokens: 42, microUsd: 0 }]);
    });

    test('that were broken off and never counted cost all the money that was held, and all the tokens of the shop', async () => {
      const storage = await open();
      const visitor = account({ payer: 'visitor:pets:vis_a' });
      for (const outcome of ['cancelled', 'error'] as const) {
        const held = reservation({ tokens: 100, microUsd: 20 }, account({ period: outcome }), {
          ...visitor,
          period: outcome,
        });
        const id = await begun(storage, held);
        await storage.endUsage(id, { ...call(), ...ended, estimated: true, outcome });
        expect(await storage.spent(held.accounts)).toEqual([
          { tokens: 100, microUsd: 20 },
          { tokens: 42, microUsd: 20 },
        ]);
      }
    });

    test('that failed before they began cost nothing', async () => {
      const storage = await open();
      const id = await begun(storage, reservation({ tokens: 100, microUsd: 20 }, account()));
      await storage.endUsage(id, { ...call(), inputTokens: 0, outputTokens: 0, estimated: true, outcome: 'error' });
      expect(await storage.spent([account()])).toEqual([{ tokens: 0, microUsd: 0 }]);
    });

    test('are refused, and nothing is written, when one of their accounts lacks tokens or money', async () => {
      const storage = await open();
      const plenty = account({ payer: 'visitor:pets:vis_a', maxTokens: 1_000, maxMicroUsd: 1_000 });
      for (const short of [account({ maxTokens: 99 }), account({ maxMicroUsd: 19 })]) {
        const held = reservation({ tokens: 100, microUsd: 20 }, plenty, short);
        expect(await storage.beginUsage(call(), held)).toEqual({ outcome: 'spent', account: short });
      }
      expect(await storage.spent([plenty, account()])).toEqual([
        { tokens: 0, microUsd: 0 },
        { tokens: 0, microUsd: 0 },
      ]);
      expect(await storage.usageOfTurn('trn_1')).toEqual([]);
    });

    test('may use an account to its last token, and not one more: fifty at once', async () => {
      const storage = await open();
      const held = reservation({ tokens: 30, microUsd: 7 }, account({ maxTokens: 300, maxMicroUsd: 1_000 }));
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => storage.beginUsage(call(), held)));
      expect(outcomes.filter(({ outcome }) => outcome === 'begun')).toHaveLength(10);
      expect(await storage.spent([account()])).toEqual([{ tokens: 300, microUsd: 70 }]);
    });

    test('that go on past midnight count for the day on which they began', async () => {
      const storage = await open();
      const [today, tomorrow] = [account({ maxTokens: 100 }), account({ maxTokens: 100, period: '2026-11-22' })];
      const id = await begun(storage, reservation({ tokens: 100 }, today));
      await begun(storage, reservation({ tokens: 100 }, tomorrow));
      await storage.endUsage(id, { ...call(), ...ended });
      expect(await storage.spent([today, tomorrow])).toMatchObject([{ tokens: 42 }, { tokens: 100 }]);
    });

    test('end in peace when their account was forgotten meanwhile', async () => {
      const storage = await open();
      const id = await begun(storage, reservation({ tokens: 100 }, account({ period: '2026-10-31' })));
      expect(await storage.pruneSpending('2026-11', 10)).toBe(1);
      await storage.endUsage(id, { ...call(), ...ended });
      expect(await storage.usageOfTurn('trn_1')).toMatchObject([{ outcome: 'ok' }]);
      expect(await storage.spent([account({ period: '2026-10-31' })])).toEqual([{ tokens: 0, microUsd: 0 }]);
    });
  });

  test('accounts of old periods are forgotten, days and months, a bounded number at a time', async () => {
    const storage = await open();
    const periods = ['2025-12-31', '2026-09', '2026-09-30', '2026-10', '2026-10-01', '2026-11'];
    const accounts = periods.map((period) => account({ period }));
    await begun(storage, reservation({ tokens: 1 }, ...accounts));
    const left = async () => (await storage.spent(accounts)).map(({ tokens }) => tokens);
    expect(await storage.pruneSpending('2026-10', 2)).toBe(2);
    expect(await left()).toEqual([0, 0, 1, 1, 1, 1]);
    expect(await storage.pruneSpending('2026-10', 2)).toBe(1);
    expect(await left()).toEqual([0, 0, 0, 1, 1, 1]);
  });
}
