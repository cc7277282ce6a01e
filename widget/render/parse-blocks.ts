import type { Align, Block, Heading, List, ListItem, Table } from './ast.ts';

/** Deeper markers are text. Nobody reads so deep, and whoever walks the blocks calls itself for each level. */
const MAX_DEPTH = 10;

const QUOTE = /^ *> ?/;
const RULE = /^ *([-_*])(?: *\1){2,} *$/;
const UNDERLINE = /^ *(=+|-+) *$/;
const HEADING = /^ *(#{1,6})(?: (.*))?$/;
const FENCE = /^( *)(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const MARKER = /^( *)([-+*]|(\d{1,9})[.)])( +|$)/;
const TASK = /^\[([ xX])\] +(?=\S)/;
const DELIMITER = /^:?-+:?$/;

interface Open {
  blocks: Block[];
  /** Only of an item: the column where its content begins, and the list it belongs to. */
  offset?: number;
  list?: List;
  /** Only of an item: its bullet, or the character after its number. A list has one kind. */
  kind?: string;
}

type Leaf =
  | { type: 'paragraph'; block: Block & { type: 'paragraph' }; lastLine: string }
  | { type: 'code'; block: Block & { type: 'code' }; indent: number; closing: RegExp; isEmpty: boolean }
  | { type: 'table'; block: Table };

/**
 * The block structure of CommonMark with GitHub's tables and tasks, as a model writes it: without HTML (it is text),
 * indented code (models use fences; what is indented too far is still a list or a paragraph) and reference links.
 *
 * Written for streams: lines are taken one by one and never looked at again. A line can change only the last block of
 * each container, and add to it.
 */
export class BlockParser {
  readonly blocks: Block[] = [];
  /** The open containers, outermost first. */
  #open: Open[] = [{ blocks: this.blocks }];
  /** The block of the innermost container that the next line may continue. */
  #leaf: Leaf | null = null;
  #afterBlank = false;
  /** Levels of the headings that the next line stands under. */
  #under: readonly number[] = [];

  /** The next line stands in a code block. */
  get inCode(): boolean {
    return this.#leaf?.type === 'code';
  }

  /**
   * Shows `look` what the blocks would be with `line`, which isn't whole yet, and takes it back. `look` is told which
   * block would go on growing.
   */
  attempt(line: string, look: (growing: Block | null) => void): void {
    if (line === '') return look(this.#leaf?.block ?? null);
    const [leaf, open, afterBlank, under] = [this.#leaf, this.#open, this.#afterBlank, this.#under];
    this.#open = [...open];
    // Depth is bounded, so these are a handful.
    const objects = [leaf, leaf?.block, ...open.map(({ list }) => list)].map((object) => ({
      object,
      was: { ...object },
    }));
    const arrays = [...open, leaf?.block, ...open.map(({ list }) => list)].flatMap((holder) =>
      holder && 'blocks' in holder
        ? [{ blocks: holder.blocks as Block[], length: holder.blocks.length, last: holder.blocks.at(-1) }]
        : [],
    );

    this.line(line);
    look(lastLeaf(this.blocks));

    [this.#leaf, this.#open, this.#afterBlank, this.#under] = [leaf, open, afterBlank, under];
    for (const { object, was } of objects) Object.assign(object ?? {}, was);
    for (const { blocks, length, last } of arrays) {
      blocks.length = length;
      if (last) blocks[length - 1] = last;
    }
  }

  line(line: string): void {
    // Tabs of code are its own, unless it stands in an item, where columns count.
    const isPlainCode = this.#leaf?.type === 'code' && this.#open.length === 1;
    let { rest, matched } = this.#match(isPlainCode ? line : expandTabs(line));
    const isInside = matched === this.#open.length;
    if (isInside && this.#leaf?.type === 'code') return this.#codeLine(this.#leaf, rest);

    let depth = matched;
    // Markers of quotes and items, as many as stand here.
    for (; depth < MAX_DEPTH; depth++) {
      const interrupts = depth === matched && isInside && this.#leaf?.type === 'paragraph';
      const next = this.#openQuote(rest, depth) ?? this.#openItem(rest, depth, interrupts);
      if (next === null) break;
      rest = next;
    }
    const isNew = depth > matched;

    if (rest.trim() === '') {
      this.#closeTo(depth);
      this.#afterBlank = !isNew;
      return;
    }
    this.#content(rest, { isNew, isInside, depth });
    this.#afterBlank = false;
  }

  /** How many of the open containers this line goes on in, and what of the line is left for their content. */
  #match(line: string): { rest: string; matched: number } {
    let rest = line;
    let matched = 1;
    for (; matched < this.#open.length; matched++) {
      const { offset, blocks } = this.#open[matched]!;
      if (offset === undefined) {
        const marker = QUOTE.exec(rest);
        if (!marker) break;
        rest = rest.slice(marker[0].length);
      } else {
        const isBlank = rest.trim() === '';
        // An item may begin with a blank line, but not with two.
        if (isBlank ? blocks.length === 0 : rest.search(/[^ ]/) < offset) break;
        rest = rest.slice(offset);
      }
    }
    return { rest, matched };
  }

  #openQuote(rest: string, depth: number): string | null {
    const marker = QUOTE.exec(rest);
    if (!marker) return null;
    this.#closeTo(depth);
    const blocks: Block[] = [];
    this.#add({ type: 'quote', blocks });
    this.#open.push({ blocks });
    return rest.slice(marker[0].length);
  }

  #openItem(rest: string, depth: number, interrupts: boolean): string | null {
    const marker = MARKER.exec(rest);
    if (!marker || RULE.test(rest)) return null;
    const [all, indent = '', sign = '', number, gap = ''] = marker;
    const content = rest.slice(all.length);
    // "… in\n2026. The next sentence" is no list.
    if (interrupts && (content === '' || (number !== undefined && Number(number) !== 1))) return null;

    const kind = sign.slice(-1);
    const sibling = this.#open[depth];
    this.#closeTo(depth);
    const item: ListItem = { type: 'item', checked: null, blocks: [] };
    let list = sibling?.kind === kind ? sibling.list : undefined;
    if (!list) {
      list = { type: 'list', first: number === undefined ? null : Number(number), loose: false, blocks: [] };
      this.#add(list);
    } else if (this.#afterBlank) list.loose = true;
    list.blocks.push(item);
    const width = content === '' || gap.length > 4 ? 1 : gap.length;
    this.#open.push({ blocks: item.blocks, offset: indent.length + sign.length + width, list, kind });
    const task = TASK.exec(content);
    if (task) item.checked = task[1] !== ' ';
    return task ? content.slice(task[0].length) : ' '.repeat(Math.max(0, gap.length - width)) + content;
  }

  #content(rest: string, at: { isNew: boolean; isInside: boolean; depth: number }): void {
    const { isNew, isInside, depth } = at;
    const leaf = isNew ? null : this.#leaf;
    const underline = isInside && leaf?.type === 'paragraph' ? UNDERLINE.exec(rest) : null;
    if (underline && leaf?.type === 'paragraph') {
      this.#replace(this.#placed({ level: underline[1]!.startsWith('=') ? 1 : 2, text: leaf.block.text }));
      return;
    }
    const heading = headingOf(rest);
    const block = heading ? this.#placed(heading) : leafBlock(rest);
    if (block) {
      this.#closeTo(depth);
      this.#add(block);
      if (block.type === 'code') this.#openFence(block, rest);
    } else if (leaf?.type === 'paragraph') {
      // Also a line that left its quote or item off: a paragraph takes it all the same.
      if (!isInside || !this.#beginTable(leaf, rest)) continueParagraph(leaf, rest);
    } else if (leaf?.type === 'table' && isInside) {
      const { header, align } = leaf.block;
      leaf.block.blocks.push({ type: 'row', cells: cells(rest, header.length), align });
    } else {
      this.#closeTo(depth);
      const text = rest.trimStart();
      const paragraph: Block & { type: 'paragraph' } = { type: 'paragraph', text };
      this.#add(paragraph);
      this.#leaf = { type: 'paragraph', block: paragraph, lastLine: text };
    }
  }

  #openFence(block: Block & { type: 'code' }, rest: string): void {
    const [, indent = '', fence = ''] = FENCE.exec(rest)!;
    const closing = new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},} *$`);
    this.#leaf = { type: 'code', block, indent: indent.length, closing, isEmpty: true };
  }

  #codeLine(leaf: Leaf & { type: 'code' }, line: string): void {
    if (leaf.closing.test(line)) {
      this.#leaf = null;
      return;
    }
    const code = line.slice(Math.min(leaf.indent, Math.max(0, line.search(/[^ ]|$/))));
    leaf.block.text += leaf.isEmpty ? code : `\n${code}`;
    leaf.isEmpty = false;
  }

  /** The last line of a paragraph is a table's head when this line draws its columns. */
  #beginTable({ block: paragraph, lastLine }: Leaf & { type: 'paragraph' }, line: string): boolean {
    if (!line.includes('|')) return false;
    const delimiters = cells(line);
    const header = cells(lastLine);
    if (header.length !== delimiters.length || !delimiters.every((cell) => DELIMITER.test(cell))) return false;
    const align = delimiters.map(alignment);
    const before = paragraph.text.slice(0, -lastLine.length).trimEnd();
    const block: Table = { type: 'table', align, header, blocks: [] };
    if (before === '') this.#replace(block);
    else {
      paragraph.text = before;
      this.#add(block);
    }
    this.#leaf = { type: 'table', block };
    return true;
  }

  /** Below those before it that are of a higher rank, however far above they stand: no step is left out. */
  #placed(heading: Pick<Heading, 'level' | 'text'>): Heading {
    this.#under = [...this.#under.filter((level) => level < heading.level), heading.level];
    return { type: 'heading', depth: this.#under.length, ...heading };
  }

  #add(block: Block): void {
    const { blocks, list } = this.#open.at(-1)!;
    if (list && this.#afterBlank && blocks.length > 0) list.loose = true;
    blocks.push(block);
    this.#leaf = null;
  }

  #replace(block: Block): void {
    this.#open.at(-1)!.blocks.splice(-1, 1, block);
    this.#leaf = null;
  }

  #closeTo(depth: number): void {
    this.#open.length = Math.min(this.#open.length, depth);
    this.#leaf = null;
  }
}

/** The innermost of the last blocks. */
function lastLeaf(blocks: readonly Block[]): Block | null {
  const last = blocks.at(-1);
  return last && 'blocks' in last ? (lastLeaf(last.blocks) ?? last) : (last ?? null);
}

function headingOf(line: string): Pick<Heading, 'level' | 'text'> | null {
  const heading = HEADING.exec(line);
  if (!heading) return null;
  const text = (heading[2] ?? '').trim().replace(/(?:^| +)#+$/, '');
  return { level: heading[1]!.length, text };
}

/** A block that its first line tells by itself. */
function leafBlock(line: string): (Block & { type: 'rule' | 'code' }) | null {
  if (RULE.test(line)) return { type: 'rule' };
  return FENCE.test(line) ? { type: 'code', text: '' } : null;
}

function continueParagraph(leaf: Leaf & { type: 'paragraph' }, line: string): void {
  leaf.lastLine = line.trimStart();
  leaf.block.text += `\n${leaf.lastLine}`;
}

/** `count` cells, however many stand there; all of them without it. `\|` is a bar of the text. */
function cells(row: string, count?: number): string[] {
  const found = [''];
  for (const [part] of row.trim().matchAll(/\\\||\\[^]|[^\\|]+|[^]/g)) {
    if (part === '|') found.push('');
    else found.push(found.pop()! + (part === '\\|' ? '|' : part));
  }
  // The bars at both ends are a frame.
  if (found.length > 1 && found[0] === '') found.shift();
  if (found.length > 1 && found.at(-1) === '') found.pop();
  const trimmed = found.map((cell) => cell.trim());
  return count === undefined ? trimmed : Array.from({ length: count }, (_, index) => trimmed[index] ?? '');
}

function alignment(cell: string): Align | null {
  if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'end';
  return cell.startsWith(':') ? 'start' : null;
}

/** A tab goes on to the next column that is a multiple of four. Only at the beginning, where columns count. */
function expandTabs(line: string): string {
  const prefix = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*/.exec(line)![0];
  if (!prefix.includes('\t')) return line;
  let expanded = '';
  for (const char of prefix) expanded += char === '\t' ? ' '.repeat(4 - (expanded.length % 4)) : char;
  return expanded + line.slice(prefix.length);
}
