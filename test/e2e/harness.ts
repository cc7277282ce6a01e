/**
 * The product as its owner starts it, in a process of its own, and a browser to shop with. Nothing of the machine it
 * runs on gets in: neither a `.env` nor an API key of whoever runs the tests.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { chromium } from '../browser.ts';

const root = path.resolve(import.meta.dirname, '../..');
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 15_000;
const OUTPUT_LIMIT = 2 ** 20;
/** Ends the proxy when the process that runs the tests is gone, however that came about; a test runner may be killed. */
const END_WITH_US = `data:text/javascript,process.on('disconnect', () => process.exit(1)); process.channel?.unref();`;

export interface ShopClerk {
  /** Without a slash at its end: `http://127.0.0.1:40213`. */
  readonly url: string;
  /** What it has printed so far, stdout and stderr; of a long output the end. */
  output(): string;
  /** Asks it to end, and resolves to its exit code; null if it didn't listen and had to be killed. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  /** Settings as in `.env.example`. With a DATA_DIR the data survive `stop()`, so that it can be started again. */
  env?: Record<string, string>;
  args?: string[];
  signal?: AbortSignal;
}

/** Resolves when it answers. Rejects, with what it printed, if it ends instead or takes too long. */
export async function startShopClerk({ env = {}, args = [], signal }: StartOptions = {}): Promise<ShopClerk> {
  signal?.throwIfAborted();
  const own = await mkdtemp(path.join(tmpdir(), 'shop-clerk-e2e-'));
  const child = spawn(process.execPath, ['--import', END_WITH_US, path.join(root, 'proxy/start.js'), ...args], {
    cwd: own,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DATA_DIR: path.join(own, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = endOf(child, own);

  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_LIMIT);
    });
  }

  const limit = AbortSignal.timeout(START_LIMIT_MS);
  try {
    const url = await addressOf(child, ended, signal === undefined ? limit : AbortSignal.any([limit, signal]));
    return { url, output: () => output, stop: () => stop(child, ended) };
  } catch (cause) {
    child.kill('SIGKILL');
    await ended;
    throw new Error(`Shop Clerk did not start: ${(cause as Error).message}\n${output}`, { cause });
  }
}

/** Its exit code, once it is gone and what it left is removed. */
async function endOf(child: ChildProcess, directory: string): Promise<number | null> {
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return exitCode;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function addressOf(child: ChildProcess, ended: Promise<number | null>, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (text: string) => {
      printed += text;
      const address = /^Shop Clerk is at (http:\/\/[^/\s]+)\/(?:demo\/)?$/m.exec(printed)?.[1];
      if (address !== undefined) resolve(address);
    });
    ended.then((exitCode) => reject(new Error(`it ended with exit code ${exitCode}`)), reject);
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  child.kill('SIGTERM');
  return ended.finally(() => clearTimeout(limit));
}

export async function openBrowser(): Promise<Browser> {
  return launch(await chromium());
}

/** Writes `test/.output/<name>.png` and returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const directory = path.join(root, 'test/.output');
  const file = `${directory}/${name}.png` as const;
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  return file;
}
