import { element } from './element.ts';
import { RTL } from './letters.ts';

/**
 * From a number on to the end of the Latin words behind it, phone numbers, and digits in groups such as those of an SKU. How far it
 * looks ahead is bounded, for hostile text.
 */
const TOGETHER =
  /(?<![\p{L}\d]|\d[.,:/-])([+₪$€£-]?(?=\d(?:(?:[.,:/×–-]| (?:× )?)?\d){0,30}[ :/–-]?[\p{sc=Latin}°]|\d+-\d+-|(?<=\+)\d)\d(?:(?:[.,:/×–-]| (?:× )?)?[\p{sc=Latin}\d°])*)/u;

/**
 * In a line from right to left, "1.5 kg" would be read "kg 1.5", and "30 × 40 cm" backwards: a number goes with the line, and not with
 * the letters after it. What belongs together gets a direction of its own: by an element, since a sign would be copied along.
 * @param block the text of the whole block, for the direction of its lines
 */
export function apart(text: string, block: string): Node[] {
  if (!RTL.test(block)) return [document.createTextNode(text)];
  const parts = text.split(TOGETHER).entries();
  return [...parts].flatMap(([at, part]) =>
    at % 2 ? element('bdi', part) : part ? document.createTextNode(part) : [],
  );
}
