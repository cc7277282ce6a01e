/** What a shop's page and its shoppers load, by what a browser really fetches; and what happens when a part of it can't be had. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

/**
 * Bytes of brotli: what every page of the shop loads; and what opening the chat adds, a first answer with cards included. The
 * goal for the second is 30,000 (docs/performance.md). The answer is
 * a plain one, as the prompt asks for; one with more of Markdown takes that along.
 */
const LIMITS = { page: 2_000, opened: 30_000 };

const dist = path.resolve(import.meta.dirname, '../../dist');

let clerk: ShopClerk;
let browser: Browser;
beforeAll(async () => {
  [clerk, browser] = await Promise.all([startShopClerk(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
});

/** Somebody new in the demo store, and the widget's files as they come: name and bytes on the wire. */
async function visit() {
  const shopper = await Shopper.arrive(browser, 'about:blank');
  const files = new Map<string, number>();
  shopper.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!/^\/widget(?:\.js$|\/)/.test(pathname)) return;
    const { 'content-encoding': encoding, 'content-length': length } = response.headers();
    expect(encoding, pathname).toBe('br');
    // As it was laid down by the build.
    expect(Number(length), pathname).toBe(readFileSync(path.join(dist, `${pathname}.br`)).length);
    files.set(pathname, Number(length));
  });
  await shopper.page.goto(`${clerk.url}/demo/`);
  return Object.assign(shopper, { files, [Symbol.asyncDispose]: () => shopper.leave() });
}

function sum(files: ReadonlyMap<string, number>): number {
  return [...files.values()].reduce((total, bytes) => total + bytes, 0);
}

test('a page is light, and so is a first answer with cards', async () => {
  await using shopper = await visit();
  const page = sum(shopper.files);
  await shopper.openChat();
  await shopper.ask('Cat toys under 50');
  await shopper.answered();
  expect((await shopper.cards()).length).toBeGreaterThan(1);
  const opened = sum(shopper.files) - page;
  console.log(`Bytes of brotli: ${page} before anyone opens the chat, ${opened} more for a first answer with cards.`);
  console.table(Object.fromEntries(shopper.files));
  expect(page).toBeLessThanOrEqual(LIMITS.page);
  expect(opened).toBeLessThanOrEqual(LIMITS.opened);
});

test('what can’t be loaded is told, and is there at the next press', async () => {
  await using shopper = await visit();
  await shopper.openChat();
  await shopper.ask('A bed for a dog');
  await shopper.answered();
  const later = () => [...shopper.files.keys()].filter((name) => name.includes('later'));
  expect(later()).toEqual([]);
  let down = true;
  await shopper.page.setRequestInterception(true);
  shopper.page.on('request', (request) => {
    void (down && request.url().includes('/later') ? request.abort() : request.continue());
  });
  await shopper.press('card-action');
  await shopper.waitFor((root) => root.querySelector('.refusal') !== null);
  const told = await shopper.page.$eval('shop-clerk >>> .refusal', (refusal) => refusal.textContent);
  expect(told).toBe('The chat did not load. Please try again.');
  expect(later()).toEqual([]);
  down = false;
  await shopper.press('card-action');
  await shopper.waitFor((root) => root.querySelector('.axis') !== null);
  expect(later()).toHaveLength(1);
  await shopper.ask('Thank you');
  await shopper.answered(2);
});

test('a line that is lost before what mends it has come is mended all the same', async () => {
  await using shopper = await visit();
  await shopper.openChat();
  let refused = 0;
  let down = true;
  await shopper.page.setRequestInterception(true);
  shopper.page.on('request', (request) => {
    if (!down || !/\/api\/|\/trouble/.test(request.url())) return void request.continue();
    if (request.url().includes('/trouble')) down = ++refused < 2;
    void request.abort();
  });
  await shopper.ask('A bed for a dog');
  await shopper.answered();
  expect((await shopper.cards()).length).toBeGreaterThan(0);
  expect(refused).toBe(2);
  expect([...shopper.files.keys()].filter((name) => name.includes('trouble'))).toHaveLength(1);
});
