/** The main job in the demo store, as its visitor meets it: nothing faked but the model, and that as everyone gets it. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, screenshot, startShopClerk, type ShopClerk } from './harness.ts';
import { Shopper } from './shopper.ts';

let clerk: ShopClerk;
let browser: Browser;
beforeAll(async () => {
  [clerk, browser] = await Promise.all([startShopClerk(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await clerk.stop();
});

async function visit(look: Parameters<typeof Shopper.arrive>[2] = {}, language = 'en') {
  const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=${language}`, look);
  return {
    shopper,
    [Symbol.asyncDispose]: () => shopper.leave(),
  };
}

describe('a shopper', () => {
  test('asks, reads the answer and sees cards with the right prices', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await screenshot(shopper.page, 'desktop-light-en-start');
    await shopper.ask('What food do you have for a puppy?');
    await shopper.answered();
    const cards = await shopper.cards();
    expect(cards.map(({ title }) => title)).toContain('Chicken & Oats Puppy Food');
    const puppyFood = cards.find(({ title }) => title === 'Chicken & Oats Puppy Food')!;
    expect(puppyFood).toMatchObject({ stock: 'In stock', href: `${clerk.url}/demo/product.html?id=102` });
    expect(puppyFood.price).toBe('From ₪59.90');
    expect(await shopper.answer()).toContain('Chicken & Oats Puppy Food');
    expect(shopper.complaints).toEqual([]);
  });

  test('asks in Hebrew and gets it all in Hebrew, from right to left', async () => {
    await using visitor = await visit({}, 'he');
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.ask('מיטה לכלב גדול');
    await shopper.answered();
    const [first] = await shopper.cards();
    expect(first!.title).toMatch(/^[\u05d0-\u05ea].*/);
    expect(first!.price).toContain('₪');
    expect(await shopper.answer()).toMatch(/[\u05d0-\u05ea]/);
    const direction = await shopper.page.$eval(
      'shop-clerk >>> [part="panel"]',
      (panel) => getComputedStyle(panel).direction,
    );
    expect(direction).toBe('rtl');
    await screenshot(shopper.page, 'desktop-light-he');
    expect(shopper.complaints).toEqual([]);
  });

  test('finds the conversation again after a reload, and can begin a new one', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.ask('Cat toys under 50');
    await shopper.answered();
    const [answer, cards] = [await shopper.answer(), await shopper.cards()];
    await screenshot(shopper.page, 'desktop-light-en');
    await shopper.page.reload();
    await shopper.openChat();
    await shopper.answered();
    expect(await shopper.questions()).toEqual(['Cat toys under 50']);
    expect(await shopper.answer()).toBe(answer);
    expect(await shopper.cards()).toEqual(cards);
    await shopper.press('new-chat');
    await shopper.waitFor((root) => root.querySelector('[part~="user"]') === null);
    await shopper.ask('Hello');
    await shopper.answered();
    expect(await shopper.questions()).toEqual(['Hello']);
  });

  test('asks on, and what was said before still counts', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.ask('Food for a dog');
    await shopper.answered();
    await shopper.ask('which one is the best?');
    await shopper.answered(2);
    const [best] = await shopper.cards();
    expect(best!.title).toBe('Chicken & Oats Puppy Food');
    await shopper.ask('and for a kitten?');
    await shopper.answered(3);
    expect((await shopper.cards()).map(({ title }) => title)).toEqual(['Kitten First Steps Food']);
  });

  test('follows a card to the product, and has the conversation there', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.ask('Food for a puppy');
    await shopper.answered();
    await Promise.all([
      shopper.page.waitForNavigation(),
      shopper.page.locator('shop-clerk >>> [part="card"] a').click(),
    ]);
    // The store's own script draws it, after the page has loaded.
    const heading = await shopper.page.waitForSelector('h1');
    expect(await heading!.evaluate(({ textContent }) => textContent)).toBe('Chicken & Oats Puppy Food');
    await shopper.openChat();
    await shopper.answered();
    expect(await shopper.questions()).toEqual(['Food for a puppy']);
  });

  test('sends a message once, however often Send is pressed', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.page.locator('shop-clerk >>> textarea').fill('Hello');
    await shopper.page.locator('shop-clerk >>> [part~="send"]').click({ count: 2 });
    await shopper.answered();
    expect(await shopper.questions()).toEqual(['Hello']);
    expect(await shopper.answer()).toContain('demo assistant');
  });

  test('stops an answer, keeps what was said, and goes on', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    await shopper.ask('What is on sale?');
    await shopper.waitFor((root) => (root.querySelector('shopclerk-prose')?.textContent?.length ?? 0) > 10);
    await shopper.press('stop');
    await shopper.answered();
    const said = await shopper.answer();
    expect(said.length).toBeGreaterThan(0);
    await shopper.waitFor((root) => root.textContent?.includes('Stopped') ?? false);
    await shopper.ask('Hello');
    await shopper.answered(2);
    await shopper.page.reload();
    await shopper.openChat();
    await shopper.answered(2);
    expect(await shopper.questions()).toEqual(['What is on sale?', 'Hello']);
  });

  test('can do all of it with the keyboard', async () => {
    await using visitor = await visit();
    const { page } = visitor.shopper;
    await page.focus('shop-clerk >>> [part="launcher"]');
    await page.keyboard.press('Enter');
    await page.locator('shop-clerk >>> textarea').wait();
    await visitor.shopper.waitFor((root) => root.activeElement?.localName === 'textarea');
    await page.keyboard.type('Hello');
    await page.keyboard.press('Enter');
    await visitor.shopper.answered();
    await page.keyboard.press('Escape');
    await visitor.shopper.waitFor((root) => root.activeElement?.getAttribute('part') === 'launcher');
  });

  test('has nothing kept in the browser before the first message', async () => {
    await using visitor = await visit();
    const { shopper } = visitor;
    await shopper.openChat();
    const kept = () =>
      shopper.page.evaluate(() => [document.cookie, ...Object.keys(localStorage).filter((key) => /clerk/i.test(key))]);
    expect(await kept()).toEqual(['']);
    await shopper.ask('Hello');
    await shopper.answered();
    expect(await kept()).not.toEqual(['']);
  });

  test('sees what the shop sees on a phone in the dark', async () => {
    for (const [language, question] of [
      ['en', 'What is on sale?'],
      ['he', 'צעצועים לחתול עד 50 ₪'],
    ] as const) {
      for (const dark of [false, true]) {
        await using visitor = await visit({ phone: true, dark }, language);
        const { shopper } = visitor;
        await shopper.openChat();
        await shopper.ask(question);
        await shopper.answered();
        expect((await shopper.cards()).length).toBeGreaterThan(0);
        const box = await (await shopper.page.$('shop-clerk >>> [part="panel"]'))!.boundingBox();
        expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
        await screenshot(shopper.page, `phone-${dark ? 'dark' : 'light'}-${language}`);
      }
    }
  });
});

test('the demo store works without the widget', async () => {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => void (request.url().includes('/widget') ? request.abort() : request.continue()));
  await page.goto(`${clerk.url}/demo/`);
  await page.locator('a[href*="product.html?id="]').click();
  await page.locator('h1').wait();
  expect(await page.$('shop-clerk')).toBeNull();
  await page.close();
});
