import { stat } from 'node:fs/promises';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, screenshot, startShopClerk } from './harness.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('the proxy starts from nothing, shows its demo store and ends when it is asked to', async () => {
  const clerk = await startShopClerk();
  const page = await browser.newPage();
  try {
    const response = await page.goto(`${clerk.url}/demo/`);
    expect(response?.status()).toBe(200);
    expect((await stat(await screenshot(page, 'harness'))).size).toBeGreaterThan(0);
  } finally {
    await page.close();
    expect(await clerk.stop()).toBe(0);
  }
  expect(clerk.output()).toContain(`Shop Clerk is at ${clerk.url}/demo/`);
});

test('a start that fails says what the proxy said', async () => {
  await expect(startShopClerk({ env: { PORT: 'eighty' } })).rejects.toThrow(/ended with exit code 1[^]*PORT/);
});

test('a start can be called off', async () => {
  const controller = new AbortController();
  const clerk = startShopClerk({ signal: controller.signal });
  controller.abort(new Error('changed my mind'));
  await expect(clerk).rejects.toThrow('changed my mind');
});
