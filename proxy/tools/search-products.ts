import { z } from 'zod';
import type { StoredProduct } from '../catalog/types.ts';
import { toDecimal, toMinor } from '../protocol/index.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({
  query: z
    .string()
    .max(200)
    .describe('Keywords, in the language of the catalogue if you know it; may be empty to browse'),
  synonyms: z.array(z.string().max(200)).max(6).describe('Other words or translations for the same thing'),
  min_price: z.number().min(0).nullable().describe("In whole units of the shop's currency"),
  max_price: z.number().min(0).nullable().describe("In whole units of the shop's currency"),
  in_stock_only: z.boolean(),
  on_sale_only: z.boolean(),
  limit: z.int().min(1).max(20),
});

/** Characters of a description that the model gets for each product found. */
const EXCERPT = 240;

/** Full-text search over the shop's catalogue; the model sees facts and ids, the shopper sees nothing yet. */
export const searchProducts: Tool<z.infer<typeof input>> = {
  name: 'search_products',
  description:
    "Searches the shop's catalogue and returns matching products with id, price and stock. Use it before you name any " +
    'product. It shows nothing to the shopper: call show_products with the ids that fit.',
  input,
  async run({ query, synonyms, min_price, max_price, in_stock_only, on_sale_only, limit }, { catalog, shop, locale }) {
    const currency = await catalog.currency(shop.slug);
    if (currency === undefined) return { output: { products: [], total: 0, note: 'The catalogue is empty.' } };
    const hits = await catalog.search(shop.slug, {
      query,
      synonyms,
      ...(min_price !== null && { minPrice: toMinor(min_price, currency) }),
      ...(max_price !== null && { maxPrice: toMinor(max_price, currency) }),
      inStockOnly: in_stock_only,
      onSaleOnly: on_sale_only,
      limit,
    });
    return {
      output: {
        products: hits.map(({ product }) => factsOf(product, catalog.card(product, locale).title)),
        total: hits.length,
        currency,
      },
    };
  },
};

function factsOf(product: StoredProduct, title: string) {
  const { min, max } = product.price;
  return {
    id: product.id,
    title,
    ...(product.brand !== undefined && { brand: product.brand }),
    price: toDecimal(min),
    ...(max.amount !== min.amount && { highest_price: toDecimal(max) }),
    ...(product.listPrice && { regular_price: toDecimal(product.listPrice), on_sale: true }),
    availability: product.purchasable ? product.availability : 'not_for_sale_here',
    categories: product.categories,
    ...(product.options.length > 0 && { options: Object.fromEntries(product.options.map((o) => [o.name, o.values])) }),
    ...(product.rating && { rating: product.rating.value }),
    ...(product.description !== '' && { description: excerpt(product.description) }),
  };
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= EXCERPT) return line;
  const space = line.lastIndexOf(' ', EXCERPT);
  // Chinese and Thai have no spaces; and no pair of surrogates may be cut in two.
  const cut = line.slice(0, space > 0 ? space : EXCERPT).replace(/\p{Surrogate}$/u, '');
  return `${cut} …`;
}
