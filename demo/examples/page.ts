/** How an example's page is drawn: one paragraph, the live thing, and the very files that make it. */
import type { Language } from './examples.ts';

/** Of a page's text: `[[English|עברית]]`. */
const BOTH = /\[\[([^|\]]*)\|([^\]]*)\]\]/g;
const PAW =
  '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><g fill="currentColor"><path d="M12 11c3.5 0 6.5 4 6 6.5-.5 3-3.5 1.5-6 1.5s-5.5 1.5-6-1.5C5.5 15 8.5 11 12 11z"/><ellipse cx="5.5" cy="9.5" rx="2" ry="3"/><ellipse cx="9.5" cy="6" rx="2" ry="3"/><ellipse cx="14.5" cy="6" rx="2" ry="3"/><ellipse cx="18.5" cy="9.5" rx="2" ry="3"/></g></svg>';

export const WORDS = {
  en: {
    brand: 'Pippalo',
    skip: 'Skip to content',
    examples: 'Examples',
    all: 'All examples',
    copy: 'Copy',
    copied: 'Copied',
    code: 'The code of this page',
    note: 'Here the proxy is this server. On your pages write its address: https://proxy.example/widget.js.',
    other: 'עברית',
  },
  he: {
    brand: 'פיפאלו',
    skip: 'דילוג לתוכן',
    examples: 'דוגמאות',
    all: 'כל הדוגמאות',
    copy: 'העתקה',
    copied: 'הועתק',
    code: 'הקוד של הדף הזה',
    note: 'כאן הפרוקסי הוא השרת הזה. בדפים שלכם כתבו את הכתובת שלו: ‎https://proxy.example/widget.js.',
    other: 'English',
  },
} as const;

export interface PageContent {
  title: string;
  language: Language;
  /** The same in the other language, where there is one. */
  other?: string;
  /** Markup of the main part. */
  main: string;
  /** More for the head. */
  head?: string;
}

/** A page in the shop's look. Everything it loads stands in a file: the demo's pages allow no inline script or style. */
export function drawPage({ title, language, other, main, head = '' }: PageContent): string {
  const words = WORDS[language];
  const there = language === 'he' ? 'en' : 'he';
  const way = other && `<a class="language" href="${other}" lang="${there}" hreflang="${there}">${words.other}</a>`;
  return `<!doctype html>
<html lang="${language}" dir="${language === 'he' ? 'rtl' : 'ltr'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escape(title)} · ${words.brand}</title>
    <link rel="icon" href="/demo/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/demo/styles.css" />
    <link rel="stylesheet" href="/demo/examples/examples.css" />
    ${head}
    <script src="/demo/examples/copy.js" defer></script>
  </head>
  <body>
    <a class="skip" href="#content">${words.skip}</a>
    <header class="site">
      <a class="brand" href="/demo/"><span class="mark">${PAW}</span>${words.brand}</a>
      <nav aria-label="${words.examples}">
        <a href="/demo/examples/">${words.examples}</a>
      </nav>
      ${way ?? ''}
    </header>
    <main id="content" tabindex="-1">
${main}
    </main>
  </body>
</html>
`;
}

/** The text in one of its languages. */
export function inLanguage(text: string, language: Language): string {
  return text.replace(BOTH, (_, english: string, hebrew: string) => (language === 'he' ? hebrew : english));
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A file as it stands, to be read and copied. */
export function listing(name: string, text: string, language: Language): string {
  return `<figure class="listing">
  <figcaption><span dir="ltr">${escape(name)}</span>
    <button class="chip" type="button" data-copy data-done="${WORDS[language].copied}">${WORDS[language].copy}</button>
  </figcaption>
  <pre dir="ltr" tabindex="0" role="region" aria-label="${escape(name)}"><code>${highlight(text.trim(), name)}</code></pre>
</figure>`;
}

const TOKENS = String.raw`(?<comment>&lt;!--[^]*?--&gt;|/\*[^]*?\*/|(?<=^|\s)//[^\n]*)|(?<string>&quot;.*?&quot;|'[^'\n]*')|(?<word>&lt;/?[\w-]+`;
const WORDS_OF_CODE =
  'const|let|function|return|async|await|import|export|from|if|for|of|new|type|interface|declare|module|namespace';
const MARKUP = new RegExp(`${TOKENS})`, 'gm');
const CODE = new RegExp(`${TOKENS}|\\b(?:${WORDS_OF_CODE})\\b)`, 'gm');

/** Comments, texts and words of the language stand out; what looks wrong is only a colour. */
function highlight(text: string, file: string): string {
  return escape(text).replace(/\.(html|css|json|txt|svg)$/.test(file) ? MARKUP : CODE, (token, ...rest) => {
    const kinds = rest.at(-1) as Record<string, string | undefined>;
    const kind = Object.keys(kinds).find((name) => kinds[name] !== undefined);
    return `<span class="${kind}">${token}</span>`;
  });
}
