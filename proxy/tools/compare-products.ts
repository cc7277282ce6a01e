import { z } from 'zod';
import { cleanLine } from '../clean-text.ts';
import type { ComparisonEvent, Product } from '../protocol/index.ts';
import { allFactsOf } from './product-facts.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({
  product_ids: z.array(z.int()).min(2).max(4).describe('Two to four ids from search_products or shown before'),
  title: z.string().max(80).nullable().describe("Heading for the table, in the shopper's language"),
});

/** Options that a table has room for. */
const MAX_ROWS = 12;
const MAX_VALUE = 200;

/** Puts products side by side before the shopper, and tells the model the same. */
export const compareProducts: Tool<z.infer<typeof input>> = {
  name: 'compare_products',
  description:
    'Shows two to four products side by side in a table (price, stock, rating, options) at this place of the answer and ' +
    'returns all facts of them. Then say in a sentence or two which is better for whom; do not repeat the table in text.',
  input,
  async run({ product_ids, title }, { catalog, shop, locale }) {
    const wanted = [...new Set(product_ids)];
    const products = await catalog.byIds(shop.slug, wanted);
    const named = products.map(({ id }) => id);
    if (products.length < 2) {
      const unknown = wanted.filter((id) => !named.includes(id));
      return { output: { error: 'It takes two products of this catalogue to compare.', unknown }, named };
    }
    const cards = products.map((product) => catalog.card(product, locale));
    const heading = cleanLine(title ?? '', 80);
    const comparison: ComparisonEvent = {
      type: 'comparison',
      data: cards,
      rows: rowsOf(cards),
      ...(heading !== '' && { title: heading }),
    };
    return {
      output: { compared: products.map((product, index) => allFactsOf(product, cards[index]!.title)) },
      events: [comparison],
      named,
    };
  },
};

/** A row for each option that any of them has; the same option of several products is one row. */
function rowsOf(products: readonly Product[]): ComparisonEvent['rows'] {
  const said = ({ labels = {} }: Product, text: string) => (Object.hasOwn(labels, text) ? labels[text]! : text);
  const names = new Map(
    products.flatMap((product) => product.options.map(({ name }) => [name.toLowerCase(), said(product, name)])),
  );
  return [...names].slice(0, MAX_ROWS).map(([key, name]) => ({
    name,
    values: products.map((product) => {
      const values = product.options.find((option) => option.name.toLowerCase() === key)?.values ?? [];
      return values.length === 0 ? null : cleanLine(values.map((value) => said(product, value)).join(', '), MAX_VALUE);
    }),
  }));
}
