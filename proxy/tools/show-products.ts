import { z } from 'zod';
import { cleanLine } from '../clean-text.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({
  product_ids: z.array(z.int()).min(1).max(12).describe('Ids from search_products, best first'),
  title: z.string().max(80).nullable().describe("Heading for the group, in the shopper's language"),
  why: z.string().max(200).nullable().describe("One sentence on why these fit, in the shopper's language"),
});

/** Puts cards before the shopper. Everything on them comes from the catalogue; an id that isn't there is never shown. */
export const showProducts: Tool<z.infer<typeof input>> = {
  name: 'show_products',
  description:
    'Shows product cards (picture, name, price, stock, link) to the shopper at this place of the answer. Use it whenever ' +
    'you recommend products; then do not repeat prices and links of each in the text.',
  input,
  async run({ product_ids, title, why }, { catalog, shop, locale }) {
    const wanted = [...new Set(product_ids)];
    const products = await catalog.byIds(shop.slug, wanted);
    const found = new Set(products.map((product) => product.id));
    const unknown = wanted.filter((id) => !found.has(id));
    const output = {
      shown: products.map((product) => product.id),
      ...(unknown.length > 0 && { unknown, note: 'The unknown ids are not in this catalogue and were not shown.' }),
    };
    if (products.length === 0) return { output };
    // A model that obeys somebody else may try to hide something in its words.
    const heading = cleanLine(title ?? '', 80);
    const reason = cleanLine(why ?? '', 200);
    return {
      output,
      named: output.shown,
      events: [
        {
          type: 'products',
          data: products.map((product) => catalog.card(product, locale)),
          ...(heading !== '' && { title: heading }),
          ...(reason !== '' && { why: reason }),
        },
      ],
    };
  },
};
