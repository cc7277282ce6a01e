export type Language = 'en' | 'he';

/** A BCP 47 tag for `Intl`, and the language of it that the widget speaks. */
export interface Locale {
  tag: string;
  language: Language;
}

/** The first candidate in a language that the widget speaks; English when there is none. */
export function pickLocale(...candidates: (string | null | undefined)[]): Locale {
  for (const candidate of candidates) {
    const tag = candidate?.replace('_', '-') ?? '';
    if (/^en\b/i.test(tag)) return { tag, language: 'en' };
    // `iw` is what Java-made pages still call Hebrew.
    if (/^(he|iw)\b/i.test(tag)) return { tag, language: 'he' };
  }
  return { tag: 'en', language: 'en' };
}

/** Attribute, page, browser, shop: the order in which the language is asked for. */
export function localeOf(element: HTMLElement, shopLocale?: string): Locale {
  return pickLocale(element.getAttribute('locale'), document.documentElement.lang, ...navigator.languages, shopLocale);
}
