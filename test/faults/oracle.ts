import { TOKENS } from './marked-model.ts';

export interface Counts {
  /** Answers that were looked at, each in one place. */
  looked: number;
  lost: number;
  doubled: number;
  reordered: number;
  /** Tokens of an answer that was replaced, or of another question. */
  foreign: number;
}

export const nothing = (): Counts => ({ looked: 0, lost: 0, doubled: 0, reordered: 0, foreign: 0 });

/** Looks at the whole text of the answer to question `n` and counts what is wrong with it. */
export function examine(text: string, n: number, counts: Counts): void {
  const tokens = [...text.matchAll(/a(\d+)\.(\d+)\.(\d+)e/g)].map((match) => match.slice(1).map(Number));
  const own = tokens.filter(([question]) => question === n);
  // The newest try is the answer; nothing of the ones before it may be left.
  const attempt = Math.max(0, ...own.map(([, tried]) => tried!));
  const places = own.filter(([, tried]) => tried === attempt).map(([, , place]) => place!);
  const distinct = new Set(places);
  counts.looked++;
  counts.foreign += tokens.length - places.length;
  counts.lost += TOKENS - distinct.size;
  counts.doubled += places.length - distinct.size;
  counts.reordered += places.filter((place, index) => index > 0 && place < places[index - 1]!).length;
}

export function isClean({ lost, doubled, reordered, foreign }: Counts): boolean {
  return lost + doubled + reordered + foreign === 0;
}
