import { en } from './en.ts';
import type { Language } from './locale.ts';
import type { Strings } from './types.ts';

/** English stands in for a language that isn't loaded. */
export const strings: Record<Language, Strings> = { en, he: en };

let loading: Promise<void> | undefined;

/** Resolves at once for what is there. Rejects when the file can't be had; the next call tries again. */
export async function loadLanguage(language: Language): Promise<void> {
  if (strings[language].$lang === language) return;
  loading ??= import('./he.ts').then(({ he }) => void (strings.he = he)).finally(() => (loading = undefined));
  await loading;
}

export type { Locale, localeOf } from './locale.ts';
export type { Strings } from './types.ts';
