import { describe, expect, test } from 'vitest';
import { settle } from '../../../proxy/chat/settle.ts';
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
  async function settled(changes: Partial<UsageRow>) {
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
    await storage.beginUsage(usage, { tokens: 0, microUsd: 0, accounts: [] });
    expect(await settle(deps)).toBe(1);
    const [row] = await storage.usageOfTurn(turn.id);
    expect(row).toMatchObject({ outcome: 'error', estimated: true });
    return row!.price?.source;
  }

  test('the arm that its visitor was in', async () => {
    expect(await settled({ arm: 'b' })).toBe('arm b');
    expect(await settled({ arm: 'a' })).toBe('arm a');
  });

  test("the shop's model where nothing was tested, and where the arm is gone", async () => {
    expect(await settled({})).toBe('default');
    expect(await settled({ arm: 'gone' })).toBe('default');
  });

  test('the cheaper model when it was a summary', async () => {
    expect(await settled({ arm: 'b', purpose: 'summary' })).toBe('cheaper');
  });

  test('whoever has its name, and nobody when nobody has', async () => {
    expect(await settled({ arm: 'b', model: 'other' })).toBe('fallback');
    expect(await settled({ arm: 'b', model: 'gone' })).toBeUndefined();
  });
});
