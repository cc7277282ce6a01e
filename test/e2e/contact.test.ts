/** From the shop's last cent to a message that its people find: the way that is left when no answer can be paid. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseIn, openSqlite } from '../../proxy/storage/index.ts';
import { answer, startFakeOpenAi, type FakeOpenAi } from '../fakes/fake-openai.ts';
import { tempDir } from '../temp-dir.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

const IN_SHADOW = 'shop-clerk >>> ';
const FORM = `${IN_SHADOW}[part="contact-form"] `;
const dir = tempDir();
let model: FakeOpenAi;
let clerk: ShopClerk;
let browser: Browser;

beforeAll(async () => {
  model = await startFakeOpenAi(() => answer('Yes.'));
  const env = {
    DATA_DIR: dir.path,
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_MODEL: 'gpt-5',
    SHOP_BUDGET_USD_PER_DAY: '0.000001',
    SHOP_WHEN_SPENT: 'contact',
  };
  [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
  await model?.close();
  dir[Symbol.dispose]();
});

async function visit(lang = 'en') {
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=${lang}`, { phone: lang === 'he' });
  await shopper.openChat();
  return Object.assign(shopper, { [Symbol.asyncDispose]: () => shopper.leave() });
}

/** What is kept, the newest first. */
async function kept() {
  const storage = openSqlite({ file: databaseIn(dir.path) });
  try {
    const shops = await storage.shopsWithContactMessages();
    return (await Promise.all(shops.map((shop) => storage.contactMessages(shop, { limit: 10 })))).flat();
  } finally {
    await storage.close();
  }
}

const sent = (root: ShadowRoot) => root.querySelector('[part="contact-sent"]') !== null;

test('a shop whose budget is used up says so, and takes a message with the conversation', async () => {
  await using shopper = await visit();
  const { page } = shopper;
  await shopper.ask('Is the blue bed washable?');
  await shopper.answered();
  expect(model.requests).toEqual([]);
  await shopper.press('contact-open');
  await page.locator(`${FORM}[type="email"]`).fill('noa@shopper.example');
  await page.locator(`${FORM}[type="checkbox"]`).click();
  await page.locator(`${FORM}.primary`).click();
  await shopper.waitFor(sent);
  expect(shopper.complaints).toEqual([]);

  const [row, ...others] = await kept();
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    name: '',
    email: 'noa@shopper.example',
    text: 'Is the blue bed washable?',
    threadId: expect.stringMatching(/^thr_/),
    locale: 'en',
    delivery: 'kept',
    handledAt: null,
  });
});

test('what the proxy takes for no address is said at the field, and can be mended', async () => {
  await using shopper = await visit('he');
  const { page } = shopper;
  await shopper.press('menu');
  await page.locator(`${IN_SHADOW}[role="menuitem"]`).click();
  await page.locator(`${FORM}[autocomplete="name"]`).fill('נועה');
  await page.locator(`${FORM}[type="email"]`).fill('noa@shopper');
  await page.locator(`${FORM}textarea`).fill('אפשר לכבס את המיטה הכחולה?');
  await page.locator(`${FORM}.primary`).click();
  await shopper.waitFor((root) => root.querySelector('[type="email"][aria-invalid="true"]') !== null);
  await page.locator(`${FORM}[type="email"]`).fill('noa@shopper.example');
  await page.locator(`${FORM}.primary`).click();
  await shopper.waitFor(sent);

  const [row] = await kept();
  expect(row).toMatchObject({ name: 'נועה', text: 'אפשר לכבס את המיטה הכחולה?', threadId: null, locale: 'he' });
});

test('what leads to the shop’s people says so when it can’t be loaded, and comes on the second try', async () => {
  await using shopper = await visit();
  const { page } = shopper;
  let lost = true;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (lost && request.url().includes('later-pieces')) void request.abort();
    else void request.continue();
  });
  await shopper.ask('Is the blue bed washable?');
  await shopper.waitFor((root) => root.querySelector('.assistant [part="error"] button') !== null);
  lost = false;
  await page.locator(`${IN_SHADOW}.assistant [part="error"] button`).click();
  await shopper.waitFor((root) => root.querySelector('[part="contact-open"]') !== null);
  expect(await page.$eval(`${IN_SHADOW}.notice a`, (link) => link.href)).toBe('mailto:hello@pippalo.example');
});
