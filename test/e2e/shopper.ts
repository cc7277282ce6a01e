/** What a shopper does and sees, in words: the tests' hands and eyes on the page. */
import type { Browser, Page } from 'puppeteer-core';

export interface Look {
  width?: number;
  height?: number;
  phone?: boolean;
  dark?: boolean;
}

export interface SeenCard {
  title: string;
  price: string;
  oldPrice: string | null;
  stock: string | null;
  href: string;
}

const IN_SHADOW = 'shop-clerk >>> ';

export class Shopper {
  readonly page: Page;
  /** What went wrong on the page; a test that expects nothing of the sort checks that it is empty. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Arrives as somebody new: nothing kept from anyone before. */
  static async arrive(
    browser: Browser,
    url: string,
    { width = 1280, height = 800, phone = false, dark = false }: Look = {},
  ) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const shopper = new Shopper(page);
    await page.setViewport(
      phone ? { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : { width, height },
    );
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.goto(url);
    return shopper;
  }

  async leave(): Promise<void> {
    await this.page.browserContext().close();
  }

  async openChat(): Promise<void> {
    await this.page.locator(`${IN_SHADOW}[part="launcher"]`).click();
    await this.page.locator(`${IN_SHADOW}textarea`).wait();
  }

  /** Writes and presses Enter. */
  async ask(question: string): Promise<void> {
    await this.page.locator(`${IN_SHADOW}textarea`).click();
    await this.page.keyboard.type(question);
    await this.page.keyboard.press('Enter');
  }

  async press(part: string): Promise<void> {
    await this.page.locator(`${IN_SHADOW}[part~="${part}"]`).click();
  }

  /** Until the answer number `count` has ended, however it ended. `tryAgain`: presses the button when nothing could be loaded. */
  async answered(count = 1, timeoutMs = 30_000, { tryAgain = false } = {}): Promise<void> {
    await this.waitFor(
      (root, argument) => {
        const [wanted, insist] = argument.split(' ');
        // As long as there is no conversation at all, there is nothing that trying again could double.
        if (insist === 'true' && root.querySelector('[part~="user"]') === null) {
          root.querySelector<HTMLElement>('[part~="error"] button')?.click();
        }
        return (
          root.querySelectorAll('[part~="assistant"]').length >= Number(wanted) &&
          root.querySelector('[part~="stop"]') === null
        );
      },
      `${count} ${tryAgain}`,
      timeoutMs,
    );
  }

  /** Until something in the widget holds. `condition` runs in the page and knows nothing from outside it. */
  async waitFor(
    condition: (root: ShadowRoot, argument: string) => boolean,
    argument = '',
    timeoutMs = 30_000,
  ): Promise<void> {
    const element = (await this.page.waitForSelector('shop-clerk'))!;
    const root = await element.evaluateHandle((clerk) => clerk.shadowRoot!);
    await this.page.waitForFunction(condition, { timeout: timeoutMs }, root, argument);
  }

  /** Text of each answer, without its cards and what only screen readers are told. */
  async answers(): Promise<string[]> {
    return this.page.$$eval(`${IN_SHADOW}[part~="assistant"]`, (answers) =>
      answers.map((answer) =>
        [...answer.querySelectorAll('shopclerk-prose')].map((prose) => (prose as HTMLElement).innerText).join('\n'),
      ),
    );
  }

  /** Text of the last answer. */
  async answer(): Promise<string> {
    return (await this.answers()).at(-1) ?? '';
  }

  async questions(): Promise<string[]> {
    return this.page.$$eval(`${IN_SHADOW}[part~="user"] .bubble`, (bubbles) =>
      bubbles.map((bubble) => bubble.textContent),
    );
  }

  /** The cards of the last answer. */
  async cards(): Promise<SeenCard[]> {
    return this.page.$$eval(`${IN_SHADOW}[part~="assistant"]`, (answers) =>
      [...(answers.at(-1)?.querySelectorAll('[part="card"]') ?? [])].map((card) => {
        const text = (part: string) => card.querySelector<HTMLElement>(`[part~="${part}"]`)?.innerText.trim() ?? null;
        return {
          // Without what only a screen reader tells of the link.
          title: text('card-title')?.split('\n')[0]!.trim() ?? '',
          price: text('card-price') ?? '',
          oldPrice: text('card-price-old'),
          stock: text('card-stock'),
          href: card.querySelector('a')?.href ?? '',
        };
      }),
    );
  }
}
