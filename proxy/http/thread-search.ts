import { setImmediate } from 'node:timers/promises';
import { foldText } from '../fold-text.ts';
import type { ThreadSummary } from '../protocol/index.ts';
import type { Storage } from '../storage/types.ts';
import { summaryOf } from './thread-view.ts';

/** UTF-16 code units of a question that count, and words of it. */
const MAX_QUERY = 100;
const MAX_WORDS = 10;
const MAX_FOUND = 50;
/** The newest of a visitor's threads, and of each its newest messages. */
const MAX_THREADS = 1_000;
const MAX_MESSAGES = 1_000;
/** Messages that are read at a time; between them others get their turn. */
const PAGE = 25;
/** A message is as long as a shop lets it be; a snippet is taken from so much of it around the word. */
const MAX_AROUND = 2_000;
/** Characters of a snippet before and after the word that was found. */
const BEFORE = 40;
const AFTER = 80;

/** The words to look for; undefined when there are none. */
export function soughtIn(query: string): readonly string[] | undefined {
  const words = foldText(query.slice(0, MAX_QUERY))
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length === 0 ? undefined : [...new Set(words)].slice(0, MAX_WORDS);
}

/**
 * A visitor's threads with all the words in the title or in one message, newest first. Their letters are compared as they
 * are read, since SQLite knows no other alphabet's case; a thread at a time, so that nobody's stream stands still.
 */
export async function searchThreads(
  storage: Pick<Storage, 'threads' | 'messages'>,
  { shop, visitorId }: { shop: string; visitorId: string },
  sought: readonly string[],
  signal: AbortSignal,
): Promise<ThreadSummary[]> {
  const found: ThreadSummary[] = [];
  for (const row of await storage.threads(shop, visitorId, MAX_THREADS)) {
    if (found.length === MAX_FOUND || signal.aborted) break;
    await setImmediate();
    const snippet = await snippetIn(row.id, storage, sought, signal);
    if (snippet !== undefined || has(row.title, sought)) {
      found.push({ ...summaryOf(row), ...(snippet !== undefined && { snippet }) });
    }
  }
  return found;
}

/** From where it was said last. */
async function snippetIn(
  thread: string,
  storage: Pick<Storage, 'messages'>,
  sought: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let skip = 0; skip < MAX_MESSAGES && !signal.aborted; skip += PAGE) {
    const messages = await storage.messages(thread, PAGE, { skip });
    for (const { parts } of messages.toReversed()) {
      for (const part of parts) {
        if (part.type === 'text' && has(part.content, sought)) return snippetOf(part.content, sought[0]!);
      }
    }
    if (messages.length < PAGE) break;
    await setImmediate();
  }
  return undefined;
}

function has(text: string, sought: readonly string[]): boolean {
  const folded = foldText(text);
  return sought.every((word) => folded.includes(word));
}

/** The words around the first place where `word` stands, in one line. */
export function snippetOf(text: string, word: string): string {
  const roughly = Math.max(foldText(text).indexOf(word), 0);
  // Marks of Markdown are no words.
  const plain = text
    .slice(Math.max(roughly - MAX_AROUND, 0), roughly + MAX_AROUND)
    .replace(/[*_`#>|~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const points = [...plain];
  const ends: number[] = [];
  let folded = '';
  for (const point of points) {
    folded += foldText(point);
    ends.push(folded.length);
  }
  const at = Math.max(folded.indexOf(word), 0);
  const first = Math.max(
    ends.findIndex((end) => end > at),
    0,
  );
  const from = Math.max(first - BEFORE, 0);
  const to = Math.min(first + AFTER, points.length);
  return `${from > 0 ? '…' : ''}${points.slice(from, to).join('').trim()}${to < points.length ? '…' : ''}`;
}
