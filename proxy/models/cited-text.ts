import type { AnswerCollector } from './answer-collector.ts';
import type { WireCitation } from './responses-items.ts';

/** Citations of one text that are remembered. */
const MAX_CITED = 200;
/** What a mark must not stand inside of. Scripts without blanks between words have no such inside. */
const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
/** Accents, colours of emoji, and what ties two of them together. */
const PART_OF_SIGN = /[\p{M}\p{Emoji_Modifier}\u200d]/u;
const JOINER = '\u200d';
const FLAG = /\p{Regional_Indicator}/u;
const NO_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * The text of an answer, with the provider's citations at their places. A citation names a place in the text and comes right
 * after the words before it; so, once there is something to cite, the last piece is held back until the next event has come.
 * A citation that comes later still stands behind the next whole word: what was said is not taken back. Places are
 * counted in code points, as OpenAI's servers do it, to whom a text is no UTF-16.
 */
export class CitedText {
  /** From now on citations may come. */
  holds = false;
  readonly #answer: AnswerCollector;
  #part = '';
  /** Code points of this part that were said. */
  #length = 0;
  #last = '';
  #held: string[] = [];
  #waiting: WireCitation[] = [];
  #seen = new Set<string>();

  constructor(answer: AnswerCollector) {
    this.#answer = answer;
  }

  /** @param part tells one text of the answer from another @param isApart it is a paragraph of its own */
  say(part: string, text: string, isApart: boolean): void {
    if (part !== this.#part) {
      // A citation that comes before all words waits for them.
      if (this.#part !== '') this.endPart();
      this.#part = part;
      if (isApart && this.#answer.said !== '') this.#answer.say('\n\n');
    }
    if (!this.holds) return this.#answer.say(text);
    this.release();
    // Counted now, so that nothing can fail when it is let go.
    this.#answer.spend(text.length);
    this.#held = [...text];
  }

  cite(part: string, { file, index }: WireCitation): void {
    const name = JSON.stringify([part, index, file]);
    if (this.#seen.has(name) || this.#seen.size >= MAX_CITED) return;
    this.#seen.add(name);
    // Of a text that has ended: where we are now.
    const isOver = part !== this.#part && this.#part !== '';
    this.#waiting.push({ file, index: isOver ? this.#length : index });
    this.#waiting.sort((a, b) => a.index - b.index);
  }

  /** What was held back. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    this.#tell(held);
  }

  /** The text is over: what still waits for its place stands at the end. */
  endPart(): void {
    this.release();
    for (const { file, index } of this.#waiting) this.#mark(file, index);
    this.#waiting = [];
    this.#length = 0;
    this.#last = '';
    this.#part = '';
  }

  #tell(text: readonly string[]): void {
    let at = 0;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const place = this.#landing(text, at, next.index);
      if (place === undefined) break;
      this.#say(text.slice(at, place));
      at = place;
      this.#waiting.shift();
      this.#mark(next.file, next.index);
    }
    this.#say(text.slice(at));
  }

  /** Where in the rest of a text a citation may stand; undefined when it isn't there yet. */
  #landing(text: readonly string[], at: number, index: number): number | undefined {
    let place = Math.max(at, index - this.#length + at);
    while (place < text.length && isJoined(text[place - 1] ?? this.#last, text[place]!)) place++;
    if (place < text.length) return place;
    // At the very end of what is known a word may go on.
    return place === text.length && !IN_WORD.test(text[place - 1] ?? this.#last) && this.#length + place - at >= index
      ? place
      : undefined;
  }

  #mark(file: string, index: number): void {
    this.#answer.add({ type: 'cited', file, back: Math.max(0, this.#length - index) });
  }

  #say(text: readonly string[]): void {
    if (text.length === 0) return;
    this.#answer.give(text.join(''));
    this.#length += text.length;
    this.#last = text.at(-1)!;
  }
}

/** What is one sign to who reads it, one word or one figure: a mark in the middle of 1,999 would leave a price of 999. */
function isJoined(one: string, other: string): boolean {
  if (PART_OF_SIGN.test(other) || one === JOINER || (FLAG.test(one) && FLAG.test(other))) return true;
  if (/\p{N}/u.test(one + other) && /^[.,'’٫٬]$/.test(IN_WORD.test(one) ? other : one)) return true;
  return IN_WORD.test(one) && IN_WORD.test(other) && !NO_BLANKS.test(one) && !NO_BLANKS.test(other);
}
