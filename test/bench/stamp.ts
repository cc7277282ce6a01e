/**
 * A moment as a word: milliseconds with two decimals, comparable between processes of one machine, in letters. Digits would
 * measure the claim check, which holds a figure back until it has been said to its end.
 */
export function stamp(): string {
  const digits = Math.round((performance.timeOrigin + performance.now()) * 100);
  return `@${[...String(digits)].map((digit) => LETTERS[Number(digit)]).join('')}`;
}

/** The moment of the stamp that begins at `at`. */
export function readStamp(text: string, at: number): number {
  let digits = 0;
  for (const letter of text.slice(at + 1, at + STAMP_LENGTH)) digits = digits * 10 + LETTERS.indexOf(letter);
  return digits / 100;
}

const LETTERS = 'abcdefghij';
/** With its `@`; it holds until the year 2286. */
const STAMP_LENGTH = 16;
