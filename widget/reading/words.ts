import type { Language } from '../i18n/locale.ts';

/** Both languages come along with the few pieces that say them: together they are shorter than a request. */
export interface Words {
  code: string;
  table: string;
  copy: string;
  copied: string;
  /** The page may not write to the clipboard. */
  selected: string;
  done: string;
  notDone: string;
  sources(count: number): string;
  source(number: number, title: string): string;
}

const WORDS: Record<Language, Words> = {
  en: {
    code: 'Code',
    table: 'Table',
    copy: 'Copy',
    copied: 'Copied',
    selected: 'Selected. Copy it with your keyboard.',
    done: 'Done',
    notDone: 'Not done',
    sources: (count) => `Sources (${count})`,
    source: (number, title) => `Source ${number}: ${title}`,
  },
  he: {
    code: 'קוד',
    table: 'טבלה',
    copy: 'העתקה',
    copied: 'הועתק',
    selected: 'הטקסט סומן. אפשר להעתיק אותו מהמקלדת.',
    done: 'בוצע',
    notDone: 'לא בוצע',
    sources: (count) => `מקורות (${count})`,
    source: (number, title) => `מקור ${number}: ${title}`,
  },
};

/** The words for what stands inside a message. */
export function wordsFor(element: Element): Words {
  return WORDS[element.closest('shopclerk-message')?.strings.$lang === 'he' ? 'he' : 'en'];
}
