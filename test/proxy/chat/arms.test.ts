import { describe, expect, test } from 'vitest';
import { armOf } from '../../../proxy/chat/arms.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { testShop } from '../../fixtures/shops.ts';

/** Half a million hashes, on a machine that does other things as well. */
const LIMIT_MS = 60_000;
const VISITORS = Array.from({ length: 100_000 }, (_, n) => `vis_${n}`);

function testing(weights: Record<string, number>, slug = 'pets'): Shop {
  const { models } = testShop();
  const arms = Object.entries(weights).map(([name, weight]) => ({ name, weight, model: models.default }));
  return testShop({ slug, models: { ...models, arms } });
}

const FEWER = VISITORS.slice(0, 20_000);

/** The arm of each visitor. */
function split(shop: Shop, visitors = FEWER): string[] {
  return visitors.map((visitor) => armOf(shop, visitor)!.name);
}

function shares(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / names.length]));
}

describe('the arm of a visitor', () => {
  test('is none where nothing is tested', () => {
    expect(armOf(testShop(), 'vis_1')).toBeNull();
  });

  // Three standard deviations of a half of 100,000 visitors are 0.0047, and what is compared is 0.005.
  test.each([
    { a: 1, b: 1 },
    { a: 9, b: 1 },
    { a: 0.5, b: 0.25, c: 0.25 },
    { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 93 },
  ] as Record<string, number>[])(
    'falls to each by its weight: %o',
    (weights) => {
      const all = Object.values(weights).reduce((one, other) => one + other);
      const found = shares(split(testing(weights), VISITORS));
      for (const [name, weight] of Object.entries(weights)) expect(found[name]).toBeCloseTo(weight / all, 2);
    },
    LIMIT_MS,
  );

  test('is the same in every process and on every day', () => {
    const shop = testing({ a: 1, b: 1, c: 2 });
    const few = VISITORS.slice(0, 12).map((visitor) => armOf(shop, visitor)!.name);
    // Written down once: another sequence would move the visitors of every test that runs.
    expect(few.join('')).toBe('cabcacccccab');
  });

  test('does not hang on the order of the arms, and says nothing of the arm in another shop', () => {
    const here = split(testing({ a: 1, b: 1 }));
    expect(split(testing({ b: 1, a: 1 }))).toEqual(here);
    const there = split(testing({ a: 1, b: 1 }, 'books'));
    expect(here.filter((name, index) => name === there[index]).length / FEWER.length).toBeCloseTo(0.5, 2);
  });

  test('changes only to an arm that is added, for as many as that one gets', () => {
    const [before, after] = [split(testing({ a: 1, b: 1 })), split(testing({ a: 1, b: 1, c: 1 }))];
    const moved = after.filter((name, index) => name !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['c']));
    expect(moved.length / FEWER.length).toBeCloseTo(1 / 3, 2);
  });

  test('changes only for those of an arm that is taken away', () => {
    const [before, after] = [split(testing({ a: 1, b: 1, c: 1 })), split(testing({ a: 1, b: 1 }))];
    const moved = before.filter((name, index) => name !== after[index]);
    expect(new Set(moved)).toEqual(new Set(['c']));
  });

  test('changes by another weight only to the arm that grew, for as many as it grew by', () => {
    const [before, after] = [split(testing({ a: 1, b: 1, c: 1 })), split(testing({ a: 2, b: 1, c: 1 }))];
    const moved = after.filter((name, index) => name !== before[index]);
    expect(new Set(moved)).toEqual(new Set(['a']));
    expect(moved.length / FEWER.length).toBeCloseTo(1 / 2 - 1 / 3, 2);
  });
});
