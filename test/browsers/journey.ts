/** A shopper in the demo store, with what is built for shops: asks, gets cards, puts one into the cart, comes back. */
import assert from 'node:assert/strict';
import { launch } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { startShopClerk } from '../e2e/harness.ts';
import type { EngineName } from './engines.ts';
import { firefoxOptions } from './firefox.ts';
import { openWebKit, type DrivenPage } from './webkit.ts';

const QUESTION = 'Cat toys under 50';
const WAIT_MS = 30_000;

/** Rejects with what wasn't as it should be. */
export async function travel(engine: EngineName): Promise<void> {
  const clerk = await startShopClerk();
  try {
    const { page, close } = await open(engine);
    try {
      await journey(page, `${clerk.url}/demo/`);
    } finally {
      await close();
    }
  } finally {
    await clerk.stop();
  }
}

async function open(engine: EngineName): Promise<{ page: DrivenPage; close(): Promise<void> }> {
  if (engine === 'webkit') return openWebKit();
  const browser = await launch(engine === 'firefox' ? firefoxOptions() : await chromium());
  const page = await browser.newPage();
  const evaluate: DrivenPage['evaluate'] = (act, ...given) =>
    // Puppeteer's own type also lets handles be given, which a page of strings never is.
    page.evaluate(act as (...given: unknown[]) => Awaited<ReturnType<typeof act>>, ...given);
  return {
    page: {
      goto: (url) => page.goto(url),
      evaluate,
      keyboard: page.keyboard,
      mouse: page.mouse,
    },
    close: () => browser.close(),
  };
}

async function journey(page: DrivenPage, store: string): Promise<void> {
  await page.goto(store);
  await click(page, '[part="launcher"]');
  await click(page, 'textarea');
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Enter');
  await answered(page);
  const said = await words(page);
  assert.equal(said.question, QUESTION);
  assert.ok(said.answer.length > 20, `The answer is "${said.answer}".`);
  assert.ok(said.cards.length > 1, `The cards are ${said.cards.join(', ')}.`);

  assert.equal(await inCart(page), 0);
  await click(page, '[part~="card-action"]');
  await appears(page, '[part~="cart-result"]');
  assert.equal(await inCart(page), 1);

  await page.goto(store);
  await click(page, '[part="launcher"]');
  await answered(page);
  assert.deepEqual(await words(page), said);
  assert.equal(await inCart(page), 1);
}

/** What is read of the conversation. */
interface Words {
  question: string;
  answer: string;
  cards: string[];
}

function words(page: DrivenPage): Promise<Words> {
  return page.evaluate(() => {
    const root = document.querySelector('shop-clerk')!.shadowRoot!;
    const texts = (selector: string) =>
      [...root.querySelectorAll<HTMLElement>(selector)].map((element) => element.innerText.trim());
    return {
      question: texts('[part~="user"] .bubble').join('\n'),
      answer: texts('[part~="assistant"] shopclerk-prose').join('\n'),
      cards: texts('[part="card"] [part~="card-title"]'),
    };
  });
}

/** As the store's own header counts. */
async function inCart(page: DrivenPage): Promise<number> {
  await until(page, () => document.querySelector('.cart .count') !== null, 'the store has its header');
  return page.evaluate(() => Number(document.querySelector('.cart .count')!.textContent));
}

async function answered(page: DrivenPage): Promise<void> {
  await appears(page, '[part~="assistant"]');
  await until(
    page,
    () => document.querySelector('shop-clerk')!.shadowRoot!.querySelector('[part~="stop"]') === null,
    'the answer ends',
  );
}

/** With the pointer, where the element is. */
async function click(page: DrivenPage, selector: string): Promise<void> {
  await appears(page, selector);
  const [x, y] = await page.evaluate(async (selector) => {
    const element = document.querySelector('shop-clerk')!.shadowRoot!.querySelector(selector)!;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    // Where it comes to rest: the panel may still be moving.
    for (let before = ''; ;) {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const { left, top, width, height } = element.getBoundingClientRect();
      if (before === `${left} ${top}`) return [left + width / 2, top + height / 2] as const;
      before = `${left} ${top}`;
    }
  }, selector);
  await page.mouse.click(x, y);
}

function appears(page: DrivenPage, selector: string): Promise<void> {
  return until(
    page,
    (selector) => {
      const element = document.querySelector('shop-clerk')?.shadowRoot?.querySelector(selector);
      return element?.checkVisibility() ?? false;
    },
    `there is ${selector}`,
    selector,
  );
}

async function until<Given extends string[]>(
  page: DrivenPage,
  condition: (...given: Given) => boolean,
  what: string,
  ...given: Given
): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await page.evaluate(condition, ...given))) {
    if (Date.now() > end) throw new Error(`It never came about that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
