import { describe, expect, test } from 'vitest';
import { settle } from '../../../proxy/chat/settle.ts';
import { encodeFrame } from '../../../proxy/protocol/index.ts';
import type { ModelChoice, Shop } from '../../../proxy/shops/types.ts';
import type { UsageRow } from '../../../proxy/storage/types.ts';
import { scriptedModel } from '../../fakes/scripted-model.ts';
import { begin, shop as petShop, workshop } from './workshop.ts';

const priced = (model: string, input: number, source: string): ModelChoice => ({
  ...petShop.models.default,
  model,
  prices: { input, cachedInput: input, cacheWrite: input, output: input, source },
});
const arm = (name: string, model: ModelChoice) => ({ name, weight: 1, model });
/** As a row has it. */
const PRICE = { input: 1, cachedInput: 1, cacheWrite: 1, output: 1, perSearch: 2_500, source: 'default' };
/** One name at four prices. */
const shop: Shop = {
  ...petShop,
  models: {
    default: priced('same', 1, 'default'),
    cheaper: priced('same', 2, 'cheaper'),
    fallback: priced('other', 3, 'fallback'),
    arms: [arm('a', priced('same', 4, 'arm a')), arm('b', priced('same', 5, 'arm b'))],
  },
};

describe('a call that a crash left running is settled by the price of', () => {
  /** A row as it stands in the database when the process dies. */
  async function settled(changes: Partial<UsageRow>, searches = 0, closed: readonly number[] = []) {
    const { deps, storage } = await workshop(scriptedModel(), {}, shop);
    const turn = await begin(deps);
    const usage: UsageRow = {
      shop: shop.slug,
      threadId: turn.threadId,
      turnId: turn.id,
      model: 'same',
      inputTokens: 100,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
      estimated: true,
      firstTokenMs: null,
      durationMs: 0,
      costMicroUsd: null,
      outcome: 'running',
      purpose: 'answer',
      arm: '',
      fromCache: false,
      retries: 0,
      price: null,
      createdAt: deps.now(),
      ...changes,
    };
    const nothing = { tokens: 0, microUsd: 0, accounts: [] };
    for (const count of closed) {
      const price = { ...PRICE, searches: count };
      const begun = await storage.beginUsage(usage, nothing);
      if (begun.outcome === 'begun') await storage.endUsage(begun.id, { ...usage, price, outcome: 'ok' });
    }
    await storage.beginUsage(usage, nothing);
    const event = { type: 'tool', name: 'search_documents', status: 'started' } as const;
    const frames = Array.from({ length: searches }, (_, at) => encodeFrame(turn.id, at + 1, event));
    storage.appendJournal(frames.join(''));
    expect(await settle(deps)).toBe(1);
    const row = (await storage.usageOfTurn(turn.id)).at(-1);
    expect(row).toMatchObject({ outcome: 'error', estimated: true });
    return { source: row!.price?.source, searches: row!.price?.searches, cost: row!.costMicroUsd };
  }

  test('the arm that its visitor was in', async () => {
    expect(await settled({ arm: 'b' })).toMatchObject({ source: 'arm b' });
    expect(await settled({ arm: 'a' })).toMatchObject({ source: 'arm a' });
  });

  test("the shop's model where nothing was tested, and where the arm is gone", async () => {
    expect(await settled({})).toMatchObject({ source: 'default' });
    expect(await settled({ arm: 'gone' })).toMatchObject({ source: 'default' });
  });

  test('the cheaper model when it was a summary', async () => {
    expect(await settled({ arm: 'b', purpose: 'summary' })).toMatchObject({ source: 'cheaper' });
  });

  test('whoever has its name, and nobody when nobody has', async () => {
    expect(await settled({ arm: 'b', model: 'other' })).toMatchObject({ source: 'fallback' });
    expect(await settled({ arm: 'b', model: 'gone' })).toMatchObject({ source: undefined });
  });

  describe('and of the searches that its own server has made', () => {
    const price = { ...PRICE, searches: 3 };

    test('those that were told of', async () => {
      expect(await settled({ price }, 2)).toMatchObject({ searches: 2, cost: 100 + 2 * 2_500 });
      expect(await settled({ price }, 0)).toMatchObject({ searches: undefined, cost: 100 });
    });

    test('those that no call before it has in its row, and no more than it may make', async () => {
      expect(await settled({ price }, 4, [1, 2])).toMatchObject({ searches: 1 });
      expect(await settled({ price }, 9)).toMatchObject({ searches: 3 });
    });

    test('none where the tool was ours', async () => {
      expect(await settled({}, 2)).toMatchObject({ searches: undefined, cost: 100 });
    });
  });
});
