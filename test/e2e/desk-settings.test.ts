/** What an owner changes at the desk, and what the shop's shoppers get of it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, ElementHandle, Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeskPage } from './desk-page.ts';
import { openBrowser, screenshot, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

const token = 'a-token-of-the-operator-0123456789';
const IN_DESK = 'desk-app >>> ';
const greeting = 'Welcome in! <b>Whom</b> do you shop for?';
const answerLimitMs = 30_000;

let clerk: ShopClerk;
let browser: Browser;
let desk: DeskPage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-settings-'));
  [clerk, browser] = await Promise.all([startShopClerk({ env: { ADMIN_TOKEN: token } }), openBrowser()]);
  desk = await DeskPage.open(browser, clerk.url);
  await desk.logIn(token);
  await desk.ready('overview');
});
afterAll(async () => {
  await browser.close();
  await clerk.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The page in the frame. */
async function preview(): Promise<Frame> {
  const frame = await desk.page.waitForSelector(`${IN_DESK}iframe`);
  return frame!.contentFrame();
}

/** Waits until the widget in the preview, the one that is seen, says it. */
async function previewSays(words: string): Promise<void> {
  const frame = await preview();
  await frame.waitForFunction(
    (words) => {
      const seen = document.querySelector('shop-clerk:not([data-next])')?.shadowRoot;
      return (seen?.querySelector('.panel') as HTMLElement | null)?.innerText.includes(words);
    },
    { timeout: answerLimitMs },
    words,
  );
}

/** What a shopper is greeted with who comes now. */
async function greetedWith(): Promise<string> {
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=en`);
  await shopper.openChat();
  await shopper.page.locator('shop-clerk >>> .greeting').wait();
  const said = await shopper.page.$eval('shop-clerk >>> .panel', (panel) => (panel as HTMLElement).innerText);
  await shopper.leave();
  return said;
}

async function type(selector: string, text: string): Promise<void> {
  await desk.page.locator(`${IN_DESK}${selector}`).fill(text);
}

async function choose(file: string): Promise<void> {
  const input = await desk.page.waitForSelector(`${IN_DESK}.drop input[type=file]`);
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
}

test('shows a greeting in the preview as it is typed, and to shoppers once it is published', async () => {
  await desk.show('settings?shop=demo');
  await previewSays('Tell me about your animal');
  await type('#f-greeting-en', greeting);
  await previewSays(greeting);
  await desk.focuses({ tag: 'textarea' });
  expect(await greetedWith()).not.toContain(greeting);
  await screenshot(desk.page, 'desk-settings');

  await desk.press('Review and publish');
  await desk.sees('Publish 1 change');
  await type('input[name=note]', 'Friendlier');
  await desk.page.keyboard.press('Enter');
  await desk.sees('Version 1, published');
  expect(await greetedWith()).toContain(greeting);
});

test('says what is wrong beside its field, keeps nothing of it, and asks before it is left', async () => {
  await desk.show('settings?shop=demo&part=looks');
  await type('#f-theme-accent', '#12');
  await desk.sees('must be a colour such as #0f766e');
  expect(await desk.page.$eval(`${IN_DESK}#f-theme-accent`, (field) => field.getAttribute('aria-invalid'))).toBe(
    'true',
  );
  const asked = desk.declines();
  await desk.page.evaluate(() => (location.hash = '#/install?shop=demo'));
  expect(await asked).toMatch(/will be lost/);
  expect(await desk.page.evaluate(() => location.hash)).toContain('settings');

  await type('#f-theme-accent', '#ffee00');
  await desk.sees('1.2 : 1 on the ground; 3 is the least');
  await desk.sees('Draft kept: 1 change');
});

test('answers the same question from the draft and from what is served, with the cost and time of each', async () => {
  await desk.show('playground?shop=demo');
  await type('textarea', 'What food do you have for a puppy?');
  await desk.page.keyboard.press('Enter');
  await desk.page.waitForFunction(
    () => {
      const view = document.querySelector('desk-app')!.shadowRoot!.querySelector('desk-playground')!.shadowRoot!;
      const figures = [...view.querySelectorAll<HTMLElement>('.figures')].map(({ innerText }) => innerText);
      return figures.length === 2 && figures.every((text) => /\$\d/.test(text) && /in all/.test(text));
    },
    { timeout: answerLimitMs },
  );
  const [draft, live] = await desk.texts('section.sheet');
  for (const [side, title] of [
    [draft, 'Draft'],
    [live, 'Live'],
  ] as const) {
    expect(side).toMatch(new RegExp(`^${title}`));
    expect(side).toContain('Chicken & Oats Puppy Food');
  }
  await screenshot(desk.page, 'desk-playground');
  await desk.show('overview?shop=demo&range=today');
  expect((await desk.texts('.big'))[0] ?? '0').toBe('0');
});

test('brings an older version back', async () => {
  await desk.show('settings?shop=demo&part=versions');
  await desk.press('Back to the file alone');
  await desk.press('Publish it again');
  await desk.sees('Version 2');
  await desk.sees('back to the file alone');
  expect(await greetedWith()).not.toContain(greeting);
  await desk.press('Bring it back: version 1');
  await desk.sees('Bring back version 1?');
  await desk.press('Publish it again');
  await desk.sees('version 1 again');
  expect(await greetedWith()).toContain(greeting);
  await screenshot(desk.page, 'desk-versions');
});

test('takes a document, finds it for a question, and has it cited to a shopper; then switched off and deleted', async () => {
  const file = path.join(folder, 'hedgehogs.md');
  await writeFile(file, '# Hedgehog boarding\n\nWe board hedgehogs in Lilac Lane for 31 shekels a night.\n');
  await desk.show('documents?shop=demo');
  await choose(file);
  await desk.sees('1 document added.');
  await type('input[name=q]', 'hedgehog boarding price');
  await desk.page.keyboard.press('Enter');
  await desk.sees('We board hedgehogs in Lilac Lane');
  await screenshot(desk.page, 'desk-documents');

  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=en`);
  await shopper.openChat();
  await shopper.ask('What does your policy say about hedgehog boarding?');
  await shopper.answered();
  await shopper.waitFor((root) => root.textContent.includes('Hedgehog boarding'));
  await shopper.leave();

  await desk.press('Switch off: Hedgehog boarding');
  await desk.sees('Switched off');
  await desk.press('Delete Hedgehog boarding');
  await desk.sees("won't answer from it any more");
  expect(await desk.violations()).toEqual([]);
  await desk.page.locator(`${IN_DESK}desk-documents >>> dialog[open] .danger`).click();
  await desk.page.waitForFunction(
    () =>
      !document
        .querySelector('desk-app')!
        .shadowRoot!.querySelector('desk-documents')!
        .shadowRoot!.querySelector('table')
        ?.textContent.includes('hedgehogs.md'),
  );
  await desk.focuses({ tag: 'div' });
});

test('says why a file can’t be read', async () => {
  const file = path.join(folder, 'broken.pdf');
  await writeFile(file, 'no PDF at all');
  await choose(file);
  await desk.page.locator(`${IN_DESK}.sending .alert`).wait();
  expect(await desk.texts('.sending .alert')).toEqual([expect.stringMatching(/\S{3}/)]);
});

test('reads the catalogue when asked, and shows what a search finds', async () => {
  await desk.show('catalogue?shop=demo');
  await desk.press('Read everything anew');
  await desk.sees('The last reading');
  await type('input[name=q]', 'puppy food');
  await desk.page.keyboard.press('Enter');
  await desk.sees('Chicken & Oats Puppy Food');
});

test('gives a tag whose hash is that of the file that was built', async () => {
  await desk.show('install?shop=demo');
  const [tag] = await desk.texts('[data-code=pinned]');
  const [, src, hash] = /src="([^"]+)" integrity="([^"]+)"/.exec(tag!)!;
  const bytes = Buffer.from(await (await fetch(src!)).arrayBuffer());
  expect(hash).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);
  expect(bytes.equals(await readFile(path.resolve(import.meta.dirname, `../../dist${new URL(src!).pathname}`)))).toBe(
    true,
  );
  expect(tag).toContain('data-shop="demo"');
});

test('has nothing that axe minds, in the light and in the dark', async () => {
  const parts = ['words', 'answers', 'looks', 'people', 'models', 'privacy', 'versions'];
  const views = [
    ...parts.map((part) => `settings?shop=demo&part=${part}`),
    ...['playground', 'documents', 'catalogue', 'install'].map((name) => `${name}?shop=demo`),
  ];
  for (const isDark of [false, true]) {
    await desk.dark(isDark);
    for (const view of views) {
      await desk.show(view);
      expect(await desk.violations(), `${view} ${isDark ? 'dark' : 'light'}`).toEqual([]);
    }
  }
});

test('asks nobody else, and complains of nothing', () => {
  expect(desk.foreign).toEqual([]);
  // The broken file's, and the draft that was refused.
  expect(desk.complaints.filter((words) => !/status of 422/.test(words))).toEqual([]);
});
