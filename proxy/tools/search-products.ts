import { z } from 'zod';
import { PRODUCT_SORTS, type Facets } from '../catalog/types.ts';
import { toDecimal, toMinor } from '../protocol/index.ts';
import { factsOf } from './product-facts.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({
  query: z
    .string()
    .max(200)
    .describe('Keywords, in the language of the catalogue if you know it; may be empty to browse'),
  synonyms: z.array(z.string().max(200)).max(6).describe('Other words or translations for the same thing'),
  category: z.string().max(200).nullable().describe('A category as `narrow_by` of an earlier search names it'),
  options: z
    .array(
      z.strictObject({
        name: z.string().max(100).nullable().describe('Such as "Size"; null takes any option'),
        value: z.string().max(100),
      }),
    )
    .max(6)
    .describe('Values that the product must be had in, such as a size or a colour'),
  min_price: z.number().min(0).nullable().describe("In whole units of the shop's currency"),
  max_price: z.number().min(0).nullable().describe("In whole units of the shop's currency"),
  in_stock_only: z.boolean(),
  on_sale_only: z.boolean(),
  sort: z.enum(PRODUCT_SORTS),
  limit: z.int().min(1).max(20),
});

/** Of each kind of facet: enough to ask back by, and few tokens. */
const MAX_FACETS = 6;
const MAX_VALUES = 8;

/** Full-text search over the shop's catalogue; the model sees facts and ids, the shopper sees nothing yet. */
export const searchProducts: Tool<z.infer<typeof input>> = {
  name: 'search_products',
  description:
    "Searches the shop's catalogue and returns matching products with id, price and stock, and by what the search could be " +
    'narrowed. Use it before you name any product. It shows nothing to the shopper: call show_products with the ids that fit.',
  input,
  async run(wanted, { catalog, shop, locale }) {
    const currency = await catalog.currency(shop.slug);
    if (currency === undefined) return { output: { products: [], found: 0, note: 'The catalogue is empty.' } };
    const { query, synonyms, category, options, min_price, max_price, in_stock_only, on_sale_only, sort, limit } =
      wanted;
    const question = {
      query,
      synonyms,
      ...(category !== null && category !== '' && { category }),
      ...(options.length > 0 && {
        options: options.map(({ name, value }) => ({ ...(name !== null && { name }), value })),
      }),
      ...(min_price !== null && { minPrice: toMinor(min_price, currency) }),
      ...(max_price !== null && { maxPrice: toMinor(max_price, currency) }),
      inStockOnly: in_stock_only,
      onSaleOnly: on_sale_only,
      sort,
      limit,
    };
    const hits = await catalog.search(shop.slug, question);
    const facets = hits.length > 0 ? await catalog.facets(shop.slug, question) : undefined;
    return {
      output: {
        products: hits.map(({ product }) => factsOf(product, catalog.card(product, locale).title)),
        found: hits.length,
        currency,
        ...(facets && { narrow_by: narrowing(facets, currency) }),
      },
      named: hits.map(({ product }) => product.id),
      lookUp: { kind: 'search', query, found: hits.length },
    };
  },
};

function narrowing({ categories, brands, options, price, inStock, counted }: Facets, currency: string) {
  const values = (all: readonly { value: string; count: number }[]) =>
    Object.fromEntries(all.slice(0, MAX_VALUES).map(({ value, count }) => [value, count]));
  return {
    counted,
    in_stock: inStock,
    // What leaves no choice narrows nothing.
    ...(categories.length > 1 && { categories: values(categories) }),
    ...(brands.length > 1 && { brands: values(brands) }),
    ...(options.length > 0 && {
      options: Object.fromEntries(options.slice(0, MAX_FACETS).map((option) => [option.name, values(option.values)])),
    }),
    ...(price && {
      lowest_price: toDecimal({ amount: price.min, currency }),
      highest_price: toDecimal({ amount: price.max, currency }),
    }),
  };
}
