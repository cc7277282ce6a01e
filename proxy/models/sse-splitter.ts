import { StringDecoder } from 'node:string_decoder';

/**
 * Splits the bytes of an event stream into its events, as the HTML standard says (§9.2.6): lines end in LF, CR or CRLF,
 * `data` lines add up, an empty line sends the event. `id`, `retry` and comments mean nothing between us and a model.
 *
 * Of our own because this runs once for every token of every stream. Pure: bytes in, callbacks out, in one call.
 */
export interface SseSplitterOptions {
  /** `event` is '' where the server gave no name. What it throws stops the split and comes out of `push`. */
  onEvent: (event: string, data: string) => void;
  /** Longest event, in UTF-16 code units. */
  maxEventLength?: number;
}

export class SseSplitter {
  readonly #onEvent: (event: string, data: string) => void;
  readonly #maxEventLength: number;
  readonly #decoder = new StringDecoder('utf8');
  /** The line that isn't whole yet. */
  #rest = '';
  #event = '';
  #data: string | undefined;
  #started = false;
  #afterCr = false;

  constructor({ onEvent, maxEventLength = 1_048_576 }: SseSplitterOptions) {
    this.#onEvent = onEvent;
    this.#maxEventLength = maxEventLength;
  }

  /** Throws a RangeError when an event gets too long. */
  push(bytes: Buffer): void {
    const text = this.#rest + this.#withLf(this.#decoder.write(bytes));
    let start = 0;
    for (let end = text.indexOf('\n', this.#rest.length); end !== -1; end = text.indexOf('\n', start)) {
      this.#line(text, start, end);
      start = end + 1;
    }
    this.#rest = text.slice(start);
    this.#check(this.#rest.length);
  }

  /** The text with every line end an LF. A CRLF can be cut in two by a read, so a LF right after a CR is dropped. */
  #withLf(text: string): string {
    if (text === '') return text;
    let from = 0;
    if (!this.#started) {
      this.#started = true;
      if (text.startsWith('\uFEFF')) from = 1;
    }
    if (this.#afterCr && text[from] === '\n') from += 1;
    this.#afterCr = text.endsWith('\r');
    const rest = from === 0 ? text : text.slice(from);
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  }

  #line(text: string, start: number, end: number): void {
    if (start === end) {
      this.#send();
    } else if (text.startsWith('data', start)) {
      const value = fieldValue(text, start + 4, end);
      if (value === undefined) return;
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
      this.#check(this.#data.length);
    } else if (text.startsWith('event', start)) {
      this.#event = fieldValue(text, start + 5, end) ?? this.#event;
    }
  }

  #send(): void {
    const event = this.#event;
    const data = this.#data;
    this.#event = '';
    this.#data = undefined;
    if (data !== undefined) this.#onEvent(event, data);
  }

  #check(length: number): void {
    if (length > this.#maxEventLength) {
      throw new RangeError(`An event of the stream is longer than ${this.#maxEventLength} characters.`);
    }
  }
}

/** What stands after the name of a field that ends at `at`; undefined if the name goes on there (`database: …`). */
function fieldValue(text: string, at: number, end: number): string | undefined {
  if (at === end) return '';
  if (text[at] !== ':') return undefined;
  return text.slice(text[at + 1] === ' ' ? at + 2 : at + 1, end);
}
