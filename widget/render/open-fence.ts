import { isClean } from './plain-text.ts';

/** How a code block begins: only at the line's first column, because indentation would be taken off its content. */
const OPENING = /^(`{3,}(?=[^`\n]*\n)|~{3,})[^\n]*\n/;

/**
 * A code block that is still being written. It grows by its new characters alone: to lex 100 kB of code again for
 * every frame takes a time that grows with its square.
 */
export class OpenFence {
  readonly #code: Text;
  readonly #closing: RegExp;
  /** Where the content begins, and where the search for the closing line goes on: offsets into the block's source. */
  readonly #content: number;
  #searched: number;

  /** The block that `source` begins with, when it is a code block without an end, drawn as `block` already. */
  static of(source: string, block: HTMLElement): OpenFence | null {
    const opening = OPENING.exec(source);
    const code = block.querySelector('pre > code')?.firstChild ?? null;
    if (!opening || !(code instanceof Text)) return null;
    // What was drawn may have been a guess (see mend.ts): it can only grow from what the source really says.
    const isExact = source.startsWith(code.data, opening[0].length) && isClean(source);
    const fence = new OpenFence(opening, code);
    return isExact && fence.#isOpen(source) ? fence : null;
  }

  private constructor(opening: RegExpExecArray, code: Text) {
    const marker = opening[1]!;
    this.#code = code;
    this.#closing = new RegExp(`^ {0,3}${marker.charAt(0)}{${marker.length},} *$`, 'm');
    this.#content = this.#searched = opening[0].length;
  }

  /** Draws what has come since; false when the block must be lexed again, because it may be closed now. */
  grow(source: string, streaming: boolean): boolean {
    const shown = this.#content + this.#code.length;
    if (!this.#isOpen(source) || !isClean(source.slice(shown))) return false;
    let end = source.endsWith('\n') ? source.length - 1 : source.length;
    // While it streams, backticks at a line's beginning may be on their way to close it.
    if (streaming && /^ {0,3}[`~]+$/.test(source.slice(this.#searched))) end = this.#searched - 1;
    if (end > shown) this.#code.appendData(source.slice(shown, end));
    return true;
  }

  #isOpen(source: string): boolean {
    if (this.#closing.test(source.slice(this.#searched))) return false;
    this.#searched = source.lastIndexOf('\n') + 1;
    return true;
  }
}
