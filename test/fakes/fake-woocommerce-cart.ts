/** The cart of the recorded WooCommerce on loopback: the protocol is the demo store's, the goods are those of the recordings. */
import type { Good } from '../../demo/carts/goods.ts';
import { goodsIn } from '../../demo/carts/index.ts';
import { createWooCommerceCart } from '../../demo/carts/woocommerce.ts';
import { recordedShop, type Item } from './fake-woocommerce-shop.ts';
import { serveAnswers } from './serve-answers.ts';

/** Answers in place of the shop, or not. */
export type CartFault = (request: Request) => Response | undefined;

export async function startFakeWooCommerceCart() {
  const cart = createWooCommerceCart(goodsIn(recordedGoods()));
  const faults: CartFault[] = [];
  const server = await serveAnswers(async (request, path) => {
    for (const fault of faults) {
      const answer = fault(request);
      if (answer) return answer;
    }
    const api = '/wp-json/wc/store/v1';
    return path.startsWith(`${api}/`) ? cart.answer(request, path.slice(api.length)) : null;
  });
  return { ...server, root: `${server.url}wp-json/`, faults, expireNonces: () => cart.expireNonces() };
}

function recordedGoods(): Good[] {
  const shop = recordedShop();
  const items = [...shop.storeProducts.values(), ...shop.storeVariations.values()];
  return items
    .filter(({ type }) => type !== 'variable')
    .map((item) => goodOf(item, shop.storeProducts.get(item['parent'])));
}

function goodOf(item: Item, parent: Item | undefined): Good {
  const { maximum } = item['add_to_cart'] as { maximum: number };
  const own = (parent?.['variations'] as Item[] | undefined)?.find(({ id }) => id === item.id);
  return {
    id: item.id,
    productId: parent?.id ?? item.id,
    title: straight(item['name']),
    options: (own?.['attributes'] ?? []) as Good['options'],
    price: Number(item['prices'].price),
    listPrice: Number(item['prices'].regular_price),
    currency: item['prices'].currency_code,
    url: new URL(item['permalink']).pathname,
    image: '/picture.jpg',
    stock: item['is_in_stock'] === false ? 0 : maximum < 9_999 && !item['sold_individually'] ? maximum : null,
    purchasable: item['is_purchasable'],
    soldIndividually: item['sold_individually'],
  };
}

/** The name as it was typed in, before WordPress made it ready for a page. */
function straight(name: string): string {
  return name
    .replaceAll(/&#822[01];/g, '"')
    .replaceAll(/&#821[67];/g, "'")
    .replaceAll('&#8211;', '-')
    .replaceAll('&#038;', '&');
}
