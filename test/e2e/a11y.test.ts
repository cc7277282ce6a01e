/**
 * Accessibility as a contract: axe in every state that a shopper meets, light and dark, from left to right and from right to
 * left; and what axe can't see: the keyboard's whole way, what is announced, targets, reflow, forced colours, motion.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../gallery/lines.ts';
import { enter, SCENES, setStage, type Stage } from '../gallery/scenes.ts';
import type { Look, Shopper } from './shopper.ts';

/** Told to the page past its content policy. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

async function visit(language: Language, look?: Look) {
  const visitor = await enter(stage, language, look);
  return Object.assign(visitor, { [Symbol.asyncDispose]: () => visitor.shopper.leave() });
}

type Scheme = 'light' | 'dark';

/**
 * Which schemes are tried in which direction: between them all rules, all states, both schemes and both directions. `npm run
 * test:a11y` tries every pair; what the other scheme can add is colours.
 */
const PAIRS: Record<Language, Scheme[]> = process.env['A11Y_ALL']
  ? { en: ['light', 'dark'], he: ['dark', 'light'] }
  : { en: ['light'], he: ['dark'] };

/** What a state must not have, each with the elements that have it. The shop's own page is not ours to judge. */
async function judged({ page }: Shopper, rules: 'all' | 'colours'): Promise<string[]> {
  const how: RunOptions = {
    resultTypes: ['violations'],
    ...(rules === 'colours' && { runOnly: ['color-contrast', 'link-in-text-block'] }),
  };
  const found = await page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: { run(what: Element, how: RunOptions): Promise<AxeResults> } };
    const { violations } = await axe.run(document.querySelector('shop-clerk')!, options);
    return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.flat().join(' ')) }));
  }, how);
  return found.map(({ id, where }) => `${id}: ${where.join(', ')}`);
}

async function prefer({ page }: Shopper, scheme: Scheme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}

describe.each(LANGUAGES)('axe finds nothing in %s', (language) => {
  test('in any state', async () => {
    await using visitor = await visit(language);
    const { shopper } = visitor;
    const found: Record<string, string[]> = {};
    for (const scene of SCENES) {
      await scene.reach(visitor);
      if (!(await shopper.page.evaluate(() => 'axe' in globalThis))) await shopper.page.evaluate(AXE);
      for (const [index, scheme] of PAIRS[language].entries()) {
        await prefer(shopper, scheme);
        found[`${scene.name}, ${scheme}`] = await judged(shopper, index === 0 ? 'all' : 'colours');
      }
      await scene.leave?.(visitor, stage);
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
  });
});

/** What has the focus in the panel, by its part and its label or text; empty if it is lost to the page. */
function focused({ page }: Shopper): Promise<string> {
  return page.evaluate(() => {
    let here: Element | null | undefined = document.activeElement;
    while (here?.shadowRoot) here = here.shadowRoot.activeElement;
    if (!here || here === document.body) return '';
    return [here.getAttribute('part'), here.ariaLabel ?? here.textContent.trim()].filter(Boolean).join(' ');
  });
}

/** Where the focus is, it shows: by an outline, or by what stands around a field. */
function ring({ page }: Shopper): Promise<boolean> {
  return page.evaluate(() => {
    let here: Element | null | undefined = document.activeElement;
    while (here?.shadowRoot) here = here.shadowRoot.activeElement;
    if (!here) return false;
    const looks = [here, ...(here.matches('textarea') ? [here.closest('.field')!] : [])];
    return (
      looks.some((look) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(look);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      }) || getComputedStyle(here, '::after').outlineStyle === 'solid'
    );
  });
}

const MOST_STOPS = 30;

/** Tabs on until the focus is on this, and complains of every stop where it is lost or doesn't show. */
async function tabTo(shopper: Shopper, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const { keyboard } = shopper.page;
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (key === 'Shift+Tab') await keyboard.down('Shift');
    await keyboard.press('Tab');
    if (key === 'Shift+Tab') await keyboard.up('Shift');
    const here = await focused(shopper);
    expect(await ring(shopper), `the focus shows on "${here}"`).toBe(true);
    if (here.match(name)) return;
  }
  throw new Error(`The keyboard does not reach ${name}.`);
}

async function settles(shopper: Shopper, name: string | RegExp): Promise<void> {
  await expect.poll(() => focused(shopper)).toMatch(name);
}

test.each(LANGUAGES)('the keyboard goes the whole way, and its place is never lost (%s)', async (language) => {
  await using visitor = await visit(language);
  const { shopper } = visitor;
  const { keyboard } = shopper.page;
  await shopper.page.focus('shop-clerk >>> [part=launcher]');
  await keyboard.press('Enter');
  await settles(shopper, /^input/);
  await keyboard.sendCharacter(visitor.lines.cards.asks);
  await keyboard.press('Enter');
  await shopper.answered();
  expect(await focused(shopper)).toMatch(/^input/);

  // From card to card with the arrows, as one reads.
  await tabTo(shopper, /^card-action (Choose|בחירת)/, 'Shift+Tab');
  const [on, back] =
    language === 'he' ? (['ArrowLeft', 'ArrowRight'] as const) : (['ArrowRight', 'ArrowLeft'] as const);
  const card = () =>
    shopper.page.$eval('shop-clerk', ({ shadowRoot }) => shadowRoot!.activeElement?.textContent.trim());
  const first = await shopper.page.$eval('shop-clerk >>> .add', (button) => button.textContent.trim());
  // What walks comes with the focus: a key that is faster is not heard.
  const home = () => keyboard.press('Home').then(card);
  await expect.poll(home, { timeout: 10_000 }).toBe(first);
  await keyboard.press(on);
  expect(await card()).not.toBe(first);
  await keyboard.press(back);
  expect(await card()).toBe(first);

  // Chosen, and into the cart; what says so doesn't take the focus from the button.
  await keyboard.press('Enter');
  await visitor.seen('.axis');
  await settles(shopper, /^(Size|Colour|גודל|צבע)/);
  expect(await ring(shopper)).toBe(true);
  await keyboard.press('ArrowDown');
  await tabTo(shopper, /^card-action/);
  await keyboard.press('Enter');
  await visitor.seen('[part=cart-result]');
  expect(await focused(shopper)).not.toBe('');

  // The menu, and the conversations that it leads to.
  await tabTo(shopper, /^menu/, 'Shift+Tab');
  await keyboard.press('Enter');
  await visitor.seen('[role^=menuitem]');
  await expect
    .poll(() => shopper.page.$eval('shop-clerk', ({ shadowRoot }) => shadowRoot!.activeElement?.role))
    .toMatch(/^menuitem/);
  await keyboard.press('Escape');
  await settles(shopper, /^menu/);
  await keyboard.press('Enter');
  await visitor.seen('[role^=menuitem]');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await visitor.seen('.threads li');
  expect(await focused(shopper)).not.toBe('');
  await keyboard.press('Escape');
  await shopper.waitFor((root) => root.querySelector('.threads') === null);
  expect(await focused(shopper)).not.toBe('');

  await keyboard.press('Escape');
  await settles(shopper, /^launcher/);
  expect(await ring(shopper)).toBe(true);
  expect(shopper.complaints).toEqual([]);
});

test('an answer is announced by the sentence or the paragraph, and its cards once', async () => {
  await using visitor = await visit('en');
  const { shopper } = visitor;
  await visitor.begin();
  await shopper.page.$eval('shop-clerk >>> [aria-live=polite]', (region) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const { textContent } of addedNodes) said.push(textContent!.trim());
    }).observe(region, { childList: true });
  });
  await visitor.hear(visitor.lines.cards);
  await visitor.hear(visitor.lines.first);
  const said = await shopper.page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said.filter((line) => line.includes('5 products'))).toHaveLength(1);
  // A list counts as one; a heading and the paragraphs around it are another few.
  expect(said.length).toBeLessThanOrEqual(8);
  for (const line of said) expect(line).toMatch(/[.!?:]$|products$|vet$/);
});

/** Everything that can be pressed and is smaller than this, in CSS pixels; links in running text may be. */
function tooSmall({ page }: Shopper, least: number): Promise<string[]> {
  return page.$eval(
    'shop-clerk',
    ({ shadowRoot }, limit) =>
      [...shadowRoot!.querySelectorAll<HTMLElement>('button, a, select, summary, input, textarea, .tick')].flatMap(
        (target) => {
          const { width, height } = target.getBoundingClientRect();
          if (!target.checkVisibility({ visibilityProperty: true }) || width === 0) return [];
          if (target.closest('shopclerk-prose, [inert], bdi, p:not(.title), .sources li, .compare th')) return [];
          // What covers its card counts with all of it; a box is as large as its label, a field as what stands around it.
          if (target.matches('.link, .tick *, .value *, .field textarea')) return [];
          const name = target.getAttribute('part') ?? target.ariaLabel ?? target.textContent.trim();
          return width + 0.5 >= limit && height + 0.5 >= limit ? [] : [`${name}: ${width} × ${height}`];
        },
      ),
    least,
  );
}

/** What scrolls sideways and shouldn't: the page itself, the panel, the conversation. */
function sideways({ page }: Shopper): Promise<string[]> {
  return page.$eval('shop-clerk', ({ shadowRoot }) =>
    [
      document.documentElement,
      ...shadowRoot!.querySelectorAll('.panel, .messages, .start, .threads, .threads ul, .letter'),
    ]
      // What is clipped can't be scrolled by anybody.
      .filter((element) => element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== 'clip')
      .map((element) => element.className || element.localName),
  );
}

const SHOWN = SCENES.filter(({ name }) =>
  ['start', 'cards', 'comparison', 'cart', 'history', 'contact'].includes(name),
);

test.each([
  ['320 px wide', 'en', { width: 320, height: 640 }, 24],
  ['at 200 % zoom', 'he', { width: 640, height: 400 }, 24],
  ['on a phone, for fingers', 'he', { phone: true }, 44],
] as const)('nothing scrolls sideways and targets are large: %s', async (_, language, look, least) => {
  await using visitor = await visit(language, look);
  const found: Record<string, string[]> = {};
  for (const scene of SHOWN) {
    await scene.reach(visitor);
    found[scene.name] = [...(await sideways(visitor.shopper)), ...(await tooSmall(visitor.shopper, least))];
    await scene.leave?.(visitor, stage);
  }
  expect(found).toEqual(Object.fromEntries(SHOWN.map(({ name }) => [name, []])));
});

test('with less motion nothing moves, also while an answer is written', async () => {
  await using visitor = await visit('en');
  const { shopper } = visitor;
  const moving = () =>
    shopper.page.$eval('shop-clerk', ({ shadowRoot }) =>
      shadowRoot!.getAnimations().map((animation) => (animation as CSSAnimation).animationName ?? 'transition'),
    );
  await visitor.begin();
  expect(await moving()).toEqual([]);
  await visitor.ask(visitor.lines.streaming);
  await visitor.seen('shopclerk-prose li:nth-child(2)');
  expect(await moving()).toEqual([]);
  stage.model.goOn();
  await shopper.answered();
});

test('forced colours leave an edge around all that can be pressed, and a mark where the focus is', async () => {
  await using visitor = await visit('en');
  const { shopper } = visitor;
  const session = await shopper.page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  await visitor.begin();
  await visitor.hear(visitor.lines.cards);
  await shopper.page.focus('shop-clerk >>> textarea');
  const bare = await shopper.page.$eval('shop-clerk', ({ shadowRoot }) =>
    [...shadowRoot!.querySelectorAll('.card, .field, .chip, .action, .send, .launcher button, .bubble')]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).borderTopStyle !== 'solid')
      .map((element) => element.className),
  );
  expect(bare).toEqual([]);
  const mark = await shopper.page.$eval('shop-clerk >>> .field', (field) => getComputedStyle(field).outlineStyle);
  expect(mark).toBe('solid');
});
