import { cleanLine } from '../../clean-text.ts';
import { wordsOf } from '../../words.ts';

/** UTF-16 code units. */
const MAX_QUOTE = 200;
/** Of one passage. */
const MAX_SENTENCES = 60;
/** What a word has to have in common with another to be of its kin: "return", "returned". */
const STEM = 4;
/** Share of the best sentence's score that makes another one fit as well. */
const ALSO = 0.4;

/**
 * The sentences of a passage that fit best to what is said of it, in plain text. Where nothing fits, because the answer
 * speaks another language, what was searched for decides, and in the end the passage's beginning.
 */
export function quoteOf(passage: string, said: string, searched: string): string {
  const sentences = sentencesOf(passage);
  const words = new Set(wordsOf(lastSentence(said)));
  // A mark may be meant for several sentences: the last one's words choose, all of theirs say what goes along.
  const around = new Set(wordsOf(said.slice(said.lastIndexOf('\n', said.trimEnd().length - 1) + 1)));
  const further = new Set(wordsOf(searched));
  const owns = sentences.map((sentence) => new Set(wordsOf(sentence)));
  const scores = owns.map((own) => scoreOf(own, words, further));
  const beside = owns.map((own) => scoreOf(own, around, further));
  const best = Math.max(...scores);
  let from = scores.indexOf(best);
  let to = from + 1;
  const length = () => sentences.slice(from, to).join(' ').length;
  // A sentence beside it that speaks of the same belongs to it, as long as there is room.
  for (;;) {
    const after = beside[to] ?? 0;
    const before = beside[from - 1] ?? 0;
    if (best === 0 || Math.max(after, before) < best * ALSO) break;
    if (after >= before) to++;
    else from--;
    if (length() <= MAX_QUOTE) continue;
    if (after >= before) to--;
    else from++;
    break;
  }
  return cleanLine(sentences.slice(from, to).join(' '), MAX_QUOTE);
}

/** What the words of a passage are compared by. Taking them out costs as much as all else, so it is done once a passage. */
export interface PassageWords {
  sentences: readonly ReadonlySet<string>[];
  searched: ReadonlySet<string>;
}

export function passageWords(passage: string, searched: string): PassageWords {
  return {
    sentences: sentencesOf(passage).map((sentence) => new Set(wordsOf(sentence))),
    searched: new Set(wordsOf(searched)),
  };
}

/** How well passages fit to what is said of them, by their best sentence; the higher the better. */
export function fitTo(said: string): (words: PassageWords) => number {
  const told = new Set(wordsOf(lastSentence(said)));
  return ({ sentences, searched }) => Math.max(...sentences.map((own) => scoreOf(own, told, searched)));
}

function scoreOf(own: ReadonlySet<string>, told: ReadonlySet<string>, further: ReadonlySet<string>): number {
  return (3 * shared(own, told) + shared(own, further)) / Math.sqrt(4 + own.size);
}

function sentencesOf(passage: string): string[] {
  const sentences = passage
    .split(/\n+/)
    .map(plain)
    .flatMap((line) => line.split(/(?<=[.!?…]["')\]]?)\s+|(?<=[。！？])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  return sentences.length === 0 ? [''] : sentences.slice(0, MAX_SENTENCES);
}

/** A line without the marks of Markdown: nobody quotes them. */
function plain(line: string): string {
  return line
    .replace(/^\s{0,8}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,3}[.)]\s+)/, '')
    .replace(/!?\[([^\]]{0,200})\]\([^)]{0,500}\)/g, '$1')
    .replace(/^\s*\|?[\s:|-]{3,}\|?\s*$/, '')
    .replace(/^\s*\||\|\s*$/g, '')
    .replace(/\s*\|\s*/g, ' · ')
    .replace(/\*{1,3}|`+|(?<!\p{L})_{1,3}|_{1,3}(?!\p{L})/gu, '');
}

/** The sentence that a mark at the end of `said` belongs to. */
function lastSentence(said: string): string {
  const sentences = said.split(/(?<=[.!?…。！？])\s+|\n+/u).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  return sentences.at(-1) ?? '';
}

/** How many of `words` stand in a sentence, in this form or another; the longer count for more. */
function shared(sentence: ReadonlySet<string>, words: ReadonlySet<string>): number {
  let score = 0;
  for (const word of sentence) {
    const weight = /^\p{N}/u.test(word) ? 3 : word.length < STEM ? 0.5 : 2;
    if (words.has(word)) score += weight;
    else if (word.length >= STEM && [...words].some((one) => isKin(one, word))) score += weight / 2;
  }
  return score;
}

function isKin(one: string, other: string): boolean {
  if (one.length < STEM) return false;
  const stem = Math.max(STEM, Math.min(one.length, other.length) - 2);
  return one.startsWith(other.slice(0, stem)) || isTail(one, other) || isTail(other, one);
}

/** All of a word but its first letter: Hebrew writes "the" and "in" there. */
function isTail(tail: string, word: string): boolean {
  return word.length === tail.length + 1 && word.endsWith(tail);
}
