import { z } from 'zod';
import { allFactsOf } from './product-facts.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({ product_id: z.int().describe('Id from search_products or of a product shown before') });

/** All facts of one product, as they are now. */
export const getProduct: Tool<z.infer<typeof input>> = {
  name: 'get_product',
  description:
    'Returns all that the catalogue says of one product as of now: the whole description, every variant with its id, ' +
    'options, price and stock. Use it for questions about one product, and before add_to_cart when there is a choice of variants.',
  input,
  async run({ product_id }, { catalog, shop, locale }) {
    const [product] = await catalog.byIds(shop.slug, [product_id]);
    if (!product) return { output: { error: `There is no product ${product_id} in this catalogue (any more).` } };
    return { output: allFactsOf(product, catalog.card(product, locale).title), named: [product_id] };
  },
};
