/**
 * Firefox, driven by puppeteer over WebDriver BiDi. What BiDi has no word for in this version, a page's colour scheme and
 * reduced motion, is set from Firefox's own chrome, which `--remote-allow-system-access` opens to tests.
 */
import type { Browser, LaunchOptions, MediaFeature, Page } from 'puppeteer-core';
import { firefoxPath } from './engines.ts';

/** Both are of the kind that a browsing context can be told: `dark`, `reduce`; `none` leaves it to the system. */
const OVERRIDES: Record<string, string> = {
  'prefers-color-scheme': 'prefersColorSchemeOverride',
  'prefers-reduced-motion': 'prefersReducedMotionOverride',
};

export function firefoxOptions(): LaunchOptions {
  return {
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    args: ['--remote-allow-system-access'],
  };
}

/** A new page whose `emulateMediaFeatures` works. */
export async function firefoxPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  const connection = connectionOf(browser);
  page.emulateMediaFeatures = async (features: MediaFeature[] = []) => {
    const unknown = features.find(({ name }) => !(name in OVERRIDES));
    if (unknown !== undefined) throw new Error(`Firefox can't be told ${unknown.name}.`);
    const wanted = Object.fromEntries(features.map(({ name, value }) => [OVERRIDES[name], value]));
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [window] = result.contexts ?? [];
    if (window === undefined) throw new Error('Firefox shows no window of its own to tests.');
    // All tabs: one test file runs at a time.
    const { result: outcome } = await connection.send('script.evaluate', {
      expression: `for (const { linkedBrowser } of gBrowser.tabs) Object.assign(linkedBrowser.browsingContext, ${JSON.stringify(wanted)})`,
      target: { context: window.context },
      awaitPromise: false,
    });
    if (outcome.type !== 'success') throw new Error(`Firefox did not take ${JSON.stringify(wanted)}.`);
  };
  return page;
}

interface Connection {
  send(method: string, parameters: object): Promise<{ result: { type?: string; contexts?: { context: string }[] } }>;
}

/** Puppeteer's own line to the browser: a second session is refused by Firefox. */
function connectionOf(browser: Browser): Connection {
  if (!('connection' in browser)) throw new Error('This puppeteer drives Firefox by other means than WebDriver BiDi.');
  return browser.connection as Connection;
}
