import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWooCommerceCart } from '../../../widget/cart/woocommerce.ts';
import { cookieFetch } from '../../fakes/cookie-fetch.ts';
import { startFakeWooCommerceCart } from '../../fakes/fake-woocommerce-cart.ts';
import { line, whole } from './line.ts';

let shop: Awaited<ReturnType<typeof startFakeWooCommerceCart>>;
let jar: Map<string, string>;
let changes: string[];

beforeEach(async () => {
  shop = await startFakeWooCommerceCart();
  jar = new Map();
  changes = [];
});
afterEach(() => shop[Symbol.asyncDispose]());

/** The widget in one tab of the shopper's browser. */
function tab() {
  return createWooCommerceCart({
    root: shop.root,
    send: cookieFetch(jar),
    onChange: (change) => void changes.push(change),
  });
}

/** Adds and expects that it works. */
async function added(...given: Parameters<typeof line>) {
  const result = await tab().add(line(...given), whole);
  if (!result.ok) throw new Error(result.code);
  return result;
}

const posts = () => shop.requests.filter(({ method }) => method === 'POST');

describe('adding', () => {
  test('puts it into the shopper’s own session and says what the cart holds, in the shop’s words and prices', async () => {
    const { cart } = await added('62', { quantity: 2, title: 'What a model called it' });
    expect(cart).toEqual({
      count: 2,
      items: [
        { title: 'מזון יבש לכלבים בוגרים – עוף ואורז 15 ק”ג', quantity: 2, price: { amount: 21_990, currency: 'ILS' } },
      ],
      total: { amount: 43_980, currency: 'ILS' },
    });
    expect(changes).toEqual(['added']);
    expect(await tab().view(whole)).toEqual(cart);
  });

  test('sends an id and a quantity, and neither title nor price nor address', async () => {
    await added('62', { url: 'https://elsewhere.example/checkout' });
    expect(posts().map(({ body }) => body)).toEqual([{ id: 62, quantity: 1 }]);
  });

  test('takes a variation by its id, and names it', async () => {
    const { cart } = await added('76', { productId: '74', options: [{ name: 'משקל', value: '7 ק"ג' }] });
    expect(cart?.items[0]?.title).toBe('מזון גורמה לכלבים – ברווז ותפוח – 7 ק”ג');
    expect(posts()).toHaveLength(1);
  });

  test('says the option that a variation leaves open', async () => {
    const { cart } = await added('92', { productId: '91', options: [{ name: 'Size', value: 'M' }] });
    expect(cart?.items).toMatchObject([{ title: expect.stringMatching(/– M$/), quantity: 1 }]);
  });

  test('finds the variation where the catalogue knows none of its own', async () => {
    const { cart } = await added('74', { options: [{ name: 'משקל', value: '3 ק"ג' }] });
    expect(cart?.items[0]?.price).toEqual({ amount: 8_990, currency: 'ILS' });
  });

  test('of two tabs, each into the same cart', async () => {
    await added('62');
    const { cart } = await added('66');
    expect(cart?.count).toBe(2);
  });
});

describe('what the shop refuses is said by what the shopper can do', () => {
  test.each([
    ['out_of_stock', '68', {}],
    ['out_of_stock', '77', {}],
    ['quantity', '66', { quantity: 99 }],
    ['quantity', '62', { quantity: 0 }],
    ['choose_option', '74', {}],
    ['choose_option', '92', {}],
    ['choose_option', '74', { options: [{ name: 'משקל', value: '99 ק"ג' }] }],
    ['not_purchasable', '57', {}],
    ['not_purchasable', '999999', {}],
  ] as const)('%s: %s %o', async (code, id, { ...more }) => {
    expect(await tab().add(line(id, more as Parameters<typeof line>[1]), whole)).toEqual({ ok: false, code });
    expect(changes).toEqual([]);
  });

  test('a product sold one at a time is not added a second time', async () => {
    await added('67');
    expect(await tab().add(line('67'), whole)).toEqual({ ok: false, code: 'quantity' });
  });

  test('an id that WooCommerce never gave reaches nobody', async () => {
    for (const id of ['gla_62', '', '0', '62.5', '-1', '1e3']) {
      expect(await tab().add(line(id), whole)).toEqual({ ok: false, code: 'unavailable' });
    }
    expect(shop.requests).toEqual([]);
  });
});

describe('the nonce', () => {
  /** Before the next change reaches the shop. */
  function onFirstPost(act: () => void) {
    let done = false;
    shop.faults.push(({ method }) => {
      if (method === 'POST' && !done) {
        done = true;
        act();
      }
      return undefined;
    });
  }

  test('that has expired meanwhile is replaced once, and it is added once', async () => {
    onFirstPost(() => shop.expireNonces());
    const { cart } = await added('62');
    expect(cart?.count).toBe(1);
    expect(posts()).toHaveLength(2);
  });

  test('of a guest who signs in meanwhile is replaced as well', async () => {
    onFirstPost(() => jar.set('wordpress_logged_in_1', 'dana'));
    expect((await added('62')).cart?.count).toBe(1);
  });

  test('that is refused again is not tried a third time', async () => {
    shop.faults.push(({ method }) => {
      if (method === 'POST') shop.expireNonces();
      return undefined;
    });
    expect(await tab().add(line('62'), whole)).toEqual({ ok: false, code: 'unavailable' });
    expect(posts()).toHaveLength(2);
  });
});

describe('undo', () => {
  test('takes out what was added and nothing else', async () => {
    await added('62', { quantity: 2 });
    const { undo } = await added('62', { quantity: 3 });
    await added('62', { quantity: 1 });
    expect(await undo!(whole)).toMatchObject({ ok: true, cart: { count: 3 }, undo: null });
    expect(changes.at(-1)).toBe('removed');
  });

  test('removes the line when nothing is left of it', async () => {
    const { undo } = await added('76', { productId: '74' });
    expect(await undo!(whole)).toMatchObject({ ok: true, cart: { count: 0, items: [] } });
  });

  test('knows its own line, though another tab adds something in the same moment', async () => {
    await added('67');
    const tabs = cookieFetch(jar);
    let looked = false;
    const slow = createWooCommerceCart({
      root: shop.root,
      async send(url, init) {
        const answer = await tabs(url, init);
        if (!looked) {
          looked = true;
          await added('70');
        }
        return answer;
      },
    });
    const result = await slow.add(line('62'), whole);
    const undone = result.ok ? await result.undo!(whole) : result;
    expect(undone).toMatchObject({ ok: true, cart: { count: 2, total: { amount: 5_990 + 3_490 } } });
  });

  test('is content when it is gone already', async () => {
    const first = await added('62');
    await first.undo!(whole);
    expect(await first.undo!(whole)).toMatchObject({ ok: true, cart: { count: 0 } });
  });
});

describe('a shop that can’t be reached', () => {
  test.each([
    ['is under maintenance', () => new Response('<h1>Back soon</h1>', { status: 503 })],
    ['sends its front page', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ['limits how often it is asked', () => Response.json({ code: 'rate_limit_exceeded' }, { status: 400 })],
  ])('because it %s', async (_, fault) => {
    shop.faults.push(fault);
    expect(await tab().add(line('62'), whole)).toEqual({ ok: false, code: 'unavailable' });
    expect(await tab().view(whole)).toBeNull();
  });

  test('because the line is down', async () => {
    await shop[Symbol.asyncDispose]();
    expect(await tab().add(line('62'), whole)).toEqual({ ok: false, code: 'network' });
    expect(await tab().view(whole)).toBeNull();
  });

  test('is not waited for once nobody waits', async () => {
    const gone = new Error('The shopper has moved on.');
    await expect(tab().add(line('62'), AbortSignal.abort(gone))).rejects.toBe(gone);
  });
});
