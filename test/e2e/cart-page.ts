/** A shopper's hands on the cards and on the shop's own cart, by mouse or by keyboard. */
import type { Shopper } from './shopper.ts';

export type Hands = 'mouse' | 'keyboard';

const IN_SHADOW = 'shop-clerk >>> ';
/** More tab stops than a panel with one answer has. */
const MOST_STOPS = 40;

/** Presses what `selector` finds first in the panel. */
export async function use({ page }: Shopper, hands: Hands, selector: string): Promise<void> {
  if (hands === 'mouse') return page.locator(IN_SHADOW + selector).click();
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

/** Takes a value of an option of the one card, which has buttons for them once somebody means to choose. */
export async function choose(shopper: Shopper, hands: Hands, value: string): Promise<void> {
  const { page } = shopper;
  if (!(await page.$(`${IN_SHADOW}.value`))) await use(shopper, hands, '[part~="card-action"]');
  const label = await page.waitForSelector(`${IN_SHADOW}.value ::-p-text(${value})`);
  if (hands === 'mouse') return label!.click();
  // The group is one stop: its first button, and the arrows go on from there.
  await tabTo(page, '.value input');
  const chosen = () =>
    page.$eval('shop-clerk', (clerk) => clerk.shadowRoot!.activeElement?.closest('.value')?.textContent.trim() ?? '');
  await page.keyboard.press('Space');
  for (let step = 0; step < 10 && !(await chosen()).startsWith(value); step++) await page.keyboard.press('ArrowDown');
  if (!(await chosen()).startsWith(value)) throw new Error(`The keyboard does not reach "${value}".`);
}

/** From where the focus is, one way or the other, until it is there. */
async function tabTo(page: Shopper['page'], selector: string): Promise<void> {
  await page.waitForSelector(IN_SHADOW + selector);
  const way = () =>
    page.$eval(
      'shop-clerk',
      (clerk, wanted) => {
        const { activeElement: here } = clerk.shadowRoot!;
        const there = clerk.shadowRoot!.querySelector(wanted)!;
        if (here?.matches(wanted)) return null;
        return here && here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING ? 'on' : 'back';
      },
      selector,
    );
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const direction = await way();
    if (direction === null) return;
    if (direction === 'back') await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    if (direction === 'back') await page.keyboard.up('Shift');
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

/** Until the shop's own header counts as many pieces; nothing counts as none. */
export async function headerCounts({ page }: Shopper, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const badge = document.querySelector<HTMLElement>('.cart .count');
      return badge?.textContent === String(wanted) && badge.hidden === (wanted === 0);
    },
    { timeout: 10_000 },
    count,
  );
}

/** Text of the first such part in the panel, once it is there. */
export async function said({ page }: Shopper, selector: string): Promise<string> {
  const element = await page.waitForSelector(IN_SHADOW + selector);
  return element!.evaluate((found) => (found as HTMLElement).innerText);
}
