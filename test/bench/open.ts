/**
 * How long it takes from the click on the launcher until the panel is painted, in a browser that has nothing of it yet and got
 * no hint by a pointer; beside the least that is possible: a module of one line, fetched at the click, that shows a box. Both in
 * turns in one browser, so that the ratio holds on any machine though the times do not. No network: all comes over loopback.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launch, type Browser } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { startShopClerk } from '../e2e/harness.ts';

const ROUNDS = 9;
const TRIVIAL_PAGE = `<!doctype html><title>Trivial</title><body><shop-clerk></shop-clerk><script type="module">
const root = document.querySelector('shop-clerk').attachShadow({ mode: 'open' });
root.innerHTML = '<button part="launcher">Open</button>';
root.firstChild.onclick = () => import('/box.js').then(({ show }) => show(root));
</script>`;
const TRIVIAL_MODULE = `export const show = (root) => root.append(Object.assign(document.createElement('div'), { part: 'panel', textContent: 'Hello' }));`;

interface Opening {
  /** From the click to the frame after the one that shows the panel, in ms. */
  painted: number;
  /** The longest task since the click, in ms; 0 for none over 50. */
  longest: number;
}

export async function benchOpen(): Promise<void> {
  const trivial = createServer(({ url }, response) => {
    const script = url === '/box.js';
    response
      .setHeader('content-type', script ? 'text/javascript' : 'text/html')
      .end(script ? TRIVIAL_MODULE : TRIVIAL_PAGE);
  });
  await new Promise<void>((resolve) => trivial.listen(0, '127.0.0.1', resolve));
  const clerk = await startShopClerk();
  const browser = await launch(await chromium());
  try {
    const floor: Opening[] = [];
    const ours: Opening[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floor.push(await openOnce(browser, `http://127.0.0.1:${(trivial.address() as AddressInfo).port}/`));
      ours.push(await openOnce(browser, `${clerk.url}/demo/`));
    }
    const least = median(floor.map(({ painted }) => painted));
    const row = (openings: readonly Opening[]) => {
      const painted = median(openings.map((one) => one.painted));
      const longest = Math.max(...openings.map((one) => one.longest));
      return {
        'click to paint, ms': painted.toFixed(1),
        '÷ trivial': (painted / least).toFixed(2),
        'longest task ms': longest === 0 ? '< 50' : Math.round(longest),
      };
    };
    console.log(`\nOpening the chat, median of ${ROUNDS}`);
    console.table({ 'a module of one line': row(floor), 'Shop Clerk': row(ours) });
  } finally {
    await browser.close();
    await clerk.stop();
    trivial.close();
  }
}

/** As somebody new. */
async function openOnce(browser: Browser, url: string): Promise<Opening> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'networkidle0' });
    await page.waitForSelector('shop-clerk >>> [part="launcher"]');
    return await page.evaluate(async () => {
      let longest = 0;
      // What the page did before is its own: a browser's first page has a long task without any of us.
      const tasks = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      tasks.observe({ type: 'longtask' });
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const root = document.querySelector('shop-clerk')!.shadowRoot!;
      const start = performance.now();
      root.querySelector<HTMLElement>('[part="launcher"]')!.click();
      while (!root.querySelector('[part="panel"]')?.checkVisibility()) await frame();
      // Painted is what was there before the frame that comes next.
      await frame();
      const painted = performance.now() - start;
      // A task is told when it is over.
      await new Promise((resolve) => setTimeout(resolve, 200));
      tasks.disconnect();
      return { painted, longest };
    });
  } finally {
    await context.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
