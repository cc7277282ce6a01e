/** At home on any page: strict content policies, pinned versions, hostile styles and scripts, routers that swap the page. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Install } from '../../proxy/protocol/admin/index.ts';
import { tempDir } from '../temp-dir.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';
import { serveStrictPage, type StrictPage } from './strict-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const dir = tempDir();
const adminToken = 'a-token-of-the-operator-0123456789';

let clerk: ShopClerk;
let browser: Browser;
let shop: Awaited<ReturnType<typeof serveStrictPage>>;
beforeAll(async () => {
  shop = await serveStrictPage();
  writeFileSync(dir.file('catalog.json'), '{"products": []}');
  const env = {
    CATALOG_FILE: dir.file('catalog.json'),
    SHOP_SLUG: 'pets',
    SHOP_NAME: 'Pets',
    SHOP_ORIGINS: shop.origin,
    ADMIN_TOKEN: adminToken,
  };
  [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
  await shop?.close();
  dir[Symbol.dispose]();
});

const tag = (file = 'widget.js', attributes = '') =>
  `<script src="${clerk.url}/${file}" defer data-shop="pets" ${attributes}></script>`;

/** Somebody on a page like this. `prepare` runs in it before anything else does. */
async function visit(page: StrictPage, prepare?: () => void) {
  shop.show(page);
  const shopper = await Shopper.arrive(browser, 'about:blank');
  if (prepare) await shopper.page.evaluateOnNewDocument(prepare);
  await shopper.page.goto(shop.origin);
  return Object.assign(shopper, { [Symbol.asyncDispose]: () => shopper.leave() });
}

/** What the strictest page says that still lets us in. */
const strict = () =>
  `default-src 'none'; script-src ${clerk.url}; connect-src ${clerk.url}; img-src data: ${clerk.url}; ` +
  `require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'`;

function integrityOf(file: string): string {
  return `sha384-${createHash('sha384')
    .update(readFileSync(path.join(root, 'dist', file)))
    .digest('base64')}`;
}

test('a pinned version with its hash works under the strictest policy', async () => {
  const pinned = `v${version}/widget.js`;
  const head = tag(pinned, `integrity="${integrityOf(pinned)}" crossorigin="anonymous"`);
  await using shopper = await visit({ head, csp: strict() });
  await shopper.openChat();
  await shopper.ask('Hello');
  await shopper.answered();
  expect(await shopper.answer()).not.toBe('');
  expect(shopper.complaints).toEqual([]);
});

test('a pinned version never changes, and the moving one is asked for again', async () => {
  const pinned = await fetch(`${clerk.url}/v${version}/widget.js`);
  expect(pinned.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(pinned.headers.get('access-control-allow-origin')).toBe('*');
  const moving = await fetch(`${clerk.url}/widget.js`);
  expect(moving.headers.get('cache-control')).toBe('public, max-age=300');
  const known = { 'if-none-match': moving.headers.get('etag')! };
  expect((await fetch(`${clerk.url}/widget.js`, { headers: known })).status).toBe(304);
  expect((await fetch(`${clerk.url}/v0.0.1/widget.js`)).status).toBe(404);
});

test('a policy that keeps the panel out is told with what it has to allow', async () => {
  const csp = `script-src ${clerk.url}/widget.js; require-trusted-types-for 'script'`;
  await using shopper = await visit({ head: tag(), csp });
  await shopper.press('launcher');
  await shopper.waitFor((root) => root.querySelector('[role=status]')!.textContent !== '');
  expect(shopper.complaints.join('\n')).toContain(`CSP script-src ${clerk.url}/`);
});

test.each([
  ['trusted-types shop', () => `trusted-types lit-html`, ''],
  [`connect-src 'self'`, () => `connect-src ${clerk.url}`, ''],
])('a page with %s is told', async (directive, needed) => {
  const csp = `script-src ${clerk.url}; ${directive}; require-trusted-types-for 'script'`;
  await using shopper = await visit({ head: tag(), csp });
  await shopper.press('launcher');
  await expect.poll(() => shopper.complaints.join('\n')).toContain(`Content-Security-Policy: ${needed()}`);
});

test('the lines that the desk gives for a page’s policy are all that the widget needs', async () => {
  const answer = await fetch(`${clerk.url}/api/admin/install?shop=pets`, {
    headers: { authorization: `Bearer ${adminToken}` },
  });
  const { csp } = (await answer.json()) as Install;
  const lines = csp.map(({ directive, sources }) => `${directive} ${sources.join(' ')}`);
  await using shopper = await visit({ head: tag(), csp: `default-src 'none'; ${lines.join('; ')}` });
  await shopper.openChat();
  await shopper.ask('Hello');
  await shopper.answered();
  expect(shopper.complaints).toEqual([]);
});

test('data-debug shows a developer, under the strictest policy, how the page and the proxy are', async () => {
  await using shopper = await visit({ head: tag('widget.js', 'data-debug'), csp: strict() });
  await shopper.press('launcher');
  const said = () =>
    shopper.page.evaluate(() => document.querySelector('shop-clerk-debug')?.shadowRoot?.textContent ?? '');
  await expect.poll(said).toContain('lets');
  expect(await said()).toContain('comes as it is sent');
  expect(shopper.complaints).toEqual([]);
});

test('a panel with other bytes than were built is not run', async () => {
  await using shopper = await visit({ head: tag() });
  const { page } = shopper;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().includes('/panel-')) return void request.continue();
    void request.respond({
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
      body: 'globalThis.stolen = true; export const define = () => {};',
    });
  });
  await shopper.press('launcher');
  await shopper.waitFor((root) => root.querySelector('[role=status]')!.textContent !== '');
  expect(await page.evaluate(() => 'stolen' in globalThis)).toBe(false);
  expect(await page.$eval('shop-clerk >>> [role=status]', (note) => note.textContent)).toContain('did not load');
});

interface LayoutShift {
  value: number;
  sources: { node: Node | null }[];
}

/** What old libraries and careless pages do to everybody's globals. */
function spoil(): void {
  Object.assign(Array.prototype, { each: () => {}, toJSON: () => 'spoilt', remove: () => {} });
  Object.assign(Element.prototype, { hide: () => {}, show: () => {} });
  Object.assign(globalThis, { $: () => null, _: null, process: {}, define: () => {}, module: {}, heard: [] });
  const { heard } = globalThis as unknown as { heard: string[] };
  for (const type of ['error', 'unhandledrejection']) addEventListener(type, () => heard.push(type));
}

const HOSTILE =
  `<style>*{all:unset!important} body *{position:static!important;color:red!important;font:40px cursive!important}` +
  `shop-clerk{pointer-events:none!important;visibility:hidden!important;direction:rtl!important;opacity:.1!important}</style>`;

const box = (page: Page, selector: string) =>
  page.$eval(`shop-clerk >>> ${selector}`, (element) => {
    const { width, height, right, bottom } = element.getBoundingClientRect();
    return { width, height, right: innerWidth - right, bottom: innerHeight - bottom };
  });

test('hostile styles and spoilt globals change nothing, and the page hears of no error', async () => {
  await using shopper = await visit({ head: HOSTILE + tag() }, spoil);
  const { page } = shopper;
  expect(await box(page, '[part=launcher]')).toEqual({ width: 56, height: 56, right: 20, bottom: 20 });
  await shopper.openChat();
  await shopper.ask('Hello');
  await shopper.answered();
  expect(await box(page, '[part=panel]')).toMatchObject({ width: 400, height: 680, right: 20 });
  expect(await shopper.answer()).not.toBe('');
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  expect(shopper.complaints).toEqual([]);
});

test('nothing is left in the page’s globals but the one name, nothing shifts, and no click is caught', async () => {
  await using shopper = await visit(
    { head: tag(), body: '<button style="position:fixed;inset:0">Buy</button>' },
    () => {
      const seen = { before: Object.keys(window), shift: 0, clicks: 0 };
      Object.defineProperty(window, 'seen', { value: seen, enumerable: false });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & LayoutShift)[]) {
          // What moves inside the open panel is not the page's.
          if (entry.sources.some(({ node }) => node?.getRootNode() === document)) seen.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
      addEventListener('click', () => seen.clicks++);
    },
  );
  const { page } = shopper;
  await shopper.press('launcher');
  await shopper.page.locator('shop-clerk >>> textarea').wait();
  await page.keyboard.press('Escape');
  await shopper.waitFor((root) => root.querySelector('dialog[open]') === null);
  for (const [x, y] of [
    [1100, 400],
    [1180, 760],
    [1270, 790],
  ] as const) {
    await page.mouse.click(x, y);
  }
  const seen = await page.evaluate(() => {
    const { before, shift, clicks } = (
      window as unknown as { seen: { before: string[]; shift: number; clicks: number } }
    ).seen;
    // What drives the browser has names of its own there.
    const ours = Object.keys(window).filter((key) => !before.includes(key) && !/puppeteer|__aria/.test(key));
    return { ours, shift, clicks };
  });
  // One click more: the launcher's own.
  expect(seen).toEqual({ ours: ['shopclerk'], shift: 0, clicks: 4 });
});

test('two scripts, of one version or of two, make one chat', async () => {
  await using shopper = await visit({ head: tag() + tag() + tag(`v${version}/widget.js`) });
  await shopper.openChat();
  await shopper.ask('Hello');
  await shopper.answered();
  expect(await shopper.page.$$eval('shop-clerk', (all) => all.length)).toBe(1);
  expect(await shopper.questions()).toEqual(['Hello']);
  expect(shopper.complaints).toEqual([]);
});

test('commands are kept from before the script comes, and answer', async () => {
  const stub = `<script>window.shopclerk = window.shopclerk || function(){(shopclerk.q = shopclerk.q || []).push(arguments)};
    shopclerk('setDraft', 'Something'); shopclerk('open', { prefill: 'A bed' });</script>`;
  await using shopper = await visit({ head: stub + tag() });
  await shopper.waitFor((root) => root.querySelector('textarea')?.value === 'A bed');
  const answers = await shopper.page.evaluate(async () => {
    const { shopclerk } = window as unknown as { shopclerk: (...asked: unknown[]) => Promise<unknown> };
    return [await shopclerk('exportData'), await shopclerk('no such thing'), await shopclerk('close')];
  });
  // What the browser driver hands over has no undefined in it.
  expect(answers).toEqual([null, null, null]);
  expect(shopper.complaints.join('\n')).toMatch(/^Shop Clerk:/);
});

test('a router that swaps the body, and a page that moves the element, leave the answer going', async () => {
  await using shopper = await visit({ head: tag() });
  const { page } = shopper;
  await shopper.openChat();
  await shopper.ask('Hello');
  await page.evaluate(() => {
    document.documentElement.replaceChild(document.createElement('body'), document.body);
    history.pushState(null, '', '/next');
    document.body.append(document.querySelector('shop-clerk')!);
  });
  await shopper.answered();
  expect(await shopper.questions()).toEqual(['Hello']);
  const whole = await shopper.answer();
  await page.evaluate(async () => {
    const element = document.querySelector('shop-clerk')!;
    element.remove();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    document.body.append(element);
  });
  await shopper.answered();
  expect(await shopper.answer()).toBe(whole);
  expect(shopper.complaints).toEqual([]);
});
