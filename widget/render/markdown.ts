import type { Block, List } from './ast.ts';
import { itemNode, renderBlock } from './blocks.ts';
import { mend } from './mend.ts';
import { parseBlocks } from './parse-blocks.ts';
import { patch } from './patch.ts';

/** Class of a block that will not change any more: styles may contain its layout and paint. */
export const SETTLED = 'settled';

/** What stands in the page: `source` made `block`, and `node` shows it. */
interface Drawn {
  source: string;
  block: Block;
  node: HTMLElement;
  /** Sources of a list's items. */
  items: string[];
}

/**
 * Markdown that grows, as DOM nodes. A block is settled as soon as nothing that may still come can change it; a
 * settled block is never touched again, so that a selection in it lasts and the browser has nothing to lay out.
 * Only the open tail is parsed and compared again. However a text was cut on its way, the nodes at its end are those
 * of the whole text.
 */
export class MarkdownStream {
  readonly #target: HTMLElement;
  #text = '';
  #streaming = false;
  /** Where the open tail begins in the text. */
  #tailStart = 0;
  #open: Drawn[] = [];

  /** `target` is emptied, and belongs to the stream from then on. */
  constructor(target: HTMLElement) {
    this.#target = target;
    target.replaceChildren();
  }

  /**
   * Shows `markdown`, the whole text so far. While `streaming`, markup that the last line has only begun is completed
   * or held back; without it the text is shown exactly as it is. A text that doesn't continue the last one is begun
   * anew.
   */
  update(markdown: string, { streaming = false }: { streaming?: boolean } = {}): void {
    const text = markdown.includes('\r') ? markdown.replace(/\r\n?/g, '\n') : markdown;
    if (text === this.#text && streaming === this.#streaming) return;
    // Comparing a slice is a block comparison; `startsWith` goes through 100 kB character by character.
    if (text.slice(0, this.#text.length) !== this.#text) this.#reset();
    this.#text = text;
    this.#streaming = streaming;
    this.#drawTail(text.slice(this.#tailStart));
  }

  #reset(): void {
    this.#target.replaceChildren();
    this.#tailStart = 0;
    this.#open = [];
  }

  #drawTail(tail: string): void {
    const source = this.#streaming ? mend(tail) : tail;
    const before = this.#open;
    const blocks = parseBlocks(source);
    this.#open = blocks.map((block, index) => {
      const end = blocks[index + 1]?.start ?? source.length;
      return this.#draw(block, source.slice(block.start, end), before[index]);
    });
    for (const { node } of before.slice(blocks.length)) node.remove();
    this.#settle(source);
  }

  #draw(block: Block, source: string, old: Drawn | undefined): Drawn {
    if (old?.source === source) return { ...old, block };
    const items = block.type === 'list' ? itemSources(block, source) : [];
    if (old && block.type === 'list' && isSameList(old.block, block)) {
      this.#drawItems(block, items, old);
      return { source, block, items, node: old.node };
    }
    const wanted = renderBlock(block);
    return { source, block, items, node: old ? patch(old.node, wanted) : this.#target.appendChild(wanted) };
  }

  /** Items that read as before stay as they are; a list can be long, and usually only its last item grows. */
  #drawItems({ items, loose }: List, sources: string[], { node, items: before }: Drawn): void {
    items.forEach((item, index) => {
      if (sources[index] === before[index]) return;
      const wanted = itemNode(item, loose);
      const old = node.children[index];
      if (old) patch(old, wanted);
      else node.append(wanted);
    });
    for (const extra of [...node.children].slice(items.length)) extra.remove();
  }

  /** Lets go of all blocks before the last one that has begun for certain. */
  #settle(source: string): void {
    const last = this.#open.findLastIndex(({ block }) => hasBegun(block, source));
    if (last < 1) return;
    this.#tailStart += this.#open[last]!.block.start;
    for (const { node } of this.#open.splice(0, last)) node.classList.add(SETTLED);
    const offset = this.#open[0]!.block.start;
    for (const { block } of this.#open) block.start -= offset;
  }
}

/**
 * A block has begun when its first line is whole: until then `2` may still become `2. item` of the list above. A table
 * begins with what was a line of a paragraph, and alone that line could mean something else.
 */
function hasBegun(block: Block, source: string): boolean {
  return block.type !== 'table' && source.includes('\n', block.start);
}

function isSameList(one: Block, other: List): boolean {
  return one.type === 'list' && one.first === other.first && one.loose === other.loose;
}

function itemSources({ start, items }: List, source: string): string[] {
  return items.map((item, index) => source.slice(item.start - start, (items[index + 1]?.start ?? Infinity) - start));
}
