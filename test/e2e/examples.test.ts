/**
 * The demo's example pages: each opens in silence, is accessible and answers, and what it shows as its code is what it runs.
 * `npm test` takes some of them; `npm run test:examples` all.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { documents } from '../../demo/examples/document.ts';
import { examples } from '../../demo/examples/examples.ts';
import { NO_LIMITS } from '../fixtures/no-limits.ts';
import { openBrowser, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper, type Look } from './shopper.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let clerk: ShopClerk;
let browser: Browser;
beforeAll(async () => {
  // All pages together ask more than one address may in a minute.
  [clerk, browser] = await Promise.all([startShopClerk({ env: NO_LIMITS }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await clerk?.stop();
});

async function visit(path: string, look?: Look) {
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/${path}`, look);
  return Object.assign(shopper, { [Symbol.asyncDispose]: () => shopper.leave() });
}

/** What is wrong on the page for people who can't see or point, and where. The chat has tests of its own. */
async function violations({ page }: Shopper): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
    };
    const found = await axe.run({ exclude: ['shop-clerk'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`);
  });
}

/** Some in Hebrew, some dark, some on a phone, so that all of it is seen without seeing each page eight times. */
const LOOKS: Look[] = [{}, { dark: true }, { phone: true }, { phone: true, dark: true }];
const isWhole = process.env['EXAMPLES_ALL'] !== undefined;
const frameworks = isWhole ? ['react', 'vue', 'svelte'] : ['react'];
const some = new Set(['csp', 'vue', 'svelte']);
const pages = examples.map(({ name }, at) => [name, at % 3 === 1 ? 'he' : 'en', LOOKS[at % 4]!] as const);

test.each(pages.filter(([name]) => isWhole || some.has(name)))(
  '%s answers, without a word in the console',
  async (name, lang, look) => {
    await using shopper = await visit(`examples/${name}?lang=${lang}`, look);
    const { page } = shopper;
    if (name === 'consent') await page.locator('[data-consent="granted"]').click();
    else if (await page.$('shop-clerk[layout="inline"]')) await page.locator('shop-clerk >>> textarea').wait();
    else await shopper.openChat();
    await shopper.ask(lang === 'he' ? 'מה במבצע?' : 'What is on sale?');
    await shopper.answered();
    expect(await shopper.answer()).not.toBe('');
    expect(await violations(shopper)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(shopper.complaints).toEqual([]);
  },
);

test.each(frameworks)('%s sets attributes, hears events, and leaves nothing behind', async (name) => {
  await using shopper = await visit(`examples/${name}`);
  const { page } = shopper;
  const press = (text: string) => page.locator(`.live button ::-p-text(${text})`).click();
  const count = (selector: string) => page.$$eval(selector, (all) => all.length);
  await page.locator('shop-clerk >>> textarea').wait();
  expect(await page.$eval('shop-clerk', (element) => element.getAttribute('color-scheme'))).toBe('auto');
  await press('Dark');
  await page.waitForSelector('shop-clerk[color-scheme="dark"]');

  expect(await count('.goods article')).toBe(0);
  await shopper.ask('Cat toys under 50');
  await shopper.answered();
  expect(await count('.goods article')).toBe((await shopper.cards()).length);

  const names = () => page.evaluate(() => Object.keys(window).filter((key) => !/puppeteer|__aria/.test(key)));
  const before = await names();
  const children = await page.$eval('html', ({ children }) => children.length);
  for (let round = 0; round < 2; round++) {
    await press('Take it away');
    await page.waitForFunction(() => document.querySelector('shop-clerk') === null);
    await press('Bring it back');
    await page.locator('shop-clerk >>> textarea').wait();
  }
  await shopper.answered();
  expect(await shopper.questions()).toEqual(['Cat toys under 50']);
  expect(await count('shop-clerk')).toBe(1);
  expect(await names()).toEqual(before);
  expect(await page.$eval('html', ({ children }) => children.length)).toBe(children);
  // An event that were heard twice would show every product twice.
  await shopper.ask('A bed for a large dog');
  await shopper.answered(2);
  expect(await count('.goods article')).toBe((await shopper.cards()).length);
  expect(shopper.complaints).toEqual([]);
});

test('a shop’s settings dress the chat, where the page says nothing', async () => {
  const look = async (dark: boolean) => {
    await using shopper = await visit('examples/shop-theme', { dark });
    await shopper.openChat();
    // The settings are there.
    await shopper.page.locator('shop-clerk >>> .greeting').wait();
    const ask = (part: string, names: string[]) =>
      shopper.page.$eval(
        `shop-clerk >>> [part=${part}]`,
        (element, wanted) => wanted.map((name) => getComputedStyle(element).getPropertyValue(name)),
        names,
      );
    return {
      launcher: await ask('launcher', ['background-color', 'width']),
      panel: await ask('panel', ['background-color', 'color', 'border-top-left-radius', 'font-size', 'left']),
    };
  };
  expect(await look(false)).toEqual({
    launcher: ['rgb(179, 65, 43)', '64px'],
    panel: ['rgb(255, 250, 243)', 'rgb(51, 37, 31)', '22px', '16px', '20px'],
  });
  expect(await look(true)).toMatchObject({
    launcher: ['rgb(242, 164, 139)', '64px'],
    panel: ['rgb(36, 27, 23)', 'rgb(247, 236, 226)', '22px', '16px', '20px'],
  });
});

test('going on to another page of an app leaves the answer going', async () => {
  await using shopper = await visit('examples/spa');
  const { page } = shopper;
  await shopper.openChat();
  await shopper.ask('What is on sale?');
  await page.locator('[data-route="birds"]').click();
  await page.waitForFunction(() => document.querySelector('#outlet h2')?.textContent === 'Birds');
  await shopper.answered();
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#outlet h2')?.textContent === 'Dogs');
  expect(await shopper.questions()).toEqual(['What is on sale?']);
  expect(await page.$$eval('shop-clerk', (all) => all.length)).toBe(1);
  expect(shopper.complaints).toEqual([]);
});

test.each([
  ['en', 'Monday', ['9:00, 14:30', '11:00', '10:15, 16:00']],
  ['he', 'שני', ['9:00, 14:30', '11:00', '10:15, 16:00']],
])('a function of the page is called, and what it says is told (%s)', async (lang, monday, all) => {
  await using shopper = await visit(`examples/page-tools?lang=${lang}`);
  const { page } = shopper;
  const asked = () => page.$$eval('.log p', (lines) => lines.map(({ textContent }) => textContent));
  await page.locator('.live .primary').click();
  await page.waitForSelector('.log p');
  await shopper.answered();
  expect(await asked()).toEqual(['grooming_slots()']);
  for (const times of all) expect(await shopper.answer()).toContain(times);
  await page.evaluate(() => document.querySelector('shop-clerk')!.close());
  await page.locator('.live .chip').click();
  await shopper.answered(2);
  expect(await asked()).toEqual([`grooming_slots(${monday})`, 'grooming_slots()']);
  expect(await shopper.answer()).toContain(`${monday}: 9:00, 14:30`);
  expect(await shopper.answer()).not.toContain('11:00');
  expect(shopper.complaints).toEqual([]);
});

test('what an answer rests on is a page of the shop', async () => {
  await vi.waitFor(() => expect(clerk.output()).toMatch(/"shop":"demo".*"documents read"/), 20_000);
  await using shopper = await visit('examples/sources');
  await shopper.page.locator('[data-shopclerk-prompt^="How long"]').click();
  await shopper.answered();
  const link = await shopper.page.waitForSelector('shop-clerk >>> .sources a');
  const { href, target, title } = await link!.evaluate((a) => ({
    href: a.href,
    target: a.target,
    title: a.querySelector('bdi')!.textContent,
  }));
  expect(href).toMatch(/\/demo\/documents\/returns\.(en|he)\.md$/);
  // Of this site: it opens here, and the conversation comes along.
  expect(target).toBe('');
  await shopper.page.goto(href);
  expect(await shopper.page.$eval('h1', (heading) => heading.textContent)).toBe(title);
  expect(await violations(shopper)).toEqual([]);
});

test('every document has a page, and the list leads to every example', async () => {
  const titles = await Promise.all(
    documents.map(async (name) => {
      const response = await fetch(`${clerk.url}/demo/documents/${name}`);
      return /<h1>(.+?)<\/h1>/.exec(await response.text())?.[1] ?? `${name}: ${response.status}`;
    }),
  );
  expect(titles.filter((title) => /: \d{3}$/.test(title))).toEqual([]);
  await using shopper = await visit('examples/?lang=he', { phone: true });
  const links = await shopper.page.$$eval('.example', (all) => all.map((a) => new URL((a as HTMLAnchorElement).href)));
  expect(links.length).toBe(examples.length);
  expect(await violations(shopper)).toEqual([]);
  expect(shopper.complaints).toEqual([]);
});
