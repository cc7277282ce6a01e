import { en } from './en.ts';
import { LANGUAGES, type Language } from './locale.ts';
import type { Strings } from './types.ts';

/** Put in by the build, which names the files of all languages by what is in them together; without it, they are as they are here. */
declare const WORDS_VERSION: string | undefined;

const ending = typeof WORDS_VERSION === 'string' ? `-${WORDS_VERSION}.js` : '.ts';

/** English stands in for a language that isn't loaded. */
export const strings = Object.fromEntries(LANGUAGES.split(' ').map((language) => [language, en])) as Record<
  Language,
  Strings
>;

/** Resolves at once for what is there. Rejects when the file can't be had; the next call tries again. */
export async function loadLanguage(language: Language): Promise<void> {
  if (strings[language].$lang === language) return;
  const file = (await import(/* @vite-ignore */ `./${language}${ending}`)) as { words: Strings };
  strings[language] = file.words;
}

export { localeOf, type Locale } from './locale.ts';
export type { Strings } from './types.ts';
