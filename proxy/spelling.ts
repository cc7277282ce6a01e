/** Farther apart two words are not a slip of the finger. */
const MAX_SLIPS = 2;

/** The known word that somebody who wrote `word` will have meant; undefined when none is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  // Of a very short word two slips leave nothing; in a longer one two neighbours may have changed places.
  let least = Math.min(MAX_SLIPS, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const slips = distance(word, candidate, least);
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** Letters to add, drop or change; `limit` once it is that many. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return row[b.length]!;
}
