import type { Language } from './locale.ts';

/**
 * "Chat", where it is written in another way. Every page of a shop loads these words before anybody has asked for them, so
 * there is one for each language: the panel brings the others, and a longer name for the button with them.
 */
const CHAT: Partial<Record<Language, string>> = {
  ar: 'دردشة',
  he: 'צ׳אט',
  ja: 'チャット',
  pl: 'Czat',
  ru: 'Чат',
  tr: 'Sohbet',
  uk: 'Чат',
  zh: '聊天',
};

/** What a shopper can read before the panel is there. */
export interface LauncherWords {
  dir: 'ltr' | 'rtl';
  open: string;
}

export function launcherWords(language: Language): LauncherWords {
  return { dir: language === 'ar' || language === 'he' ? 'rtl' : 'ltr', open: CHAT[language] ?? 'Chat' };
}

/** The panel can't be had, nor the words that say so: the one text that is English for everybody. */
export const LOAD_FAILED = 'The chat did not load. Please try again.';
