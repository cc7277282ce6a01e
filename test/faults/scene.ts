import { mkdirSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { launch } from 'puppeteer-core';
import { chromium } from '../browser.ts';
import { serveShopPage } from '../e2e/shop-page.ts';
import { Shopper } from '../e2e/shopper.ts';
import { startFaultProxy, type FaultProxy } from '../fakes/fault-proxy.ts';
import { tempDir } from '../temp-dir.ts';
import { ClerkProcess } from './clerk-process.ts';
import { startMarkedModel } from './marked-model.ts';
import { NO_LIMITS } from '../fixtures/no-limits.ts';

export interface Scene extends AsyncDisposable {
  model: Awaited<ReturnType<typeof startMarkedModel>>;
  clerk: ClerkProcess;
  faults: FaultProxy;
  browser: Browser;
  /** A shopper on a page of the shop, whose widget reaches the proxy through the faults. */
  arrive(): Promise<Shopper>;
}

/**
 * A shop's page in a real browser, the real proxy in a process of its own, a line between them that can be broken at will,
 * and a model whose every token is marked. The page and the widget's files come over a good line: only the conversation
 * is broken.
 */
export async function createScene({ seed, delayMs }: { seed: number; delayMs: number }): Promise<Scene> {
  const dir = tempDir();
  const dataDir = dir.file('data');
  mkdirSync(dataDir);
  const [model, page, browser] = await Promise.all([
    startMarkedModel({ delayMs }),
    serveShopPage(),
    launch(await chromium()),
  ]);
  const clerk = await ClerkProcess.create({
    dataDir,
    env: {
      OPENAI_API_KEY: 'sk-faults',
      OPENAI_BASE_URL: model.baseUrl,
      CATALOG_FILE: new URL('../../demo/shop/catalog.json', import.meta.url).pathname,
      SHOP_SLUG: 'faults',
      SHOP_ORIGINS: page.origin,
      SHUTDOWN_GRACE_MS: '200',
      ...NO_LIMITS,
    },
  });
  await clerk.start();
  const faults = await startFaultProxy({ target: clerk.url, seed });
  // The files once, from the living process; later it may be down when somebody arrives.
  page.embed(
    `<script src="${clerk.url}/widget.js" data-shop="faults" data-proxy="${faults.url}" data-open defer></script>`,
  );
  return {
    model,
    clerk,
    faults,
    browser,
    async arrive() {
      const shopper = await Shopper.arrive(browser, `${page.origin}/?lang=en`);
      await shopper.page.locator('shop-clerk >>> textarea').setTimeout(60_000).wait();
      return shopper;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await faults.close();
      await clerk.end('SIGKILL');
      await model.close();
      await page.close();
      dir[Symbol.dispose]();
    },
  };
}
