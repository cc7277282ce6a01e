import type { MatchedFacets } from '../storage/types.ts';
import type { Facets } from './types.ts';

const MAX_VALUES = 20;
const MAX_OPTIONS = 10;

/** Counts by what products can be told apart, the most frequent values of each. */
export function facetsOf(matched: readonly MatchedFacets[]): Facets {
  const categories = new Map<string, number>();
  const brands = new Map<string, number>();
  const options = new Map<string, Map<string, number>>();
  let min = Infinity;
  let max = 0;
  for (const { facets, minPrice, maxPrice } of matched) {
    for (const category of new Set(facets.c)) count(categories, category);
    if (facets.b !== undefined) count(brands, facets.b);
    for (const [name, value] of facets.o ?? []) {
      const values = options.get(name) ?? new Map<string, number>();
      options.set(name, values);
      count(values, value);
    }
    min = Math.min(min, minPrice);
    max = Math.max(max, maxPrice);
  }
  const named = [...options].map(([name, values]) => ({ name, values: mostFrequent(values) }));
  return {
    categories: mostFrequent(categories),
    brands: mostFrequent(brands),
    options: named.sort((a, b) => total(b.values) - total(a.values)).slice(0, MAX_OPTIONS),
    price: matched.length === 0 ? null : { min, max },
    inStock: matched.filter(({ available }) => available).length,
    counted: matched.length,
  };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostFrequent(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, n]) => ({ value, count: n }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_VALUES);
}

function total(values: readonly { count: number }[]): number {
  return values.reduce((sum, value) => sum + value.count, 0);
}
