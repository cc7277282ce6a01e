import { wordsOf } from '../../words.ts';

/** Words of a sentence that it has to take from a passage to be one of its own. */
const LEAST_WORDS = 3;
const SHARE = 0.5;
/** Shorter ones say little. */
const MIN_WORD = 4;

/** Hours and telephones: who doesn't know names them, too, and they stand in many passages. */
const REACHED_AT = /\d{1,2}:\d{2}(?!\d)|\+?\d(?:[ ()-]{0,2}\d){6,14}/g;

/**
 * Whether an answer says what stands in one of these passages, although it cites none: a sentence of it has its words, or,
 * where it speaks another language, a number. What was looked for is left out: "I don't know how long you may return it" has
 * the words of the question.
 */
export function restsOn(answer: string, passages: readonly string[], lookedFor: readonly string[]): boolean {
  const asked = new Set(wordsOf(lookedFor.join(' ')));
  const known = passages.map((text) => new Set(wordsOf(text)));
  const sentences = answer
    .replace(REACHED_AT, ' ')
    .split(/[.!?…。！？\n]+/u)
    .map((sentence) => {
      const words = new Set(wordsOf(sentence).filter((word) => !asked.has(word)));
      return { told: [...words].filter((word) => word.length >= MIN_WORD), numbers: [...words].filter(isNumber) };
    });
  return known.some((words) =>
    sentences.some(({ told, numbers }) => {
      const shared = told.filter((word) => words.has(word)).length;
      const isSaid = shared >= LEAST_WORDS && shared >= told.length * SHARE;
      return isSaid || (told.length >= LEAST_WORDS && numbers.some((number) => words.has(number)));
    }),
  );
}

/** Two digits and more: single ones stand everywhere. */
function isNumber(word: string): boolean {
  return /^\d{2,}$/.test(word);
}
