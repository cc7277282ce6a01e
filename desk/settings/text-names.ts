/** Which texts of the widget a shop may say in its own words: loaded when somebody asks. */
import { aboutStrings } from '../../widget/i18n/en-about.ts';
import { shopperStrings } from '../../widget/i18n/en-shopper.ts';
import { en } from '../../widget/i18n/en.ts';
import { laterStrings } from '../../widget/i18n/later.ts';
import { PLACES, type WithValues } from '../../widget/i18n/own-words.ts';
import type { Strings } from '../../widget/i18n/types.ts';

export interface TextName {
  name: string;
  /** What the widget says in English, with its places in braces. */
  text: string;
}

/** All there are, in the widget's own order. */
export function textNames(words: Strings = en): TextName[] {
  return [
    ...namesIn(words, ''),
    ...namesIn(laterStrings(words), ''),
    ...namesIn(shopperStrings(words), 'shopper.'),
    ...namesIn(aboutStrings(words), 'about.'),
  ];
}

function namesIn(words: object, path: string): TextName[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const name = path + key;
    if (key.startsWith('$')) return [];
    if (typeof value === 'string') return [{ name, text: value }];
    if (typeof value !== 'function') return namesIn(value as object, `${name}.`);
    const places = PLACES[name as WithValues].map((place) => `{${place}}`);
    return [{ name, text: (value as (...places: string[]) => string)(...places) }];
  });
}
