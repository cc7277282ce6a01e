/*
 * What most answers are made of: paragraphs and short lists, with words in bold or italics. They are shown without the parser
 * of Markdown, as exactly the nodes that it would make of them; what is anything else, or could become it, is left to it.
 */
import { element } from './element.ts';
import { isMixed } from './letters.ts';
import { patch } from './patch.ts';

/** The end of a block, and the beginning of the next. */
const GAP = /\n\n+/g;
/** Longer ones are for the parser, which looks at no line twice. */
const LONGEST = 2000;
/** Before anything else, a list goes on after a blank line, or goes deeper. */
const AFTER_LIST = /\*\*|[^\s\d*+-]/y;
const ITEM = /^(?:[-+*]|(\d{1,9})[.)])(?= \S)/;
/** A line that begins with a word, a price or a picture; a space at its end may be markup. */
const WORDS = /^(?!\d+[.)](?:\s|$))\*{0,2}["'(“”‘’„«]?[\p{L}\p{N}\p{Sc}\p{Extended_Pictographic}](?:.*\S)?$/u;
/** A line that so far is only the beginning of one. */
const HALF = /^(?:(?:[-+*]|\d{1,9}[.)]?) ?){0,2}\*{0,2}["'(“”‘’„«]?$/;
/** What is markup, an address, or hides something; and in a line from right to left, what render/apart.ts keeps together. */
const MARKUP =
  /^(?=[^]*[\u0590-\u08ff])[^]*(?:\+\d|\d(?:.?[a-z×°]|-\d+-))|[\\`_[\]<|\t\r\0\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e01ef}]|~~|&[#\w]|@|https?:|www\./iu;
/** `**so**` and `*so*` where nothing else can be meant. What has no end yet is taken as if it ended here. */
const EMPHASIS = /(?<![^\s("'“«])(\*\*?)(?![\s*])([^*]*[^\s*])(?:\1(?![^\s.,:;!?)…"'”»—–-])|(\*?$))/gu;

/** Puts a text into `parent`; false when it isn't plain. Of a `growing` one more may come. */
function appendInline(parent: Element, text: string, growing: boolean): boolean {
  if (MARKUP.test(text)) return false;
  let at = 0;
  let plain = '';
  const append = (words: string, ...more: Node[]): void => {
    plain += words;
    parent.append(...(words ? [words] : []), ...more);
  };
  for (const { 0: all, 1: mark, 2: words = '', 3: open, index } of text.matchAll(EMPHASIS)) {
    if (open !== undefined && !growing) return false;
    append(text.slice(at, index), element(mark === '*' ? 'em' : 'strong', words));
    at = index + all.length;
  }
  const rest = text.slice(at);
  append(growing ? rest.replace(/\s*\*{0,2}$/, '') : rest);
  return !plain.includes('*');
}

/** A paragraph, a list, or one right below the other; null for what isn't plain. */
function blocksOf(text: string, growing: boolean): HTMLElement[] | null {
  const lines = text.split('\n');
  if (text === '' || (growing && HALF.test(lines.at(-1)!))) lines.pop();
  const nodes: HTMLElement[] = [];
  const add = (node: HTMLElement, words: string, isLast: boolean): boolean =>
    words.split('\n').every((line) => WORDS.test(line)) && appendInline(node, words, growing && isLast);

  const list = lines.findIndex((line) => ITEM.test(line));
  const items = list < 0 ? [] : lines.splice(list);
  if (lines.length > 0) {
    const paragraph = element('p');
    if (!add(paragraph, lines.join('\n'), items.length === 0)) return null;
    if (!isMixed(paragraph.textContent)) paragraph.dir = 'auto';
    nodes.push(paragraph);
  }
  const [sign = '', first] = ITEM.exec(items[0] ?? '') ?? [];
  // "… in\n2026. The next sentence" is no list.
  if (nodes.length > 0 && first && Number(first) !== 1) return null;
  const parent = element(first ? 'ol' : 'ul');
  if (first && Number(first) !== 1) parent.setAttribute('start', `${Number(first)}`);
  for (const [index, item] of items.entries()) {
    const marker = ITEM.exec(item)?.[0];
    const node = element('li');
    if (marker?.at(-1) !== sign.at(-1) || !add(node, item.slice(marker!.length + 1), index === items.length - 1))
      return null;
    parent.append(node);
  }
  if (items.length > 0) nodes.push(parent);
  return nodes;
}

/** The plain beginning of a text that grows. Its last block is drawn anew as long as it may change. */
export class PlainStream {
  readonly #target: HTMLElement;
  /** Where the first block begins that may still change. */
  at = 0;
  /** How many nodes those before it have. */
  kept = 0;

  constructor(target: HTMLElement) {
    this.#target = target;
  }

  /** Shows the text so far. False when what begins at `at` isn't plain: nothing of that has changed in the page. */
  show(text: string, growing: boolean): boolean {
    for (;;) {
      GAP.lastIndex = this.at;
      const gap = GAP.exec(text);
      const next = gap ? GAP.lastIndex : text.length;
      const isLast = next === text.length;
      const block = text.slice(this.at, gap?.index).trimEnd();
      const nodes = block.length > LONGEST ? null : blocksOf(block, growing && !gap);
      if (!nodes) return false;
      AFTER_LIST.lastIndex = next;
      if (!isLast && nodes.at(-1)?.matches('ul,ol') && !AFTER_LIST.test(text)) return false;
      this.#draw(nodes);
      if (isLast) return true;
      this.at = next;
      this.kept += nodes.length;
    }
  }

  #draw(nodes: readonly HTMLElement[]): void {
    const { childNodes } = this.#target;
    nodes.forEach((node, index) => {
      const old = childNodes[this.kept + index];
      if (old) patch(old, node);
      else this.#target.append(node);
    });
    while (childNodes.length > this.kept + nodes.length) this.#target.lastChild!.remove();
  }
}
