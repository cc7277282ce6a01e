import { z } from 'zod';
import { hoursInWords } from '../opening-hours.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({});

/** What the owner says of the shop: delivery, returns, opening hours, how to reach people. */
export const getStoreInfo: Tool<z.infer<typeof input>> = {
  name: 'get_store_info',
  description:
    'Returns what the shop says about itself: texts on delivery, returns, opening hours and the like, how to reach its ' +
    'people, its languages and currency. If it says nothing about a question, say so; do not guess.',
  input,
  async run(_, { shop, catalog }) {
    const currency = await catalog.currency(shop.slug);
    const { form, ...addresses } = shop.contact ?? {};
    return {
      output: {
        name: shop.name,
        languages: shop.locales,
        ...(currency !== undefined && { currency }),
        ...(Object.keys(addresses).length > 0 && { contact: addresses }),
        ...(form && { contact_form: 'The shopper can write to the people of the shop in the menu of this chat.' }),
        ...(shop.hours && { opening_hours: hoursInWords(shop.hours) }),
        texts: shop.knowledge,
      },
    };
  },
};
