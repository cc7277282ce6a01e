import { expect, test } from 'vitest';
import { Sessions } from '../../demo/carts/goods.ts';
import { createCarts } from '../../demo/carts/index.ts';

const answer = createCarts();
const get = (path: string) => answer(new Request(`http://127.0.0.1/demo/${path}`));

test('the stores’ servers answer for their carts and leave the rest to the files', async () => {
  expect((await get('woocommerce/wp-json/wc/store/v1/cart'))?.status).toBe(200);
  expect((await get('shopify/cart.js'))?.status).toBe(200);
  for (const path of ['', 'index.html', 'woocommerce/', 'shopify/product.html', 'catalog.json', 'cart.js']) {
    expect(await get(path)).toBeNull();
  }
});

test('the address of a product in the Shopify store leads to its page, with the variant', async () => {
  const response = await get('shopify/products/110?variant=2');
  expect(response?.status).toBe(302);
  expect(response?.headers.get('location')).toBe('/demo/shopify/product.html?id=110&variant=2');
});

test('a body that is no JSON is an order for nothing', async () => {
  const post = new Request('http://127.0.0.1/demo/shopify/cart/add.js', { method: 'POST', body: '{"items":' });
  expect((await answer(post))?.status).toBe(400);
});

test('of a thousand sessions and one the oldest is forgotten', () => {
  const sessions = new Sessions<number>();
  for (let session = 0; session <= 1_000; session++) sessions.set(String(session), session);
  expect(sessions.get('0')).toBeUndefined();
  expect(sessions.get('1')).toBe(1);
  expect(sessions.get('1000')).toBe(1_000);
});
