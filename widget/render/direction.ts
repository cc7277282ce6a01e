import { RTL } from './letters.ts';

/** What most often is a name: bold, a link, code, in quotes. A quote inside a word is none: ס"מ. */
const NAMES =
  /\*\*[^*\n]*(?:\*\*)?|\[[^\]\n]*(?:\](?:\([^)\s]*\)?)?)?|`[^`\n]*`?|(?<!\p{L})["“”„«][^"“”«»\n]{0,200}["“”»]/gu;
/** Items, headings and rows of a table are names more often than they are sentences. */
const LISTED = /^ *(?:[-+*|#]|\d+[.)] ).*/gm;
const SENTENCES = /\n|[.!?؟…] /;

/**
 * The direction of the language that an answer in Markdown is written in, whatever the names in it are written in. A name is at one
 * end of a sentence at the most, so first and last letters tell, of what stands outside of names and lists where there is any. Where they
 * are even, letters do; words with a capital are taken for names. By the first letter alone, which is what `dir=auto` goes
 * by, or by the share of letters, a few long names would turn the whole answer around.
 */
export function directionOf(markdown: string): 'ltr' | 'rtl' {
  const nameless = markdown.replace(NAMES, ' ');
  for (const text of [nameless.replace(LISTED, ''), nameless, markdown]) {
    const ends = text.split(SENTENCES).flatMap((sentence) => {
      const letters = sentence.match(/\p{L}/gu) ?? [];
      return [letters[0] ?? '', letters.at(-1) ?? ''];
    });
    const more = balance(ends.join('')) || balance(text.replace(/\p{Lu}\S*/gu, ''));
    if (more) return more > 0 ? 'rtl' : 'ltr';
  }
  return RTL.test(markdown) ? 'rtl' : 'ltr';
}

/** How many more letters run from right to left than the other way. */
function balance(text: string): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.reduce((more, letter) => more + (RTL.test(letter) ? 1 : -1), 0);
}
