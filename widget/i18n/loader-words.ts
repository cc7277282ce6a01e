/**
 * The words that every page of a shop loads, before anybody has asked for the chat: one for each language, and for the case that
 * the others don't come a sentence in the language that most can read. The panel brings a longer name for the button.
 */

import { LANGUAGES } from './locale.ts';

/** "Chat", where it is written in another way. */
const CHAT: Record<string, string> = {
  ar: 'دردشة',
  he: 'צ׳אט',
  ja: 'チャット',
  pl: 'Czat',
  ru: 'Чат',
  tr: 'Sohbet',
  uk: 'Чат',
  zh: '聊天',
};

export const LOAD_FAILED = 'Chat did not load. Try again.';

/** What `localeOf` finds, in less code: attribute, page, browser. */
export function loaderLanguage(element: HTMLElement): string {
  // `iw` is what Java-made pages still call Hebrew. A language of three letters is taken by two of them: the panel knows better.
  return (
    [element.getAttribute('locale'), document.documentElement.lang, ...navigator.languages]
      .map((tag) => tag?.toLowerCase().replace('iw', 'he').slice(0, 2))
      .find((language) => language && LANGUAGES.includes(language)) ?? 'en'
  );
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return /ar|he/.test(language) ? 'rtl' : 'ltr';
}

/** The button's name. */
export function labelOf(language: string): string {
  return CHAT[language] ?? 'Chat';
}
