/** Lets web-test-runner run its test files in WebKitGTK, one after the other in one page. */
import type { BrowserLauncher } from '@web/test-runner';
import { openWebKit, type WebKit, type WebKitPage } from './webkit.ts';

/** What the runner's commands (`sendKeys`, `setViewport` …) ask of a launcher that says it is puppeteer's. */
interface Launcher extends BrowserLauncher {
  getPage(sessionId: string): WebKitPage;
}

export function webkitLauncher(): Launcher {
  let webkit: WebKit | undefined;
  let active: string | undefined;
  const page = (sessionId: string) => {
    if (webkit === undefined || active !== sessionId) throw new Error(`No page for session ${sessionId}.`);
    return webkit.page;
  };
  return {
    name: 'WebKit',
    // Its page takes puppeteer's words; the runner has no others for a launcher of one's own.
    type: 'puppeteer',
    concurrency: 1,
    getPage: page,
    isActive: (sessionId) => active === sessionId,
    getBrowserUrl: (sessionId) => page(sessionId).url(),
    async startSession(sessionId, url) {
      webkit ??= await openWebKit();
      active = sessionId;
      await webkit.page.setViewport({ width: 800, height: 600 });
      await webkit.page.goto(url);
    },
    async stopSession(sessionId) {
      // Whatever still runs there ends.
      await page(sessionId).goto('about:blank');
      active = undefined;
      return {};
    },
    async stop() {
      await webkit?.close();
      webkit = undefined;
    },
    startDebugSession() {
      throw new Error('There is no debugging in WebKit here: its window is on a screen that nobody sees.');
    },
  };
}
