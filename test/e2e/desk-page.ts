/** The owner at the desk, in words: the tests' hands and eyes on `/admin/`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import type { DeskApp } from '../../desk/app.ts';

const IN_DESK = 'desk-app >>> ';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

export interface Violation {
  id: string;
  where: string[];
}

export class DeskPage {
  readonly page: Page;
  readonly url: string;
  /** What went wrong on the page, refused logins apart: the page asks who is in. */
  readonly complaints: string[] = [];
  /** What was asked of anybody else. */
  readonly foreign: string[] = [];
  #decline: ((words: string) => void) | null = null;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 401/.test(message.text())) this.complaints.push(message.text());
    });
    // A browser's own question stops all scripts of the page until it is answered: a test that comes to one unawares has left
    // too early, and would wait for ever instead of failing.
    page.on('dialog', (dialog) => {
      if (this.#decline) {
        this.#decline(dialog.message());
        this.#decline = null;
        void dialog.dismiss();
        return;
      }
      this.complaints.push(`The page asked: ${dialog.message() || dialog.type()}`);
      void dialog.accept();
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== url) this.foreign.push(request.url());
    });
  }

  /** Arrives as somebody who isn't logged in. @param url of the proxy */
  static async open(browser: Browser, url: string): Promise<DeskPage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    const desk = new DeskPage(page, url);
    await page.goto(`${url}/admin/`);
    return desk;
  }

  async leave(): Promise<void> {
    await this.page.browserContext().close();
  }

  async logIn(token: string): Promise<void> {
    await this.page.locator(`${IN_DESK}::-p-text(Operator)`).click();
    await this.page.locator(`${IN_DESK}input[name=token]`).fill(token);
    await this.page.keyboard.press('Enter');
  }

  /** Goes to a view by its address, and waits until it stands. */
  async show(path: string): Promise<void> {
    await this.page.evaluate((hash) => (location.hash = hash), `#/${path}`);
    await this.ready(path.split(/[/?]/)[0]!);
  }

  /** Until the view `desk-<name>` is there, has heard of the address as it is, and nothing in it is being loaded. */
  async ready(name: string): Promise<void> {
    await this.page.waitForFunction(
      (name) => {
        const app = document.querySelector<DeskApp>('desk-app');
        const view = app?.shadowRoot?.querySelector(`main > desk-${name}`)?.shadowRoot;
        if (!app || !view || view.childElementCount === 0) return false;
        const asked = new URLSearchParams(location.hash.split('?')[1]);
        if (String(app.route.query) !== String(asked)) return false;
        return !view.querySelector('desk-skeleton, [aria-busy=true]');
      },
      {},
      name,
    );
  }

  press(words: string): Promise<void> {
    return this.page.locator(`${IN_DESK}::-p-aria(${words})`).click();
  }

  /**
   * Waits until the page says it, looking at every frame: a locator looks again only when elements or attributes change, and
   * a text that Lit writes over another is neither.
   */
  async sees(words: string): Promise<void> {
    await this.page.waitForSelector(`${IN_DESK}::-p-text(${words})`, { visible: true });
  }

  /** Says no to the next question of the browser. Resolves to its words. */
  declines(): Promise<string> {
    return new Promise((resolve) => (this.#decline = resolve));
  }

  /** Until the note is saved: its words alone stand in the field already, and leaving would be asked about. */
  async saveNote(): Promise<void> {
    await this.page.locator(`${IN_DESK}form .button.main`).click();
    await this.page.waitForSelector(`${IN_DESK}textarea`, { hidden: true });
  }

  async texts(selector: string): Promise<string[]> {
    return this.page.$$eval(`${IN_DESK}${selector}`, (found) =>
      found.map((element) => (element as HTMLElement).innerText.trim()),
    );
  }

  /** Until the keyboard is there, through all shadow roots: a view that comes takes it a moment later. */
  async focuses({ tag, text }: { tag: string; text?: string }): Promise<void> {
    await this.page.waitForFunction(
      (tag, text) => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.localName === tag && (text === '' || (at.ariaLabel ?? at.textContent?.trim()) === text);
      },
      {},
      tag,
      text ?? '',
    );
  }

  async dark(isDark: boolean): Promise<void> {
    await this.page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
  }

  /** What axe has against the page as it is. The page's own content policy would let no other script in. */
  async violations(): Promise<Violation[]> {
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof Axe };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.flat().join(' ')) }));
    });
  }
}
