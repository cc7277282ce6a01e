import { AnswerStream } from '../render/answer-stream.ts';
import { RTL } from '../render/letters.ts';
import { parser } from '../render/load.ts';
import { dress } from '../styles/sheet.ts';

/** How much of a text is looked at to find its direction, in UTF-16 code units. */
const SAMPLE = 1000;

/** Of an answer as a whole, until the parser is there, which knows better: who writes from right to left has more such letters than a few names. */
const roughDirection = (sample: string): 'ltr' | 'rtl' => {
  const letters = sample.replace(/\P{L}/gu, '');
  return letters.split(RTL).length - 1 > letters.length * 0.3 ? 'rtl' : 'ltr';
};

/**
 * Markdown that grows. It writes its DOM at once, not with Lit's next update: who sets `text` may read the blocks
 * right after, but for those that wait for the parser. When they are there, it says `late`.
 */
export class Prose extends HTMLElement {
  #stream = new AnswerStream(this, () => this.#late());
  #text = '';
  #sample = '';
  #streaming = false;

  connectedCallback(): void {
    const there = parser.there();
    if (there) dress(this, there.markdownSheet);
    const sample = this.#text.slice(0, SAMPLE);
    // At each frame of a long answer, counting letters would cost as much as the rest.
    if (sample !== this.#sample) this.dir = (there?.directionOf ?? roughDirection)((this.#sample = sample));
  }

  #late(): void {
    // The parser may know better.
    this.#sample = '';
    this.connectedCallback();
    this.dispatchEvent(new Event('late'));
  }

  #draw(): void {
    this.#stream.update(this.#text, this.#streaming);
    this.connectedCallback();
  }

  /** The whole text so far. */
  set text(markdown: string) {
    this.#text = markdown;
    this.#draw();
  }

  /** More may come: markup that has only begun isn't shown yet. */
  set streaming(streaming: boolean) {
    this.#streaming = streaming;
    this.#draw();
  }
}

if (!customElements.get('shopclerk-prose')) customElements.define('shopclerk-prose', Prose);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-prose': Prose;
  }
}
