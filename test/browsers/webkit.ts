/** WebKitGTK with one page, on a screen that nobody sees. */
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { openVirtualScreen, type Desktop } from './virtual-screen.ts';
import { WebDriver } from './webdriver.ts';

/** What tests do with a page, in puppeteer's words, so that its commands can be given to this one. */
export interface DrivenPage {
  goto(url: string): Promise<unknown>;
  /** `act` runs in the page and knows nothing from outside it but what it is given. */
  evaluate<T, Given extends string[]>(act: (...given: Given) => T | Promise<T>, ...given: Given): Promise<Awaited<T>>;
  keyboard: {
    type(text: string): Promise<void>;
    /** Named as in `KeyboardEvent.key`. */
    press(key: string): Promise<void>;
    down(key: string): Promise<void>;
    up(key: string): Promise<void>;
  };
  mouse: {
    move(x: number, y: number): Promise<void>;
    click(x: number, y: number): Promise<void>;
  };
}

export interface WebKitPage extends DrivenPage {
  url(): Promise<string>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  emulateMediaFeatures(features: readonly { name: string; value?: string }[]): Promise<void>;
}

export interface WebKit {
  readonly page: WebKitPage;
  close(): Promise<void>;
}

export async function openWebKit(): Promise<WebKit> {
  const screen = await openVirtualScreen();
  try {
    const port = await freePort();
    const child = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      env: screen.env,
      stdio: 'ignore',
    });
    const kill = () => void child.kill();
    process.once('exit', kill);
    const driver = await WebDriver.connect(`http://127.0.0.1:${port}`);
    await driver.goto('about:blank');
    const bar = await toolbarHeight(driver);
    return {
      page: pageOf(driver, { bar, setDesktop: screen.set }),
      async close() {
        await driver.end();
        process.off('exit', kill);
        kill();
        screen.close();
      },
    };
  } catch (error) {
    screen.close();
    throw error;
  }
}

interface Around {
  /** Height of the window's toolbar. */
  bar: number;
  setDesktop(desktop: Desktop): void;
}

function pageOf(driver: WebDriver, { bar, setDesktop }: Around): WebKitPage {
  const desktop = { dark: false, reducedMotion: false };
  const move = (x: number, y: number) =>
    ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }) as const;
  const press = async (key: string) => {
    await driver.keys([
      { type: 'keyDown', key },
      { type: 'keyUp', key },
    ]);
  };
  return {
    goto: (url) => driver.goto(url),
    url: () => driver.url(),
    evaluate: (act, ...given) => driver.evaluate(`return (${String(act)})(...arguments)`, given),
    keyboard: {
      press,
      async type(text) {
        for (const key of text) await press(key);
      },
      down: (key) => driver.keys([{ type: 'keyDown', key }]),
      up: (key) => driver.keys([{ type: 'keyUp', key }]),
    },
    mouse: {
      move: (x, y) => driver.pointer([move(x, y)]),
      click: (x, y) =>
        driver.pointer([move(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]),
    },
    /** The size of the page, as elsewhere; WebDriver knows the window's, which has a toolbar. */
    async setViewport({ width, height }) {
      await driver.resize(width, height + bar);
      await settled(driver, `innerWidth === ${width} && innerHeight === ${height}`);
    },
    async emulateMediaFeatures(features) {
      for (const { name, value } of features) {
        if (name === 'prefers-color-scheme') desktop.dark = value === 'dark';
        else if (name === 'prefers-reduced-motion') desktop.reducedMotion = value === 'reduce';
        else throw new Error(`WebKitGTK can't be told ${name}.`);
      }
      setDesktop(desktop);
      const { dark, reducedMotion } = desktop;
      await settled(
        driver,
        `matchMedia('(prefers-color-scheme: dark)').matches === ${dark} &&
         matchMedia('(prefers-reduced-motion: reduce)').matches === ${reducedMotion}`,
      );
    },
  };
}

/** Until the page itself sees it: the news go by the window system. */
function settled(driver: WebDriver, condition: string): Promise<void> {
  return until(() => driver.evaluate<boolean>(`return ${condition}`), condition);
}

/** What a window has besides its page. It is told a size that the page takes on a while later. */
async function toolbarHeight(driver: WebDriver): Promise<number> {
  let heights: number[] = [];
  await until(async () => {
    heights = [await driver.evaluate<number>('return outerHeight - innerHeight'), ...heights].slice(0, 5);
    return heights.length === 5 && heights[0]! >= 0 && new Set(heights).size === 1;
  }, 'the window has found its size');
  return heights[0]!;
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`In WebKit it never came about that ${what}.`);
}

/** WebKitWebDriver can't choose one itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
