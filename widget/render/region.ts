import type { Block, Container } from './ast.ts';
import { content, isContainer, leafNodes, shell } from './blocks.ts';
import { isMixed } from './letters.ts';
import { patch, patchAttributes } from './patch.ts';

/** What stands in the page for a block. */
interface Shown {
  block: Block;
  /** What of it was drawn. */
  content: unknown;
  growing: boolean;
  /** How many nodes it has: a paragraph of a tight list has as many as its text, all others one. */
  count: number;
  region: Region | null;
}

/**
 * The blocks of one container as nodes. Only the last block can still change, and what one adds comes after it: the others
 * are done and never looked at again. What is drawn for a line that isn't whole may be something else the next time; then
 * the nodes that are there are made equal to what is wanted, so that a selection in them lasts.
 */
export class Region {
  readonly #parent: Element;
  readonly #blocks: readonly Block[];
  /** Paragraphs stand in the container itself. */
  readonly #tight: boolean;
  /** Its paragraphs find their direction each by itself. */
  readonly #top: boolean;
  #done = 0;
  /** How many nodes the blocks have that are done, and what the container itself begins with. */
  #kept: number;
  #shown: Shown[] = [];

  constructor(parent: Element, blocks: readonly Block[], { tight = false, kept = 0, top = false } = {}) {
    this.#parent = parent;
    this.#blocks = blocks;
    this.#tight = tight;
    this.#kept = kept;
    this.#top = top;
  }

  /** How many nodes will not change any more. */
  get kept(): number {
    return this.#kept;
  }

  /** Shows the blocks as they are now; more of `growing` may come. */
  draw(growing: Block | null): void {
    let at = this.#kept;
    const before = this.#shown;
    this.#shown = this.#blocks.slice(this.#done).map((block, index) => {
      const shown = this.#show(block, before[index], at, growing);
      at += shown.count;
      return shown;
    });
    while (this.#parent.childNodes.length > at) this.#parent.lastChild!.remove();
  }

  /** Lets go of what can't change any more, after the blocks are what they will stay. */
  settle(): void {
    while (this.#done < this.#blocks.length - 1) {
      this.#kept += this.#shown.shift()!.count;
      this.#done++;
    }
    const last = this.#shown[0];
    if (last && last.block === this.#blocks[this.#done]) last.region?.settle();
  }

  #show(block: Block, old: Shown | undefined, at: number, growingBlock: Block | null): Shown {
    const same = old?.block === block ? old : undefined;
    if (isContainer(block)) {
      const loose = block.type === 'list' && block.loose;
      const region = (same?.content === loose && same.region) || this.#begin(block, at);
      region.draw(growingBlock);
      return { block, content: loose, growing: false, count: 1, region };
    }
    const growing = block === growingBlock;
    const wanted = content(block);
    if (same && same.content === wanted && same.growing === growing) return same;
    const nodes = leafNodes(block, { growing, tight: this.#tight });
    nodes.forEach((node, index) => {
      // All else, and one with letters of both kinds, has the direction of the whole answer.
      if (this.#top && block.type === 'paragraph' && !isMixed(node.textContent!)) (node as HTMLElement).dir = 'auto';
      this.#place(node, at + index);
    });
    return { block, content: wanted, growing, count: nodes.length, region: null };
  }

  #begin(block: Container, at: number): Region {
    const { node, inside } = shell(block);
    const tight = block.type === 'list' ? !block.loose : block.type === 'item' && this.#tight;
    const options = { tight, kept: inside.childNodes.length };
    const old = this.#parent.childNodes[at];
    // A table's shell has content of its own.
    if (!(old instanceof Element) || old.nodeName !== node.nodeName || node !== inside) {
      if (old) old.replaceWith(node);
      else this.#parent.append(node);
      return new Region(inside, block.blocks, options);
    }
    patchAttributes(old, node);
    const region = new Region(old, block.blocks, options);
    [...node.childNodes].forEach((child, index) => region.#place(child, index));
    return region;
  }

  #place(node: Node, at: number): void {
    const old = this.#parent.childNodes[at];
    if (old) patch(old, node);
    else this.#parent.append(node);
  }
}
