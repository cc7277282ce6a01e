import { describe, expect, test } from 'vitest';
import { costOf, knowsPrice, pricesOf } from '../../../proxy/models/pricing.ts';

const nothing = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
const luna = { model: 'gpt-6-luna', prices: null };
const MILLION = 1_000_000;

describe('the price of a model', () => {
  test('is that of the list', () => {
    expect(pricesOf(luna)).toEqual({ input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5 });
  });

  test.each(['gpt-6-luna-2026-09-22', 'openai/gpt-6-luna'])('%s is that of its model', (model) => {
    expect(pricesOf({ model, prices: null })).toEqual(pricesOf(luna));
  });

  test.each(['gpt-6.1-terra', 'gpt-6.1-terra-2026-10-26'])('%s is ours where the list lacks it', (model) => {
    expect(pricesOf({ model, prices: null })).toEqual({ input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5 });
  });

  test('counts writing the cache as input where it has no price of its own', () => {
    expect(pricesOf({ model: 'gpt-5.4-mini', prices: null })).toMatchObject({ input: 0.75, cacheWrite: 0.75 });
  });

  test('is nothing for the demo model', () => {
    const usage = { ...nothing, inputTokens: 10_000, outputTokens: 10_000 };
    expect(costOf({ model: 'demo-model', prices: null }, usage)).toBe(0);
  });

  test.each(['llama-of-my-own', 'constructor', '', 'gpt-6-luna-but-not-quite'])('of "%s" nobody knows', (model) => {
    expect(knowsPrice(model)).toBe(false);
    expect(pricesOf({ model, prices: null })).toBeNull();
    expect(costOf({ model, prices: null }, nothing)).toBeNull();
  });

  test("is the owner's where there is one", () => {
    const prices = { input: 3, cachedInput: 1, cacheWrite: 4, output: 9 };
    const usage = { inputTokens: 100, cachedTokens: 40, cacheWriteTokens: 10, outputTokens: 20 };
    for (const model of ['gpt-6-luna', 'llama-of-my-own']) {
      expect(costOf({ model, prices }, usage)).toBe(50 * 3 + 40 * 1 + 10 * 4 + 20 * 9);
    }
  });

  test('is still known after many other models were looked up', () => {
    for (let n = 0; n < 1_000; n++) knowsPrice(`model-${n}`);
    expect(knowsPrice('gpt-6-luna')).toBe(true);
  });
});

describe('the cost of a call', () => {
  test('has a price for fresh, cached and newly cached input and for output', () => {
    expect(costOf(luna, { ...nothing, inputTokens: 100_000 })).toBe(10_000);
    expect(costOf(luna, { ...nothing, inputTokens: 100_000, cachedTokens: 100_000 })).toBe(1_000);
    expect(costOf(luna, { ...nothing, inputTokens: 100_000, cacheWriteTokens: 100_000 })).toBe(12_500);
    expect(costOf(luna, { ...nothing, outputTokens: MILLION })).toBe(500_000);
    const usage = { inputTokens: 1_000, cachedTokens: 600, cacheWriteTokens: 300, outputTokens: 200 };
    expect(costOf(luna, usage)).toBe(Math.ceil(10 + 6 + 37.5 + 100));
  });

  test('is rounded up to a whole micro-dollar, and not up from the dust of binary fractions', () => {
    expect(costOf(luna, { ...nothing, inputTokens: 1 })).toBe(1);
    expect(costOf(luna, { ...nothing, inputTokens: 30 })).toBe(3);
    // 29 × 0.1 + 10 × 0.01 is 3.0000000000000004 in binary.
    expect(costOf(luna, { ...nothing, inputTokens: 39, cachedTokens: 10 })).toBe(3);
  });

  test('is never less than its parts when a provider counts them twice', () => {
    expect(costOf(luna, { ...nothing, inputTokens: 100_000, cachedTokens: 100_000, cacheWriteTokens: 100_000 })).toBe(
      13_500,
    );
  });

  test.each(['gpt-6-sol', 'gpt-6.1-sol'])(
    'of %s doubles for input, and grows by half for output, when it is long',
    (model) => {
      const usage = { ...nothing, inputTokens: 300_000, outputTokens: 1_000 };
      expect(costOf({ model, prices: null }, usage)).toBe(300_000 * 4 + 1_000 * 15);
      expect(costOf({ model, prices: null }, { ...usage, inputTokens: 200_000 })).toBe(200_000 * 2 + 1_000 * 10);
    },
  );
});
