import type { Language } from './locale.ts';

/** The words of a greeting beside the launcher that are not the shop's own. */
export interface GreetWords {
  /** It goes away, and none comes again. */
  dismiss: string;
}

const WORDS: Record<Language, GreetWords> = {
  en: { dismiss: 'Don’t greet me again' },
  he: { dismiss: 'בלי ברכות נוספות' },
  de: { dismiss: 'Nicht mehr begrüßen' },
  fr: { dismiss: 'Ne plus me saluer' },
  es: { dismiss: 'No saludarme más' },
  pt: { dismiss: 'Não me cumprimentar mais' },
  it: { dismiss: 'Non salutarmi più' },
  nl: { dismiss: 'Niet meer begroeten' },
  pl: { dismiss: 'Nie witaj mnie więcej' },
  ru: { dismiss: 'Больше не приветствовать' },
  uk: { dismiss: 'Більше не вітати' },
  tr: { dismiss: 'Beni bir daha karşılama' },
  ja: { dismiss: '今後は表示しない' },
  zh: { dismiss: '不再问候' },
  ar: { dismiss: 'عدم الترحيب مجددًا' },
};

export const greetWords = (language: Language): GreetWords => WORDS[language];
