import type { Block } from './blocks.ts';

/** UTF-16 code units: one chunk answers one question, and some fit into a prompt. */
const TARGET = 800;
const MAX = 1_200;
/** What of the end of one chunk stands again at the beginning of the next: a sentence or two. */
const OVERLAP = 200;
const MAX_SECTION = 300;

export interface Chunk {
  /** The headings above it, outermost first: `Returns › Exchanges`. */
  section: string;
  text: string;
}

/** Something that is not torn apart, and how it stands to what is before it. */
interface Unit {
  text: string;
  /** Between it and the one before: a blank within a paragraph, a line break in a table or a list, two between paragraphs. */
  before: ' ' | '\n' | '\n\n';
  row: boolean;
}

/** Chunks below their headings, with overlap. The same blocks always make the same chunks. */
export function chunksOf(blocks: readonly Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  const path: { level: number; text: string }[] = [];
  let units: Unit[] = [];
  let heading = '';
  function flush(): void {
    const section = sectionOf(path);
    for (const text of packed(units)) chunks.push({ section, text });
    // A heading with nothing below it may be all there is to say.
    if (units.length === 0 && heading !== '') chunks.push({ section: sectionOf(path.slice(0, -1)), text: heading });
    units = [];
    heading = '';
  }
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      units.push(...unitsOf(block));
      continue;
    }
    // The heading of a part that has parts of its own is said by their sections.
    const deeper = path.length > 0 && block.level > path.at(-1)!.level;
    if (units.length === 0 && deeper) heading = '';
    flush();
    while (path.length > 0 && path.at(-1)!.level >= block.level) path.pop();
    path.push({ level: block.level, text: block.text });
    heading = block.text;
  }
  flush();
  return chunks;
}

function sectionOf(path: readonly { text: string }[]): string {
  const section = path.map(({ text }) => text).join(' › ');
  return section.length <= MAX_SECTION ? section : `…${section.slice(1 - MAX_SECTION).replace(/^\p{Surrogate}/u, '')}`;
}

function unitsOf(block: Block): Unit[] {
  const row = block.kind === 'row';
  const units: Unit[] = [];
  for (const [index, line] of block.text.split('\n').entries()) {
    const pieces = row ? split(line) : sentencesOf(line).flatMap(split);
    for (const [at, text] of pieces.entries()) {
      units.push({ text, row, before: at > 0 ? ' ' : index > 0 || row ? '\n' : '\n\n' });
    }
  }
  return units.filter(({ text }) => text !== '');
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

function sentencesOf(line: string): string[] {
  return line.length <= OVERLAP ? [line] : Array.from(sentences.segment(line), ({ segment }) => segment.trim());
}

/** What is longer than a chunk may be is torn at a blank. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > MAX) {
    const blank = rest.lastIndexOf(' ', MAX);
    const at = blank > MAX / 2 ? blank : MAX - (/\p{Surrogate}/u.test(rest.slice(MAX - 1, MAX)) ? 1 : 0);
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...parts, rest];
}

function packed(units: readonly Unit[]): string[] {
  const texts: string[] = [];
  let held: Unit[] = [];
  /** Of what is held, only said again. */
  let again = 0;
  for (const unit of units) {
    const length = lengthOf(held);
    if (held.length > again && (length + unit.text.length > MAX || length >= TARGET)) {
      texts.push(join(held));
      held = overlapOf(held, MAX - unit.text.length - 2);
      again = held.length;
    }
    held.push(unit);
  }
  if (held.length > again) texts.push(join(held));
  return texts;
}

/** The last sentence or two; never a row, which says all of itself where it stands. */
function overlapOf(units: readonly Unit[], room: number): Unit[] {
  const taken: Unit[] = [];
  for (const unit of units.toReversed()) {
    if (unit.row || taken.length === 2 || lengthOf([...taken, unit]) > Math.min(OVERLAP, room)) break;
    taken.unshift(unit);
  }
  return taken.length === units.length ? [] : taken;
}

function join(units: readonly Unit[]): string {
  return units.map(({ text, before }, index) => (index === 0 ? text : before + text)).join('');
}

function lengthOf(units: readonly Unit[]): number {
  return units.reduce((sum, { text }) => sum + text.length + 2, 0);
}
