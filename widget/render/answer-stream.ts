import { element } from './element.ts';
import type { Brought } from '../bring.ts';
import { parser, type Markdown } from './load.ts';
import type { MarkdownStream } from './markdown.ts';
import { PlainStream } from './plain.ts';

/** What could hide a message, where the parser, which knows better, can't be had. */
const HIDDEN = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e01ef}]/gu;

/** Words wait so long for the parser, in milliseconds; then they are shown as they were written until it comes. */
const PATIENCE_MS = 4_000;

/** Markdown that grows, as DOM nodes: as far as it is plain at once, and the rest as soon as the parser is there. */
export class AnswerStream {
  readonly #target: HTMLElement;
  readonly #onLate: () => void;
  readonly #parser: Brought<Markdown>;
  readonly #patienceMs: number;
  #text = '';
  #streaming = false;
  /** For the parser. */
  #waiting = false;
  /** It takes too long, or can't be had. */
  #overdue = false;
  #plain: PlainStream;
  #stream: MarkdownStream | null = null;

  /** `target` is emptied, and belongs to the stream from then on. `onLate`: what had to wait has been drawn. */
  constructor(target: HTMLElement, onLate: () => void, from = parser, patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
    this.#parser = from;
    this.#target = target;
    this.#onLate = onLate;
    this.#plain = new PlainStream(target);
  }

  /** Shows `text`, the whole so far; while `streaming`, more may come. A text that doesn't continue the last one is begun anew. */
  update(text: string, streaming: boolean): void {
    if (text.slice(0, this.#text.length) !== this.#text) {
      this.#target.replaceChildren();
      this.#plain = new PlainStream(this.#target);
      this.#stream = null;
    }
    this.#text = text;
    this.#streaming = streaming;
    if (!this.#draw()) void this.#drawLate();
  }

  #draw(): boolean {
    const { at, kept } = this.#plain;
    const there = this.#parser.there();
    if (there) {
      const stream = (this.#stream ??= new there.MarkdownStream(this.#target, kept));
      stream.update(this.#text.slice(at), { streaming: this.#streaming });
      return true;
    }
    if (this.#plain.show(this.#text, this.#streaming)) return true;
    if (this.#overdue) this.#drawRaw();
    return false;
  }

  async #drawLate(): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    const late = (): void => {
      this.#overdue = true;
      this.#draw();
      this.#onLate();
    };
    // A line that hangs fails only after minutes.
    const enough = setTimeout(late, this.#patienceMs);
    await this.#parser.bring();
    clearTimeout(enough);
    this.#waiting = false;
    late();
  }

  /** As it was written: better than nothing of it. */
  #drawRaw(): void {
    const { at, kept } = this.#plain;
    while (this.#target.childNodes.length > kept) this.#target.lastChild!.remove();
    const paragraph = element('p', this.#text.slice(at).replace(HIDDEN, ''));
    paragraph.dir = 'auto';
    this.#target.append(paragraph);
  }
}
