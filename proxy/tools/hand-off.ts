import { z } from 'zod';
import { contactNow } from '../opening-hours.ts';
import type { Tool } from './types.ts';

const input = z.strictObject({});

/** Brings the shopper to the people of the shop: their addresses, and the form to write to them, in the conversation. */
export const handOff: Tool<z.infer<typeof input>> = {
  name: 'hand_off',
  description:
    'Shows the shopper how to reach the people of the shop, with a form to write to them. Call it whenever the shopper asks ' +
    'for a person, or for what only people can do: a complaint, a change to an order. Say in one sentence that they are ' +
    'glad to help; do not ask for an address or a phone number yourself, and promise nothing in their name.',
  input,
  worksIn: (shop) => shop.contact !== null,
  personal: true,
  async run(_, { shop, now }) {
    const contact = contactNow(shop, now());
    if (!contact) return { output: { error: 'This shop says nothing of how to reach its people.' } };
    return {
      output: {
        shown: true,
        form: contact.form === true,
        ...(contact.open && { somebody_is_there_now: contact.open.now }),
      },
      events: [{ type: 'notice', code: 'contact', contact }],
    };
  },
};
