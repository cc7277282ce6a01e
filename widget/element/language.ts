import { loadLanguage, localeOf, strings, type Locale, type Strings } from '../i18n/index.ts';
import { bringOwnWords, ownWords } from '../i18n/own.ts';
import type { Host } from './host.ts';

/** What the element speaks; until a language's words are there, and if they don't come, English. */
export class Language {
  readonly #host: Host;
  /** The last one asked for. */
  #asked = '';

  constructor(host: Host) {
    this.#host = host;
  }

  get locale(): Locale {
    return localeOf(this.#host.locale, this.#host.state.shop?.locale);
  }

  get words(): Strings {
    const host = this.#host;
    const { tag, language } = this.locale;
    const words = strings[language];
    return ownWords()?.ownWords(host, words, tag, host.state.shop?.strings, host.strings) ?? words;
  }

  /** Fetches the words that are missing; the element is drawn anew when they are there. */
  bring(): void {
    const host = this.#host;
    if ((host.strings || host.state.shop?.strings) && !ownWords()) {
      void bringOwnWords().then((there) => there && host.requestUpdate());
    }
    const { language } = this.locale;
    if (language === this.#asked) return;
    this.#asked = language;
    if (this.words.$lang !== language) loadLanguage(language).then(() => host.requestUpdate(), console.error);
  }
}
