/** The main job on a real shop's catalogue: what a WooCommerce answered, imported with the command of the README. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { serveShopPage } from './shop-page.ts';
import { Shopper } from './shopper.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dir = tempDir();
let clerk: ShopClerk;
let browser: Browser;
let shop: Awaited<ReturnType<typeof serveShopPage>>;

beforeAll(async () => {
  const recording = path.join(root, 'test/fixtures/woocommerce/store-products.json');
  const said = execFileSync(process.execPath, ['proxy/start.js', 'import', recording, dir.file('catalog.json')], {
    cwd: root,
  });
  expect(said.toString()).toContain('25 products written');
  shop = await serveShopPage();
  const env = { CATALOG_FILE: dir.file('catalog.json'), SHOP_SLUG: 'woo', SHOP_NAME: 'Woo', SHOP_ORIGINS: shop.origin };
  [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
  shop.embed(
    `<button data-shopclerk-open data-shopclerk-prompt="Do you have a hoodie?">Hoodies</button>` +
      `<script src="${clerk.url}/widget.js" defer data-shop="woo"></script>`,
  );
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
  await shop?.close();
  dir[Symbol.dispose]();
});

test('in English: the caps and beanies, with sale prices in ILS', async () => {
  const shopper = await Shopper.arrive(browser, `${shop.origin}/?lang=en`);
  await shopper.openChat();
  await shopper.ask('Do you have a beanie?');
  await shopper.answered();
  const cards = await shopper.cards();
  expect(cards.map(({ title }) => title).toSorted()).toEqual(['Beanie', 'Beanie with Logo']);
  expect(cards.find(({ title }) => title === 'Beanie')).toEqual({
    title: 'Beanie',
    price: expect.stringContaining('₪18.00'),
    oldPrice: expect.stringContaining('₪20.00'),
    stock: 'In stock',
    href: 'http://127.0.0.1:8089/product/beanie/',
  });
  await shopper.leave();
});

test('in Hebrew: dog food with its quotes, its price and what is sold out', async () => {
  const shopper = await Shopper.arrive(browser, `${shop.origin}/?lang=he`);
  await shopper.openChat();
  await shopper.ask('מזון יבש לכלבים');
  await shopper.answered();
  const cards = await shopper.cards();
  const dry = cards.find(({ title }) => title.startsWith('מזון יבש לכלבים בוגרים'))!;
  expect(dry.title).toBe('מזון יבש לכלבים בוגרים – עוף ואורז 15 ק”ג');
  expect(dry.price).toContain('219.90');
  expect(dry.price).toContain('₪');
  expect(dry.oldPrice).toContain('249.90');
  expect(await shopper.answer()).toContain('219.90');
  const soldOut = cards.find(({ title }) => title.includes('היפואלרגני'));
  if (soldOut) expect(soldOut.stock).toBe('אזל מהמלאי');
  await shopper.leave();
});

test('any element of the page may ask a question', async () => {
  const shopper = await Shopper.arrive(browser, `${shop.origin}/?lang=en`);
  await shopper.page.locator('[data-shopclerk-open]').click();
  await shopper.answered();
  expect(await shopper.questions()).toEqual(['Do you have a hoodie?']);
  await shopper.leave();
});

test('a page that the shop did not name gets no answer, and the console says which setting to change before the chat gives up', async () => {
  const stranger = await serveShopPage();
  stranger.embed(`<script src="${clerk.url}/widget.js" defer data-shop="woo"></script>`);
  const shopper = await Shopper.arrive(browser, `${stranger.origin}/?lang=en`);
  await shopper.page.locator('shop-clerk >>> [part="launcher"]').click();
  // The explanation is loaded when somebody needs one.
  await vi.waitFor(() => expect(shopper.complaints.join('\n')).toContain('SHOP_ORIGINS'), 10_000);
  expect(await shopper.page.$('shop-clerk >>> [part~="error"]')).toBeNull();
  await shopper.waitFor((widget) => widget.querySelector('[part~="error"]') !== null);
  await shopper.leave();
  await stranger.close();
});
