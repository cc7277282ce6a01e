import { isHeldBack } from './held-back.ts';
import { BlockParser } from './parse-blocks.ts';
import { Region } from './region.ts';

export { directionOf } from './direction.ts';
export { markdownSheet } from './markdown.styles.ts';

/** A line with its end. A return at the very end may be half of one. */
const LINE = /([^\r\n]*)(?:\r\n|\n|\r(?!$))/y;

/**
 * Markdown that grows, as DOM nodes. A whole line is parsed once; a line that isn't whole is parsed, shown, and taken
 * back until more of it is there. What nothing that may still come can change is never touched again, so that a selection
 * in it lasts and the browser has nothing to lay out (containing them costs more than it saves: docs/performance.md). However a text was cut on its way, the nodes at its end are those
 * of the whole text.
 */
export class MarkdownStream {
  readonly #target: HTMLElement;
  readonly #kept: number;
  #text = '';
  #streaming = false;
  /** Where the first line begins that isn't whole. */
  #at = 0;
  #parser!: BlockParser;
  #region!: Region;

  /** `target` belongs to the stream from then on, but for its first `kept` nodes; those after them become what they shall be. */
  constructor(target: HTMLElement, kept = 0) {
    this.#target = target;
    this.#kept = kept;
    this.#begin();
  }

  /** How many of the target's first children will not change any more, whatever comes. */
  get settled(): number {
    return this.#region.kept;
  }

  /**
   * Shows `markdown`, the whole text so far. While `streaming`, markup that its end has only begun is completed or held
   * back; without it the text is shown exactly as it is. A text that doesn't continue the last one is begun anew.
   */
  update(markdown: string, { streaming = false }: { streaming?: boolean } = {}): void {
    if (markdown === this.#text && streaming === this.#streaming) return;
    // Comparing a slice is a block comparison; `startsWith` goes through 100 kB character by character.
    if (markdown.slice(0, this.#text.length) !== this.#text) {
      while (this.#target.childNodes.length > this.#kept) this.#target.lastChild!.remove();
      this.#begin();
    }
    this.#text = markdown;
    this.#streaming = streaming;
    for (;;) {
      LINE.lastIndex = this.#at;
      const line = LINE.exec(markdown);
      if (!line) break;
      this.#parser.line(line[1]!);
      this.#at = LINE.lastIndex;
    }
    this.#draw(markdown.slice(this.#at).replace('\r', ''));
  }

  #begin(): void {
    this.#parser = new BlockParser();
    this.#region = new Region(this.#target, this.#parser.blocks, { top: true, kept: this.#kept });
    this.#at = 0;
  }

  #draw(rest: string): void {
    const isHeld = this.#streaming && isHeldBack(rest, this.#parser.inCode);
    this.#parser.attempt(isHeld ? '' : rest, (growing) => this.#region.draw(this.#streaming ? growing : null));
    this.#region.settle();
  }
}
