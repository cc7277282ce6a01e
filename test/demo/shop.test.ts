import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../browser.ts';

const root = path.resolve(import.meta.dirname, '../../demo/shop');
const axe = path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** What the scripts draw last. */
const READY = '.card, .nothing';

let server: Server;
let browser: Browser;
let base: string;
let page: Page;

beforeAll(async () => {
  // Nothing but the shop's own files: /widget.js is missing, and the shop must not mind.
  server = createServer(({ url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://shop');
    const file = pathname === '/demo/' ? 'index.html' : pathname.replace(/^\/demo\//, '');
    readFile(path.join(root, file)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo/`;
  browser = await launch(await chromium());
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

afterEach(async () => {
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

describe('the demo shop without the widget', { timeout: 30_000 }, () => {
  test.each([
    ['./?lang=en', 'light'],
    ['./?lang=he', 'dark'],
    ['product.html?id=119&lang=en', 'dark'],
    ['product.html?id=119&lang=he', 'light'],
  ] as const)('is accessible: %s, %s', async (url, scheme) => {
    await open(url, { scheme });
    await page.addScriptTag({ path: axe });
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
  });

  test('shows every product and narrows them down to what was chosen', async () => {
    await open('./?lang=en');
    expect(await count('.card')).toBe(75);
    await page.locator('nav a[href*="Cats"]').click();
    await page.waitForSelector('nav [aria-current]');
    await page.locator('.filters button[data-focus="kind-Toys"]').click();
    await page.locator('.filters input[data-focus="sale"]').click();
    expect(await texts('.card h3')).toEqual(['Rustle Tunnel, Three Ways']);
    expect(await texts('.section-head [role=status]')).toEqual(['1 product']);

    await page.reload();
    await page.waitForSelector(READY);
    expect(await texts('.card h3')).toEqual(['Rustle Tunnel, Three Ways']);
  });

  test('speaks Hebrew from right to left, keeps it, and tells the widget', async () => {
    await open('product.html?id=101&lang=en');
    await page.locator('a.language').click();
    await page.waitForSelector('html[dir=rtl] .product');
    expect(await texts('h1')).toEqual(['מזון יבש לכלב בוגר – סלמון ואורז']);
    expect(await texts('.option .chip')).toEqual(['2 ק"ג', '7 ק"ג', '14 ק"ג']);
    expect((await texts('.offer .price strong'))[0]).toContain('69.90');

    await go(base);
    expect(await page.$eval('html', (html) => html.lang)).toBe('he');
    expect(await page.$eval('script[data-shop]', (script) => script.getAttribute('data-locale'))).toBe('he');
  });

  test('prices each variant, and does not sell what is sold out', async () => {
    await open('product.html?id=110&lang=en');
    expect(await texts('.offer .price strong')).toEqual(['₪259.00']);
    await page.locator('.chip input[value=XL]').click();
    expect(await texts('.offer .price strong')).toEqual(['₪419.00']);
    expect(await texts('.stock')).toEqual(['Sold out']);
    expect(await page.$eval('.offer button', (button) => button.matches(':disabled'))).toBe(true);
  });

  test('keeps the cart, counts it and empties it', async () => {
    await open('product.html?id=113&lang=en');
    await page.locator('.offer button').click();
    await page.waitForSelector('dialog[open] .line');
    await page.locator('.line [data-focus$=plus]').click();
    expect(await texts('.total strong')).toEqual(['₪39.80']);

    await go(`${base}?lang=he`);
    expect(await texts('.cart .count')).toEqual(['2']);
    await page.locator('.round.cart').click();
    expect(await texts('.line a')).toEqual(['כדור גומי טבעי Bounder']);
    await page.locator('.line .link').click();
    expect(await count('.line')).toBe(0);
    expect(await texts('.drawer-foot')).toEqual(['העגלה ריקה.']);
  });

  test('forgets a cart that is not its own', async () => {
    await open('./?lang=en');
    await page.evaluate(() => localStorage.setItem('pippalo-cart', '{"999-1": 2, "101-1": -4, "102-1"'));
    await page.reload();
    await page.waitForSelector(READY);
    expect(await count('.card')).toBe(75);
    expect(await count('.line')).toBe(0);
  });

  test('says so when a product is not there', async () => {
    await open('product.html?id=999&lang=en');
    expect(await texts('.nothing')).toEqual(['We do not have this product. Back to the shop']);
  });

  test.each(['./?lang=en', './?lang=he', 'product.html?id=110&lang=he'])('fits every screen: %s', async (url) => {
    await open(url);
    for (const width of [320, 390, 820, 1280]) {
      await page.setViewport({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
});

/** A page of the shop, once its products are there. */
async function open(url: string, { scheme = 'light' }: { scheme?: string } = {}) {
  page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await go(base + url);
}

async function go(url: string) {
  await page.goto(url);
  await page.waitForSelector(READY);
}

function texts(selector: string): Promise<string[]> {
  return page.$$eval(selector, (elements) => elements.map((element) => (element as HTMLElement).innerText.trim()));
}

function count(selector: string): Promise<number> {
  return page.$$eval(selector, (elements) => elements.length);
}
