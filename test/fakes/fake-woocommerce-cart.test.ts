import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieFetch } from './cookie-fetch.ts';
import { startFakeWooCommerceCart } from './fake-woocommerce-cart.ts';
import { recording } from './fake-woocommerce-shop.ts';

/** One shopper's way through the recorded shop, in the order of the recordings. */
const STEPS = [
  'cart-get-anonymous',
  'cart-add-no-nonce',
  'cart-add-bad-nonce',
  'cart-add-nonce',
  'cart-get-cookie',
  'cart-update-item',
  'cart-update-item-bad-key',
  'cart-add-variation-id',
  'cart-add-variation-attrs',
  'cart-add-error-variable-parent',
  'cart-add-error-outofstock',
  'cart-add-error-variation-outofstock',
  'cart-add-error-too-many',
  'cart-add-error-any',
  'cart-add-error-external',
  'cart-add-error-missing',
  'cart-add-sold-individually-1',
  'cart-add-sold-individually-2',
  'cart-add-qty-0',
];

let shop: Awaited<ReturnType<typeof startFakeWooCommerceCart>>;
const send = cookieFetch();
/** The keys of the recorded cart, in the fake's words. */
const keys = new Map<string, string>();

beforeAll(async () => {
  shop = await startFakeWooCommerceCart();
});
afterAll(() => shop[Symbol.asyncDispose]());

test.each(STEPS)('answers as the real shop did: %s', async (name) => {
  const { request, response } = recording(name);
  const recorded = response.body as Body;
  const nonce = (await send(`${shop.root}wc/store/v1/cart`, {})).headers.get('nonce')!;
  const given = request.headers?.['Nonce'];
  const sent = { ...(request.body as object | undefined) } as { key?: string };
  const answer = await send(`${shop.root}wc/store/v1${/\/v1(\/.*)$/.exec(request.url)![1]}`, {
    method: request.method,
    ...(request.method === 'POST' && {
      headers: {
        'content-type': 'application/json',
        // The recorded shop's own nonce stands for whichever is good here.
        ...(given !== undefined && { nonce: given === '0123456789' ? given : nonce }),
      },
      body: JSON.stringify({ ...sent, ...(sent.key && { key: keys.get(sent.key) ?? sent.key }) }),
    }),
  });
  const body = (await answer.json()) as Body;
  expect(answer.status).toBe(response.status);
  expect(answer.headers.get('nonce')).toMatch(/^[\da-f]{10}$/);
  expect({ code: body.code, message: body.message }).toEqual({ code: recorded.code, message: recorded.message });
  if (!recorded.items) return;
  expect(body.items.map(comparable)).toEqual(recorded.items.map(comparable));
  expect(body.items_count).toBe(recorded.items_count);
  expect(Object.keys(recorded)).toEqual(expect.arrayContaining(Object.keys(body)));
  for (const [index, { key }] of recorded.items.entries()) keys.set(key, body.items[index]!.key);
});

interface Body {
  code?: string;
  message?: string;
  items: (Record<string, unknown> & { key: string; prices: Record<string, string> })[];
  items_count: number;
}

function comparable({
  id,
  type,
  quantity,
  quantity_limits,
  name,
  sold_individually,
  variation,
  prices,
}: Body['items'][number]) {
  const { price, currency_code, currency_minor_unit } = prices;
  return {
    id,
    type,
    quantity,
    quantity_limits,
    name,
    sold_individually,
    variation,
    price,
    currency_code,
    currency_minor_unit,
  };
}
