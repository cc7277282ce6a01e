export type Language = 'en' | 'he';

/** A BCP 47 tag for `Intl`, and the language of it that the widget speaks. */
export interface Locale {
  tag: string;
  language: Language;
}

/** The first candidate in a language that the widget speaks; English when there is none. */
export function pickLocale(...candidates: (string | null | undefined)[]): Locale {
  for (const candidate of candidates) {
    const tag = candidate?.replaceAll('_', '-') ?? '';
    // `iw` is what Java-made pages still call Hebrew.
    const language = /^en\b/i.test(tag) ? 'en' : /^(he|iw)\b/i.test(tag) ? 'he' : null;
    if (language) return { tag: isTag(tag) ? tag : language, language };
  }
  return { tag: 'en', language: 'en' };
}

/** Pages and browsers say odd things, such as `en-US@posix`, and `Intl` throws at them. */
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

/** Attribute, page, browser, shop: the order in which the language is asked for. */
export function localeOf(element: HTMLElement, shopLocale?: string): Locale {
  return pickLocale(element.getAttribute('locale'), document.documentElement.lang, ...navigator.languages, shopLocale);
}
