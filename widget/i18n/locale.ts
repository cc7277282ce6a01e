/** What the widget speaks; the words of each are in the file of that name. One text, because the loader has it too. */
export const LANGUAGES = 'ar de en es fr he it ja nl pl pt ru tr uk zh';

type Words<Text> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
export type Language = Words<typeof LANGUAGES>;

/** A BCP 47 tag for `Intl`, and the language of it that the widget speaks. */
export interface Locale {
  tag: string;
  language: Language;
}

type Candidate = string | null | undefined;

/** The language of a tag as pages write them, `pt-BR` or `en_GB`, if the widget speaks it. */
export function spoken(tag: Candidate): Language | null {
  const code = /^[a-z]{2}(?![a-z])/.exec(`${tag}`.toLowerCase())?.[0];
  // `iw` is what Java-made pages still call Hebrew.
  return code === 'iw' ? 'he' : code && LANGUAGES.includes(code) ? (code as Language) : null;
}

/** Pages and browsers say odd things, such as `en-US@posix`, and `Intl` throws at them. */
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

/** The first candidate in a language that the widget speaks; English when there is none. */
export function pickLocale(...candidates: Candidate[]): Locale {
  const said = candidates.find(spoken) ?? 'en';
  const language = spoken(said)!;
  const hyphened = said.replaceAll('_', '-');
  const tag = isTag(hyphened) ? hyphened : language;
  // Arabic shops online write 0–9, and so do our words; `Intl` would write other digits for some countries.
  return { tag: language === 'ar' && !tag.includes('-u-') ? `${tag}-u-nu-latn` : tag, language };
}

/** Attribute, page, browser, shop: the order in which the language is asked for. */
export function localeOf(asked: string | null, shopLocale?: string): Locale {
  return pickLocale(asked, document.documentElement.lang, ...navigator.languages, shopLocale);
}
