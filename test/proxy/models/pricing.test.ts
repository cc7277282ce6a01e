import { describe, expect, test } from 'vitest';
import { billOf, createBilling, knowsPrice, pricesOf } from '../../../proxy/models/pricing.ts';
import { listedPrices, readPrices } from '../../../proxy/models/prices.ts';

const nothing = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
const luna = { model: 'gpt-6-luna', prices: null };
const MILLION = 1_000_000;
const costOf = (...call: Parameters<typeof billOf>) => billOf(...call).costMicroUsd;

describe('the price of a model', () => {
  test('is that of the list', () => {
    expect(pricesOf(luna)).toEqual({
      input: 0.1,
      cachedInput: 0.01,
      cacheWrite: 0.125,
      output: 0.5,
      source: 'genai-prices 0.1.8',
    });
  });

  test.each(['gpt-6-luna-2026-09-22', 'openai/gpt-6-luna'])('%s is that of its model', (model) => {
    expect(pricesOf({ model, prices: null })).toEqual(pricesOf(luna));
  });

  test.each(['gpt-6.1-terra', 'gpt-6.1-terra-2026-10-26'])('%s is ours where the list lacks it', (model) => {
    expect(pricesOf({ model, prices: null })).toEqual({
      input: 1,
      cachedInput: 0.05,
      cacheWrite: 1.25,
      output: 5,
      source: 'prices.json 2026-10-27',
    });
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
    const prices = { input: 3, cachedInput: 1, cacheWrite: 4, output: 9, source: 'shops/acme.json' };
    const usage = { inputTokens: 100, cachedTokens: 40, cacheWriteTokens: 10, outputTokens: 20 };
    for (const model of ['gpt-6-luna', 'gpt-6.1-sol', 'llama-of-my-own']) {
      const costMicroUsd = 50 * 3 + 40 * 1 + 10 * 4 + 20 * 9;
      expect(billOf({ model, prices }, usage)).toEqual({ costMicroUsd, price: prices });
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

  test.each([
    ['gpt-6.1-sol', 'prices.json 2026-10-27'],
    ['gpt-6-sol', 'genai-prices 0.1.8'],
  ])('of %s says by which prices it was reckoned, those of a long request included', (model, source) => {
    const usual = { input: 2, output: 10, cacheWrite: 2.5, source };
    const long = { input: 4, output: 15, cacheWrite: 5, source: `${source}, over 272000 tokens` };
    const bill = (inputTokens: number) => billOf({ model, prices: null }, { ...nothing, inputTokens });
    expect([bill(272_000).price, bill(272_001).price]).toMatchObject([usual, long]);
  });

  test('has the searches in it that the provider has made by itself, and says how many', () => {
    const bill = billOf({ model: 'gpt-6-luna', prices: null }, { ...nothing, outputTokens: 10 }, 2);
    expect(bill).toMatchObject({ costMicroUsd: 5_005, price: { searches: 2, perSearch: 2_500 } });
  });

  test('of a model without a price is unknown, which is told once', () => {
    const told: object[] = [];
    const bill = createBilling({ log: { warn: (fields) => void told.push(fields) } });
    for (const model of ['mine', 'mine', 'gpt-6-luna', 'yours']) bill({ model, prices: null }, nothing);
    expect(bill({ model: 'mine', prices: null }, nothing)).toEqual({ costMicroUsd: null, price: null });
    expect(told).toEqual([{ model: 'mine' }, { model: 'yours' }]);
  });
});

describe('prices.json', () => {
  const row = { model: 'm', input: 1, output: 2, date: '2026-10-27', source: 'https://models.example/prices' };

  test('is good, says since when and from where, and every price in it is found by its model', () => {
    expect(listedPrices().size).toBeGreaterThan(0);
    for (const { model, date } of listedPrices().values()) {
      expect(pricesOf({ model, prices: null })?.source).toBe(`prices.json ${date}`);
    }
  });

  test('is told of with everything that is wrong with it', () => {
    const rows = [
      row,
      { ...row, input: -1, date: '27.10.2026' },
      { ...row, model: '', source: undefined },
      { ...row, model: 'n', long: { above: 0, input: 1, output: 1 }, ouput: 3 },
    ];
    expect(() => readPrices(JSON.stringify(rows))).toThrow(/prices\.json needs mending/);
    const problems = wrongWith(JSON.stringify(rows)).split('\n').slice(1);
    expect(problems.map((line) => line.trim().split(':')[0])).toEqual([
      '1.input',
      '1.date',
      '2.model',
      '2.source',
      '3.long.above',
      '3',
    ]);
    expect(wrongWith(JSON.stringify([row, row]))).toContain('1.model: has "m" twice');
    expect(wrongWith('[')).toContain('prices.json is no JSON');
    expect(wrongWith('{}')).toContain('the list: ');
  });

  function wrongWith(json: string): string {
    try {
      readPrices(json);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }
});
