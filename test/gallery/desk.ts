/**
 * `npm run gallery:desk [folder]`: the README's pictures of the desk, on the demo store with four weeks of made-up turns behind
 * it and a conversation that was had in the widget. In `test/.output/gallery` by default.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entries } from '../../demo/catalog/index.ts';
import { databaseIn, openSqlite } from '../../proxy/storage/index.ts';
import { DeskPage } from '../e2e/desk-page.ts';
import { openBrowser, startShopClerk } from '../e2e/harness.ts';
import { Shopper } from '../e2e/shopper.ts';
import { fill } from '../reports/fill.ts';

const DAY = 24 * 60 * 60_000;
const TURNS = 6_000;
const TOKEN = 'a-token-that-is-only-good-for-pictures-0123456789';
const QUESTIONS = [
  'Do you have a bed for a large dog?',
  'Which food is good for a kitten?',
  'How long does delivery take?',
  'Can I return a collar that is too small?',
  'יש לכם אוכל לגורים של כלבים?',
  'כמה עולה משלוח לאילת?',
  'What is on sale this week?',
  'A toy for a puppy that chews everything',
  'Is this litter good for two cats?',
  'Do you have a filter for a 60 litre aquarium?',
];
const QUESTION = 'What food do you have for a puppy?';
const IN_DESK = 'desk-app >>> ';

const folder = path.resolve(process.argv[2] ?? 'test/.output/gallery');
await mkdir(folder, { recursive: true });
const dataDir = await mkdtemp(path.join(tmpdir(), 'shop-clerk-desk-'));
try {
  await makeWeeks();
  await takePictures();
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function makeWeeks(): Promise<void> {
  const storage = openSqlite({ file: databaseIn(dataDir) });
  const now = Date.now();
  const from = Math.floor(now / DAY) * DAY - 27 * DAY;
  // Up to an hour ago, so that no conversation goes on into the future.
  const days = (now - 3_600_000 - from) / DAY;
  const products = entries.slice(0, 24).map(({ id }) => id);
  await fill({ storage, turns: TURNS, shops: ['demo'], from, days, questions: QUESTIONS, products });
  await storage.close();
}

async function takePictures(): Promise<void> {
  const env = {
    ADMIN_TOKEN: TOKEN,
    DATA_DIR: dataDir,
    SHOP_BUDGET_USD_PER_DAY: '5',
    SHOP_BUDGET_USD_PER_MONTH: '100',
  };
  const [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
  try {
    const shopper = await Shopper.arrive(browser, `${clerk.url}/demo/?lang=en`);
    await shopper.openChat();
    await shopper.ask(QUESTION);
    await shopper.answered();
    await shopper.ask('Can I return an opened bag?');
    await shopper.answered(2);
    await shopper.leave();

    const desk = await DeskPage.open(browser, clerk.url);
    await desk.page.setViewport({ width: 1280, height: 1286 });
    await desk.logIn(TOKEN);
    await desk.ready('overview');
    const picture = async (name: string) => {
      // Where nothing is: neither the pointer nor the keyboard's ring belongs into a picture.
      await desk.page.mouse.click(1, 1);
      await desk.page.screenshot({ path: path.join(folder, `desk-${name}.png`) });
    };
    await desk.show('overview?shop=demo&range=7');
    await picture('overview');

    await desk.page.setViewport({ width: 1280, height: 860 });
    // By the mouse: no mark of the keyboard's place.
    await desk.page.locator(`${IN_DESK}nav a[href*=gaps]`).click();
    await desk.ready('gaps');
    await picture('gaps');

    await desk.show('conversations?shop=demo');
    await desk.page.locator(`${IN_DESK}td.long a`).click();
    await desk.ready('conversation');
    await desk.page.waitForNetworkIdle();
    await desk.page.setViewport({ width: 1280, height: 860 });
    await picture('conversation');

    await desk.show('settings?shop=demo&part=looks');
    await desk.page.locator(`${IN_DESK}#f-theme-accent`).fill('#7c3aed');
    await desk.page.waitForFunction(() => {
      const view = document.querySelector('desk-app')?.shadowRoot?.querySelector('desk-settings')?.shadowRoot;
      return view?.querySelector('.bar [role=status]')?.textContent.includes('Draft kept');
    });
    await desk.page.waitForNetworkIdle();
    await picture('settings');
    await desk.leave();
  } finally {
    await browser.close();
    await clerk.stop();
  }
}
