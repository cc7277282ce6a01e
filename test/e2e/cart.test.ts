/** From the question to the shop's own cart, on the three demo stores: WooCommerce's, Shopify's, and one of its own making. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCartModel, type CartModel } from './cart-model.ts';
import { choose, headerCounts, said, use, type Hands } from './cart-page.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

/** A bed in three sizes, the largest sold out. */
const BED = 110;
const [MEDIUM, LARGE, SOLD_OUT] = ['M', 'L', 'XL'];

let model: CartModel;
let clerk: ShopClerk;
let browser: Browser;
beforeAll(async () => {
  model = await startCartModel();
  const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'gpt-5' };
  [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
  await model?.close();
});

const STORES = ['', 'woocommerce/', 'shopify/'] as const;
/** `npm run test:cart` takes each language with either hand; otherwise every store is used in both languages and with both hands once. */
const HANDS: Record<'en' | 'he', Hands[]> = process.env['CART_ALL']
  ? { en: ['mouse', 'keyboard'], he: ['mouse', 'keyboard'] }
  : { en: ['mouse'], he: ['keyboard'] };
type Store = (typeof STORES)[number];

async function visit(store: Store, lang = 'en') {
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/${store}?lang=${lang}`);
  await shopper.openChat();
  return Object.assign(shopper, { [Symbol.asyncDispose]: () => shopper.leave() });
}

async function shown(shopper: Shopper, ...ids: number[]): Promise<void> {
  await shopper.ask(`show ${ids.join(' ')}`);
  await shopper.answered();
}

const ADD = '[part~="card-action"]';
const UNDO = '[part~="cart-result"] button';

describe.each(STORES)('in the store /demo/%s', (store) => {
  describe.each(['en', 'he'] as const)('in %s', (lang) => {
    test.each(HANDS[lang])('ask, choose a size, add it, take it out again: by %s', async (hands) => {
      await using shopper = await visit(store, lang);
      await shown(shopper, BED);
      await choose(shopper, hands, LARGE);
      await use(shopper, hands, ADD);
      await headerCounts(shopper, 1);
      await use(shopper, hands, UNDO);
      await headerCounts(shopper, 0);
      expect(shopper.complaints).toEqual([]);
    });

    test.each(HANDS[lang])('the assistant asks first, and hears what became of it: by %s', async (hands) => {
      await using shopper = await visit(store, lang);
      await shown(shopper, BED);
      await shopper.ask(`add 2 ${BED} ${BED}02`);
      await use(shopper, hands, '[part~="confirm"]');
      await headerCounts(shopper, 2);
      await shopper.answered(2);
      expect(await shopper.answer()).toBe('Done.');
      expect(model.outcomes.at(-1)).toContain('"ok":true');
      expect(shopper.complaints).toEqual([]);
    });
  });

  test('the assistant can be asked what is in the cart', async () => {
    await using shopper = await visit(store);
    await shown(shopper, BED);
    await choose(shopper, 'mouse', MEDIUM);
    await use(shopper, 'mouse', ADD);
    await headerCounts(shopper, 1);
    await shopper.ask('cart');
    await shopper.answered(2);
    expect(model.outcomes.at(-1)).toMatch(/"ok":true.*Cloudrest Orthopaedic Dog Bed/);
  });

  test('"no thanks" leaves the cart as it is, and the assistant hears it', async () => {
    await using shopper = await visit(store);
    await shown(shopper, BED);
    await shopper.ask(`add 1 ${BED} ${BED}02`);
    await use(shopper, 'mouse', '[part~="decline"]');
    await shopper.answered(2);
    expect(await shopper.answer()).toBe('It was not done.');
    expect(model.outcomes.at(-1)).toContain('declined');
    await headerCounts(shopper, 0);
  });

  test('nothing is added before a size is chosen, nor what is sold out', async () => {
    await using shopper = await visit(store);
    await shown(shopper, BED);
    await use(shopper, 'mouse', ADD);
    await choose(shopper, 'mouse', SOLD_OUT);
    expect(await said(shopper, ADD)).toContain('Out of stock');
    await use(shopper, 'mouse', ADD);
    await headerCounts(shopper, 0);
  });

  test('a double click adds one', async () => {
    await using shopper = await visit(store);
    await shown(shopper, BED);
    await choose(shopper, 'mouse', MEDIUM);
    const button = await shopper.page.waitForSelector(`shop-clerk >>> ${ADD}`);
    await button!.click({ count: 2 });
    await shopper.page.waitForSelector(`shop-clerk >>> ${UNDO}`);
    await headerCounts(shopper, 1);
  });

  test('two tabs fill one cart, and what was added in the other stays when this one takes its own out', async () => {
    await using shopper = await visit(store);
    await shown(shopper, BED);
    await choose(shopper, 'mouse', MEDIUM);
    await use(shopper, 'mouse', ADD);
    await headerCounts(shopper, 1);
    const second = await shopper.page.browserContext().newPage();
    await second.setViewport({ width: 1280, height: 800 });
    await second.goto(`${clerk.url}/demo/${store}product.html?id=${BED}&variant=1&lang=en`);
    await second.locator('.offer button').click();
    await second.waitForFunction(() => document.querySelector('.cart .count')?.textContent === '2');
    await second.close();
    await shopper.page.bringToFront();
    await use(shopper, 'mouse', UNDO);
    await headerCounts(shopper, 1);
  });
});

test('what the shop has sold since is said in words, and the mini-cart stays', async () => {
  await using shopper = await visit('woocommerce/');
  await shopper.page.setRequestInterception(true);
  shopper.page.on('request', (request) => {
    if (!request.url().endsWith('/cart/add-item')) return void request.continue();
    const data = { code: 'woocommerce_rest_product_out_of_stock', message: 'sold', data: { status: 400 } };
    void request.respond({ status: 400, contentType: 'application/json', body: JSON.stringify(data) });
  });
  await shown(shopper, BED);
  await choose(shopper, 'mouse', MEDIUM);
  await use(shopper, 'mouse', ADD);
  expect(await said(shopper, '.refusal')).toMatch(/not enough of it left/);
  await headerCounts(shopper, 0);
});

test('a nonce that has gone stale between two requests costs the shopper nothing', async () => {
  await using shopper = await visit('woocommerce/');
  let spoilt = 0;
  await shopper.page.setRequestInterception(true);
  shopper.page.on('request', (request) => {
    const stale = request.url().endsWith('/cart/add-item') && spoilt++ === 0;
    void request.continue(stale ? { headers: { ...request.headers(), nonce: '0123456789' } } : {});
  });
  await shown(shopper, BED);
  await choose(shopper, 'mouse', MEDIUM);
  await use(shopper, 'mouse', ADD);
  await headerCounts(shopper, 1);
  expect(spoilt).toBe(2);
});

test('a reload in the middle of the question asks it again, and what was done is not done twice', async () => {
  await using shopper = await visit('shopify/');
  await shown(shopper, BED);
  await shopper.ask(`add 1 ${BED} ${BED}01`);
  await shopper.page.waitForSelector('shop-clerk >>> [part~="confirm"]');
  await shopper.page.reload();
  await shopper.openChat();
  await use(shopper, 'mouse', '[part~="confirm"]');
  await headerCounts(shopper, 1);
  await shopper.answered(2);
  await shopper.page.reload();
  await headerCounts(shopper, 1);
});
