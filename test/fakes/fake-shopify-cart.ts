/** The cart of a Shopify theme on loopback; the protocol is the demo store's. */
import { goodsIn } from '../../demo/carts/index.ts';
import type { Good } from '../../demo/carts/goods.ts';
import { createShopifyCart } from '../../demo/carts/shopify.ts';
import { serveAnswers } from './serve-answers.ts';

const COAT: Good = {
  id: 1,
  productId: 329,
  title: 'Red Rain Coat',
  options: [{ name: 'Size', value: 'Small' }],
  price: 12_900,
  listPrice: 15_900,
  currency: 'USD',
  url: '/products/329?variant=1',
  image: '/coat.jpg',
  stock: null,
  purchasable: true,
  soldIndividually: false,
};

export const COATS: readonly Good[] = [
  { ...COAT, id: 794_864_229 },
  { ...COAT, id: 794_864_230, options: [{ name: 'Size', value: 'Medium' }], stock: 2 },
  { ...COAT, id: 794_864_231, options: [{ name: 'Size', value: 'Large' }], stock: 0 },
  { ...COAT, id: 55, productId: 330, title: 'Umbrella', options: [], price: 4_000, currency: 'USD' },
];

export async function startFakeShopifyCart(goods: readonly Good[] = COATS) {
  const cart = createShopifyCart(goodsIn(goods));
  /** Answers in place of the shop, or not. */
  const faults: ((request: Request) => Response | undefined)[] = [];
  const server = await serveAnswers(async (request, path) => {
    for (const fault of faults) {
      const answer = fault(request);
      if (answer) return answer;
    }
    return cart.answer(request, path.slice(1));
  });
  return { ...server, faults };
}
