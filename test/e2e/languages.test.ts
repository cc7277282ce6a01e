/** The built widget in languages other than English: one file more, and no word of English left. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words as ar } from '../../widget/i18n/ar.ts';
import { words as de } from '../../widget/i18n/de.ts';
import { LANGUAGES } from '../../widget/i18n/locale.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

const built = path.resolve(import.meta.dirname, '../../dist/widget');

let clerk: ShopClerk;
let browser: Browser;
beforeAll(async () => {
  [clerk, browser] = await Promise.all([startShopClerk(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
});

test.each([
  ['de', 'Chat', de],
  ['ar', 'دردشة', ar],
])('who reads %s gets its words, in one file', async (language, chat, words) => {
  const shopper = await Shopper.arrive(browser, 'about:blank');
  const files: string[] = [];
  shopper.page.on('response', (response) => files.push(new URL(response.url()).pathname));
  const body = `<!doctype html><html lang="${language}"><title>Store</title><link rel="icon" href="data:," />
    <script src="/widget.js" data-shop="demo" defer></script>`;
  await shopper.page.setRequestInterception(true);
  shopper.page.on('request', (request) => {
    if (!request.isNavigationRequest()) return void request.continue();
    void request.respond({ contentType: 'text/html', body });
  });
  await shopper.page.goto(`${clerk.url}/demo/`);
  const launcher = () => shopper.page.$eval('shop-clerk >>> [part=launcher]', ({ ariaLabel }) => ariaLabel);
  expect(await launcher()).toBe(chat);
  await shopper.openChat();
  expect(await shopper.page.$eval('shop-clerk >>> textarea', ({ placeholder }) => placeholder)).toBe(words.placeholder);
  expect(await launcher()).toBe(words.close);
  const ours = files.filter((file) => /^\/widget\/[a-z]{2}-/.test(file));
  expect(ours).toEqual([expect.stringContaining(`/${language}-`)]);
  expect(shopper.complaints).toEqual([]);
  await shopper.leave();
});

test('every language is built as a file that needs no other', () => {
  for (const language of LANGUAGES.split(' ').filter((language) => language !== 'en')) {
    const files = readdirSync(built).filter((name) => name.startsWith(`${language}-`) && name.endsWith('.js'));
    expect(files, language).toHaveLength(1);
    expect(readFileSync(path.join(built, files[0]!), 'utf8')).not.toMatch(/\bimport\b/);
  }
});
