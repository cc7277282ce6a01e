/** The words of a greeting beside the launcher that are not the shop's own. */
export interface GreetWords {
  /** It goes away, and none comes again. */
  dismiss: string;
}

const WORDS: Record<string, GreetWords> = {
  en: { dismiss: 'Don’t greet me again' },
  he: { dismiss: 'בלי ברכות נוספות' },
};

export const greetWords = (language: string): GreetWords => WORDS[language] ?? WORDS['en']!;
