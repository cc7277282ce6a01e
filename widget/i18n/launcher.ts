import type { LauncherStrings } from './types.ts';
import type { Language } from './locale.ts';

export const launcherStrings: Record<Language, LauncherStrings> = {
  en: {
    $dir: 'ltr',
    open: 'Chat with our assistant',
    loadFailed: 'The chat did not load. Please try again.',
  },
  he: {
    $dir: 'rtl',
    open: 'צ׳אט עם העוזר שלנו',
    loadFailed: 'הצ׳אט לא נטען. נסו שוב.',
  },
};
