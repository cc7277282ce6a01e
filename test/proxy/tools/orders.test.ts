import { describe, expect, test } from 'vitest';
import { openOrders } from '../../../proxy/catalog/orders.ts';
import { createRates } from '../../../proxy/limits/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { createOrderDesk } from '../../../proxy/tools/index.ts';
import type { ShopOrder } from '../../../proxy/catalog/types.ts';
import { startFakeWooCommerce } from '../../fakes/fake-woocommerce.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { open, till } from './till.ts';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const order: ShopOrder = {
  number: '1042',
  status: 'processing',
  email: 'Dana@Example.com',
  createdAt: '2026-11-18T10:00:00Z',
  total: EUR(4_990),
  shipping: EUR(500),
  discount: EUR(0),
  items: [{ name: 'Bowl', quantity: 2 }],
  notes: [{ text: 'Sent with GLS 7781', createdAt: '2026-11-19T10:00:00Z' }],
};
const shop: Shop = {
  ...open,
  catalog: {
    type: 'woocommerce_rest',
    url: 'https://shop.example',
    key: new Secret('ck_1'),
    secret: new Secret('cs_1'),
  },
};

function desk() {
  const asked: string[] = [];
  const lookup = {
    async order(number: string) {
      asked.push(number);
      return number === order.number ? order : null;
    },
  };
  return { asked, desk: createOrderDesk({ open: () => lookup, count: createRates({ windowS: 3_600 }).count }) };
}

async function status(order_number: string, email: string) {
  const call = await till(shop);
  const { output } = await call('get_order_status', { order_number, email }, { orders: desk().desk });
  return output;
}

describe('the status of an order', () => {
  test('is for who knows its number and its e-mail address, however they write it', async () => {
    const output = await status('1042', ' dana@EXAMPLE.com');
    expect(output).toMatchObject({
      found: true,
      order: {
        number: '1042',
        status: 'processing',
        total: '49.90',
        shipping: '5.00',
        currency: 'EUR',
        notes: [{ text: 'Sent with GLS 7781' }],
      },
    });
    expect(JSON.stringify(output)).not.toMatch(/dana/i);
  });

  test('is refused in the same words for an unknown number and for a wrong address', async () => {
    const unknown = await status('9999', 'dana@example.com');
    const wrong = await status('1042', 'eve@example.com');
    expect(unknown).toEqual(wrong);
    expect(unknown).toMatchObject({ found: false });
  });

  test('may be asked for five times an hour by a visitor, and twenty times from an address', async () => {
    const { desk: orders } = desk();
    const tries = (visitorId: string, address = 'home') => orders.countTry({ shop, visitorId, address });
    for (let count = 0; count < 5; count++) expect(await tries('a')).toBe(true);
    expect(await tries('a')).toBe(false);
    for (const visitor of ['b', 'c', 'd'])
      for (let count = 0; count < 5; count++) expect(await tries(visitor)).toBe(true);
    expect(await tries('e')).toBe(false);
    expect(await tries('e', 'elsewhere')).toBe(true);
  });

  test('is not looked up any more after too many tries', async () => {
    const { desk: orders, asked } = desk();
    const call = await till(shop);
    const args = { order_number: '1042', email: 'dana@example.com' };
    const { output } = await call('get_order_status', args, { orders, mayTryOrder: async () => false });
    expect(output).toMatchObject({ found: false, note: expect.stringContaining('too many tries') });
    expect(asked).toEqual([]);
  });

  test('of a shop without a key is nowhere', async () => {
    const { desk: orders, asked } = desk();
    expect(await orders.order(open, '1042', { signal: new AbortController().signal })).toBeNull();
    expect(asked).toEqual([]);
  });
});

test('a shop with a WooCommerce key answers from its real orders, and only to whom they belong', async () => {
  await using fake = await startFakeWooCommerce();
  const { url, key, secret } = fake;
  const keyed: Shop = {
    ...open,
    catalog: { type: 'woocommerce_rest', url, key: new Secret(key), secret: new Secret(secret) },
  };
  const orders = createOrderDesk({
    open: ({ catalog }) => openOrders(catalog, { request: loopbackWeb() }),
    count: async () => undefined,
  });
  const call = await till(keyed);
  const ask = async (email: string) =>
    (await call('get_order_status', { order_number: '#176', email }, { orders })).output;
  expect(await ask('YAEL@shopper.example.test')).toMatchObject({
    found: true,
    order: { number: '176', status: 'processing' },
  });
  expect(await ask('eve@shopper.example.test')).toMatchObject({ found: false });
});
