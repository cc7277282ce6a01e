import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createShopifyCart } from '../../../widget/cart/shopify.ts';
import { cookieFetch } from '../../fakes/cookie-fetch.ts';
import { COATS, startFakeShopifyCart } from '../../fakes/fake-shopify-cart.ts';
import { line, whole } from './line.ts';

const [SMALL, MEDIUM, LARGE] = ['794864229', '794864230', '794864231'];
const url = 'https://shop.example/products/329?variant=1';

let shop: Awaited<ReturnType<typeof startFakeShopifyCart>>;
let jar: Map<string, string>;
let changes: [string, unknown][];

beforeEach(async () => {
  shop = await startFakeShopifyCart();
  jar = new Map();
  changes = [];
});
afterEach(() => shop[Symbol.asyncDispose]());

function tab() {
  return createShopifyCart({
    root: shop.url,
    send: cookieFetch(jar),
    sections: () => ({ sections: ['cart-drawer'], sections_url: '/' }),
    onChange: (change, _, cart) => void changes.push([change, cart['item_count']]),
  });
}

async function added(...given: Parameters<typeof line>) {
  const result = await tab().add(line(...given), whole);
  if (!result.ok) throw new Error(result.code);
  return result;
}

const posts = () => shop.requests.filter(({ method }) => method === 'POST');

test('puts the variant into the shopper’s cart and says what it holds', async () => {
  const { cart } = await added(SMALL, { quantity: 2 });
  expect(cart).toEqual({
    count: 2,
    items: [{ title: 'Red Rain Coat - Small', quantity: 2, price: { amount: 12_900, currency: 'USD' } }],
    total: { amount: 25_800, currency: 'USD' },
  });
  expect(posts()[0]!.body).toEqual({
    items: [{ id: Number(SMALL), quantity: 2 }],
    sections: ['cart-drawer'],
    sections_url: '/',
  });
  expect(changes).toEqual([['added', 2]]);
  expect(await tab().view(whole)).toEqual(cart);
});

test.each([
  ['as the Storefront API writes it', `gid://shopify/ProductVariant/${SMALL}`],
  ['as a feed for Google does', `shopify_IL_329_${SMALL}`],
])('knows the variant by its number, %s', async (_, id) => {
  expect((await added(id)).cart?.count).toBe(1);
});

test('writes amounts in the currency’s own smallest unit', async () => {
  await using yen = await startFakeShopifyCart([{ ...COATS[0]!, price: 100_000, currency: 'JPY' }]);
  const cart = createShopifyCart({ root: yen.url, send: cookieFetch() });
  const result = await cart.add(line(SMALL), whole);
  expect(result).toMatchObject({ ok: true, cart: { total: { amount: 1_000, currency: 'JPY' } } });
});

describe('what the shop refuses', () => {
  test('is sold out', async () => {
    expect(await tab().add(line(LARGE, { url }), whole)).toEqual({ ok: false, code: 'out_of_stock' });
  });

  test('is more than there is, which only the product can tell: the words are in the shop’s language', async () => {
    expect(await tab().add(line(MEDIUM, { url, quantity: 3 }), whole)).toEqual({ ok: false, code: 'quantity' });
    expect(shop.requests.at(-1)!.path).toBe('/products/329.js');
  });

  test('is taken for sold out where its page does not say which product it is', async () => {
    const refused = await tab().add(line(MEDIUM, { quantity: 3, url: 'https://shop.example/' }), whole);
    expect(refused).toEqual({ ok: false, code: 'out_of_stock' });
  });

  test('is no product of the shop', async () => {
    expect(await tab().add(line('12345'), whole)).toEqual({ ok: false, code: 'not_purchasable' });
    expect(changes).toEqual([]);
  });

  test('is no id of Shopify’s, and reaches nobody', async () => {
    for (const id of ['coat', '', '0', 'gid://shopify/Product/329', '1e3']) {
      expect(await tab().add(line(id), whole)).toEqual({ ok: false, code: 'unavailable' });
    }
    expect(shop.requests).toEqual([]);
  });
});

describe('undo', () => {
  test('takes out what was added and nothing else', async () => {
    await added(SMALL, { quantity: 2 });
    const { undo } = await added(SMALL, { quantity: 3 });
    await added('55');
    expect(await undo!(whole)).toMatchObject({ ok: true, cart: { count: 3 }, undo: null });
    expect(changes.at(-1)).toEqual(['removed', 3]);
  });

  test('is content when it is gone already', async () => {
    const { undo } = await added(SMALL);
    await undo!(whole);
    expect(await undo!(whole)).toMatchObject({ ok: true, cart: { count: 0 } });
  });
});

describe('a shop that can’t be reached', () => {
  test.each([
    ['asks who it is talking to', () => new Response('<html>captcha', { status: 430 })],
    ['is closed behind a password', () => new Response('<!doctype html>')],
  ])('because it %s', async (_, fault) => {
    shop.faults.push(fault);
    expect(await tab().add(line(SMALL), whole)).toEqual({ ok: false, code: 'unavailable' });
    expect(await tab().view(whole)).toBeNull();
  });

  test('because the line is down', async () => {
    await shop[Symbol.asyncDispose]();
    expect(await tab().add(line(SMALL), whole)).toEqual({ ok: false, code: 'network' });
  });

  test('after the addition has worked leaves only the cart’s contents unknown', async () => {
    shop.faults.push(({ url: asked }) => (asked.endsWith('/cart.js') ? new Response('', { status: 500 }) : undefined));
    expect(await added(SMALL)).toMatchObject({ cart: null, undo: expect.any(Function) });
    expect(changes).toEqual([['added', undefined]]);
  });

  test('is not waited for once nobody waits', async () => {
    const gone = new Error('The shopper has moved on.');
    await expect(tab().add(line(SMALL), AbortSignal.abort(gone))).rejects.toBe(gone);
  });
});
