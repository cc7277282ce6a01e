/** The states of the widget that somebody has to have looked at, and how a shopper gets to each of them. */
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { openBrowser, startShopClerk } from '../e2e/harness.ts';
import { Shopper, type Look } from '../e2e/shopper.ts';
import { NO_LIMITS } from '../fixtures/no-limits.ts';
import { SCRIPTS, type Language, type Line } from './lines.ts';
import { startStagedModel, type StagedModel } from './staged-model.ts';

export interface Stage {
  readonly url: string;
  readonly browser: Browser;
  readonly model: StagedModel;
  close(): Promise<void>;
}

/** The demo store with a model that has its lines, and a browser. */
export async function setStage(): Promise<Stage> {
  const model = await startStagedModel();
  const env = { ...NO_LIMITS, OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'gpt-5' };
  const [clerk, browser] = await Promise.all([startShopClerk({ env }), openBrowser()]);
  return {
    url: clerk.url,
    browser,
    model,
    async close() {
      await browser.close();
      await clerk.stop();
      await model.close();
    },
  };
}

/** Somebody new in the demo store, who reads this language. */
export async function enter({ browser, url }: Stage, language: Language, look: Look = {}): Promise<Visitor> {
  return new Visitor(await Shopper.arrive(browser, `${url}/demo/?lang=${language}`, look), language);
}

export class Visitor {
  readonly shopper: Shopper;
  readonly language: Language;
  #asked = 0;

  constructor(shopper: Shopper, language: Language) {
    this.shopper = shopper;
    this.language = language;
  }

  get lines() {
    return SCRIPTS[this.language];
  }

  /** An empty conversation, open. */
  async begin(): Promise<void> {
    const { shopper } = this;
    const opened = await shopper.page.$eval('shop-clerk', (clerk) => clerk.hasAttribute('open'));
    if (!opened && !(await shopper.page.$('shop-clerk[layout=inline]'))) await shopper.openChat();
    if (this.#asked > 0) await shopper.press('new-chat');
    this.#asked = 0;
    await shopper.waitFor((root) => root.querySelector('.start') !== null);
  }

  async ask({ asks }: Line): Promise<void> {
    this.#asked++;
    const { page } = this.shopper;
    await page.focus('shop-clerk >>> textarea');
    // In one piece: a hundred keys take a second, and typing is tried elsewhere.
    await page.keyboard.sendCharacter(asks);
    await page.keyboard.press('Enter');
  }

  async hear(line: Line): Promise<void> {
    await this.ask(line);
    await this.shopper.answered(this.#asked);
  }

  async seen(selector: string): Promise<void> {
    await this.shopper.waitFor((root, wanted) => root.querySelector(wanted) !== null, selector);
  }

  /** The entry of the menu with one of these words in it. */
  async choose(...words: string[]): Promise<void> {
    const { page } = this.shopper;
    await this.shopper.press('menu');
    await this.seen('[role^=menuitem]');
    await page.$$eval(
      'shop-clerk >>> [role^=menuitem]',
      (items, wanted) =>
        (items.find((item) => wanted.some((word) => item.textContent.includes(word))) as HTMLElement).click(),
      words,
    );
  }
}

export interface Scene {
  name: string;
  /** Leaves the visitor in this state; it is done when the state is. */
  reach(visitor: Visitor): Promise<void>;
  /** Leaves the state, so that the next scene can begin. */
  leave?(visitor: Visitor, stage: Stage): Promise<void>;
}

const told = (name: 'first' | 'table'): Scene => ({
  name,
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines[name]);
  },
});

/** Pictures come late, and those out of sight not at all. */
async function drawn({ shopper }: Visitor): Promise<void> {
  await shopper.waitFor((root) =>
    [...root.querySelectorAll<HTMLImageElement>('.media img')].every((image) => {
      const { left, right, top, bottom } = image.getBoundingClientRect();
      const panel = root.querySelector('.panel')!.getBoundingClientRect();
      const hidden = right < panel.left || left > panel.right || bottom < panel.top || top > panel.bottom;
      return hidden || image.complete;
    }),
  );
}

const begun: Scene = { name: 'start', reach: (visitor) => visitor.begin() };
const closed: Scene = {
  name: 'closed',
  async reach({ shopper }) {
    await shopper.page.locator('shop-clerk >>> [part="launcher"]').wait();
  },
};
const streaming: Scene = {
  name: 'streaming',
  async reach(visitor) {
    await visitor.begin();
    await visitor.ask(visitor.lines.streaming);
    await visitor.seen('shopclerk-prose li:nth-child(2)');
  },
  async leave({ shopper }, { model }) {
    model.goOn();
    await shopper.answered();
  },
};
const cards: Scene = {
  name: 'cards',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.cards);
    await drawn(visitor);
  },
};
const comparison: Scene = {
  name: 'comparison',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.comparison);
    await visitor.seen('.compare table');
    await drawn(visitor);
  },
};
const cart: Scene = {
  name: 'cart',
  async reach(visitor) {
    await visitor.begin();
    await visitor.ask(visitor.lines.cart);
    await visitor.seen('[part~=confirm]');
    await drawn(visitor);
  },
  async leave({ shopper }) {
    await shopper.press('decline');
    await shopper.answered();
  },
};
const error: Scene = {
  name: 'error',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.error);
    await visitor.seen('[part=error] button');
  },
};
const sources: Scene = {
  name: 'sources',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.sources);
    await visitor.seen('shopclerk-sources summary');
    await visitor.shopper.page.locator('shop-clerk >>> shopclerk-sources summary').click();
  },
};
const history: Scene = {
  name: 'history',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.first);
    await visitor.choose('conversations', 'Conversations', 'שיחות');
    await visitor.seen('.threads li');
  },
  async leave({ shopper }) {
    await shopper.page.locator('shop-clerk >>> .threads .back').click();
  },
};
const contact: Scene = {
  name: 'contact',
  async reach(visitor) {
    await visitor.begin();
    await visitor.choose('shop', 'Contact', 'לחנות', 'קשר');
    await visitor.seen('[part=contact-form]');
  },
};
const offline: Scene = {
  name: 'offline',
  async reach(visitor) {
    await visitor.begin();
    await visitor.hear(visitor.lines.first);
    await visitor.shopper.page.setOfflineMode(true);
    await visitor.ask(visitor.lines.cards);
    await visitor.seen('.note button');
  },
  async leave({ shopper }) {
    await shopper.page.setOfflineMode(false);
    await shopper.answered(2);
  },
};
/** The shop asks before anything is kept: the same store, whose settings arrive with one word changed. */
const consent: Scene = {
  name: 'consent',
  async reach({ shopper }) {
    const { page } = shopper;
    await page.setRequestInterception(true);
    page.on('request', (request) => void askConsent(request));
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await shopper.openChat();
    await shopper.waitFor((root) => root.querySelector('[part=consent]') !== null);
  },
};

async function askConsent(request: HTTPRequest): Promise<void> {
  if (!/\/api\/shops\/\w+$/.test(request.url())) return request.continue();
  const shop = (await (await fetch(request.url())).json()) as object;
  const body = JSON.stringify({ ...shop, consent: true, privacy_url: 'https://pippalo.example/privacy' });
  await request.respond({ contentType: 'application/json', body });
}

/** In an order in which one visitor can live through all of them. */
export const SCENES: readonly Scene[] = [
  closed,
  begun,
  told('first'),
  streaming,
  cards,
  comparison,
  cart,
  error,
  sources,
  told('table'),
  history,
  offline,
  contact,
  consent,
];
