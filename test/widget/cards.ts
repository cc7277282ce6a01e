/** What the tests of cards and carts share: a bed to choose from, and a cart that says what the test wants. */
import type { Product, ProductVariant, ShopSettings } from '../../proxy/protocol/index.ts';
import type { CartResult } from '../../widget/cart/types.ts';
import type { AddIntent } from '../../widget/components/later-intents.ts';
import { product, shop } from './fake-chat.ts';

export const withCart: ShopSettings = { ...shop, cart: 'woocommerce', cart_url: '/cart' };

export const ils = (amount: number) => ({ amount, currency: 'ILS' });

const variant = (
  id: string,
  size: string,
  colour: string,
  amount: number,
  change: Partial<ProductVariant> = {},
): ProductVariant => ({
  id,
  title: `${size} / ${colour}`,
  price: ils(amount),
  availability: 'in_stock',
  options: [
    { name: 'Size', value: size },
    { name: 'Colour', value: colour },
  ],
  ...change,
});

/** L is sold out in grey; S is not made in sand. */
export const bed: Product = product(11, {
  title: 'Cloud bed',
  price: { min: ils(19900), max: ils(34900) },
  options: [
    { name: 'Size', values: ['S', 'L'] },
    { name: 'Colour', values: ['Grey', 'Sand'] },
  ],
  variants: [
    variant('v1', 'S', 'Grey', 19900),
    variant('v2', 'L', 'Grey', 29900, { availability: 'out_of_stock' }),
    variant('v3', 'L', 'Sand', 34900, { list_price: ils(39900) }),
  ],
});

/** Answers the `intent-add` of everything below `root`. */
export function fakeCart(root: EventTarget) {
  const asked: AddIntent['addition'][] = [];
  const cart = { asked, result: Promise.resolve<CartResult>({ ok: true, cart: null, undo: null }) };
  root.addEventListener('intent-add', (event) => {
    const intent = event as AddIntent;
    asked.push(intent.addition);
    intent.result = cart.result;
  });
  return cart;
}
