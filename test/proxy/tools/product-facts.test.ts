import { expect, test } from 'vitest';
import { allFactsOf, factsOf } from '../../../proxy/tools/product-facts.ts';
import { product } from '../../fixtures/products.ts';

const told = (changes: Parameters<typeof product>[2]) => product(1, 'Bed', changes);

test('a description is told without the white space of shop systems, line by line', () => {
  const description = '  Warm\t\tand \u00a0 soft. \r\n\n \n  Washable   at 40 °C.  \n';
  expect(allFactsOf(told({ description }), 'Bed').description).toBe('Warm and soft.\nWashable at 40 °C.');
});

test('what is empty is not told', () => {
  const bare = told({ description: '', categories: [], tags: [], options: [] });
  for (const facts of [factsOf(bare, 'Bed'), allFactsOf(bare, 'Bed')])
    expect(Object.keys(facts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/description|categories|tags|options/)]),
    );
});
