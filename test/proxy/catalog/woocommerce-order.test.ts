import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../../../proxy/catalog/source-error.ts';
import { woocommerceOrders } from '../../../proxy/catalog/woocommerce-order.ts';
import { type FakeWooCommerce, startFakeWooCommerce } from '../../fakes/fake-woocommerce.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';

let fake: FakeWooCommerce;
beforeEach(async () => {
  fake = await startFakeWooCommerce();
});
afterEach(() => fake[Symbol.asyncDispose]());

const order = (number: string) =>
  woocommerceOrders({
    url: fake.url,
    web: loopbackWeb(),
    consumerKey: fake.key,
    consumerSecret: fake.secret,
    wait: async () => undefined,
  }).order(number, { signal: new AbortController().signal });

describe('an order', () => {
  test('is told with its status, dates, totals and items', async () => {
    expect(await order('176')).toEqual({
      number: '176',
      status: 'processing',
      email: 'yael@shopper.example.test',
      createdAt: '2026-11-21T00:26:49Z',
      paidAt: '2026-11-21T00:26:49Z',
      total: { amount: 61_470, currency: 'ILS' },
      shipping: { amount: 2_500, currency: 'ILS' },
      discount: { amount: 0, currency: 'ILS' },
      items: [
        { name: 'מזון יבש לכלבים בוגרים – עוף ואורז 15 ק"ג', quantity: 2 },
        { name: 'מזון גורמה לכלבים – ברווז ותפוח - 7 ק"ג', quantity: 1 },
      ],
      notes: [],
    });
  });

  test('has IP, phone, address, key and payment link: none of them leaves the shop room', async () => {
    const told = JSON.stringify([await order('176'), await order('177'), await order('179')]);
    expect(told).not.toMatch(/127\.0\.0\.1|050-|הרצל|כהן|wc_order_|pay_for_order|_reduced_stock|cod/);
    for (const { url } of fake.requests) expect(url.searchParams.get('_fields')).not.toMatch(/order_key|payment|meta/);
  });

  test('has notes of the staff: only those to the customer are told', async () => {
    const { notes, refunded, items } = (await order('177'))!;
    expect(notes).toEqual([{ text: 'Tracking number RR123456789IL (Israel Post)', createdAt: '2026-11-21T00:26:50Z' }]);
    expect(refunded).toEqual({ amount: 3_490, currency: 'ILS' });
    expect(items[1]?.name).toBe('עצמות לעיסה טבעיות XL & ידידותיות');
  });

  test('keeps its own currency when the shop changes', async () => {
    fake.shop.currency = 'USD';
    expect((await order('176'))?.total.currency).toBe('ILS');
  });

  test.each([
    ['of another number', '999999'],
    ['that is a product', '62'],
    ['named by a sentence', 'the last one please'],
    ['named by a path', '176/notes'],
    ['without a number', ''],
  ])('%s is none', async (_, number) => {
    expect(await order(number)).toBeNull();
  });

  test('with a number of a plug-in is found by it, and not by its id', async () => {
    Object.assign(fake.shop.orders.get(176)!, { number: 'KT-2026-7' });
    expect(await order('#KT-2026-7')).toMatchObject({ number: 'KT-2026-7' });
    expect(await order('176')).toBeNull();
  });

  test('that makes no sense is an error without what it holds', async () => {
    Object.assign(fake.shop.orders.get(176)!, { billing: 'yael@shopper.example.test', total: 614.7 });
    const error: unknown = await order('176').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceError);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('yael');
    expect((error as SourceError).message).toContain('billing');
  });
});
