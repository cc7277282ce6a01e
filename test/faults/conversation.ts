import { screenshot } from '../e2e/harness.ts';
import type { Shopper } from '../e2e/shopper.ts';
import { questionOf } from './marked-model.ts';
import { examine, type Counts } from './oracle.ts';
import type { Scene } from './scene.ts';

/** The longest that an answer may take to arrive whole over the worst of lines. Only a test that fails ever waits so long. */
const PATIENCE_MS = 60_000;

/** One shopper with one thread, who looks at every answer in every place where it can be seen. */
export class Conversation {
  readonly #scene: Scene;
  readonly #shopper: Shopper;
  readonly #counts: Counts;
  readonly #asked: number[] = [];

  constructor(scene: Scene, shopper: Shopper, counts: Counts) {
    this.#scene = scene;
    this.#shopper = shopper;
    this.#counts = counts;
  }

  async ask(n: number): Promise<void> {
    this.#asked.push(n);
    await this.#shopper.ask(questionOf(n));
  }

  /** Waits for the end of the newest answer and looks at it on the page, and at the one before in what the model was told. */
  async look(): Promise<void> {
    const n = this.#asked.at(-1)!;
    await this.#settled();
    examine(await this.#shopper.answer(), n, this.#counts);
    const before = this.#asked.at(-2);
    if (before !== undefined) examine(tokensOf(this.#scene.model.remembered(n), before), before, this.#counts);
  }

  /** Reloads and looks at all answers as the thread has them. */
  async lookAgain(): Promise<void> {
    const { page } = this.#shopper;
    await page.reload();
    await page.locator('shop-clerk >>> textarea').setTimeout(PATIENCE_MS).wait();
    await this.#settled();
    const texts = await this.#shopper.answers();
    if (texts.length !== this.#asked.length) {
      this.#counts.lost += Math.max(0, this.#asked.length - texts.length);
      this.#counts.doubled += Math.max(0, texts.length - this.#asked.length);
    }
    for (const [index, n] of this.#asked.entries()) examine(texts[index] ?? '', n, this.#counts);
  }

  /** A fresh page in the middle of an answer. */
  async reload(): Promise<void> {
    await this.#shopper.page.reload();
  }

  async end(): Promise<void> {
    await this.#shopper.leave();
  }

  async #settled(): Promise<void> {
    try {
      await this.#shopper.answered(this.#asked.length, PATIENCE_MS, { tryAgain: true });
    } catch (cause) {
      const picture = await screenshot(this.#shopper.page, `fault-q${this.#asked.at(-1)}`);
      throw new Error(`The answer to question ${this.#asked.at(-1)} did not arrive; the page looks like ${picture}`, {
        cause,
      });
    }
  }
}

/** Only what was said in answer to question `n`: a history holds them all. */
function tokensOf(text: string, n: number): string {
  return [...text.matchAll(/a(\d+)\.\d+\.\d+e/g)].filter((match) => Number(match[1]) === n).join(' ');
}
