import { MarkdownStream } from '../render/markdown.ts';

/** How much of a text is looked at to find its direction, in UTF-16 code units. */
const SAMPLE = 1000;

/**
 * Direction of an answer as a whole. By its first letter, which is what `dir=auto` goes by, a list in Hebrew that
 * begins with an English product name would run the wrong way.
 */
function directionOf(text: string): 'ltr' | 'rtl' {
  const letters = text.slice(0, SAMPLE).match(/\p{L}/gu)?.length ?? 0;
  const rtl = text.slice(0, SAMPLE).match(/[\u0590-\u08ff\ufb1d-\ufefc]/g)?.length ?? 0;
  return rtl > letters * 0.3 ? 'rtl' : 'ltr';
}

/**
 * Markdown that grows. It writes its DOM at once, not with Lit's next update: who sets `text` may read the blocks
 * right after.
 */
export class Prose extends HTMLElement {
  #stream = new MarkdownStream(this);
  #text = '';
  #streaming = false;

  /** The whole text so far. */
  set text(markdown: string) {
    // Beyond the sample nothing changes it, and at each frame of a long answer the counting would cost more than the rest.
    if (this.#text.length < SAMPLE || !markdown.startsWith(this.#text.slice(0, SAMPLE))) this.dir = directionOf(markdown);
    this.#text = markdown;
    this.#stream.update(markdown, { streaming: this.#streaming });
  }

  /** More may come: markup that has only begun isn't shown yet. */
  set streaming(streaming: boolean) {
    this.#streaming = streaming;
    this.#stream.update(this.#text, { streaming });
  }
}

if (!customElements.get('shopclerk-prose')) customElements.define('shopclerk-prose', Prose);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-prose': Prose;
  }
}
