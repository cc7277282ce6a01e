/**
 * Turns text into the words it is found by. SQLite's tokenizers alone miss pointed and prefixed Hebrew, quotes inside
 * abbreviations, Chinese, ß and ı, so the catalogue, the documents and the questions pass through here, and the index
 * only splits at spaces.
 */
const HEBREW = /^[\u05d0-\u05ea]+$/;
/** One-letter words that Hebrew writes together with the next one: the, and, in, as, to, from, that. */
const HEBREW_PREFIX = /^[הובכלמש]/;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;
/** Longer ones are no words. */
const MAX_SIGNS = 12;
const LATIN = /^[a-z]+$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Longest text that is looked at; a product's description is far shorter. */
const MAX_TEXT = 20_000;

/** The words of a text, in order, folded: no case, no accents, no vowel points, no quotes. */
export function wordsOf(text: string): string[] {
  const folded = text
    .slice(0, MAX_TEXT)
    .normalize('NFKD')
    .replace(/[\p{M}\u0591-\u05c7]/gu, '')
    // Geresh, gershayim and apostrophes stand inside words: צה"ל, Nature's.
    .replace(/['"\u2018\u2019\u201a-\u201f\u05f3\u05f4`\u00b4]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFC');
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(folded)) if (isWordLike) words.push(segment);
  return words;
}

/**
 * What a text is indexed under: its words, Hebrew words once more without each of their prefix letters, and Chinese and
 * Japanese ones from each of their signs on, for where a word begins there is a matter of opinion.
 */
export function indexTerms(text: string): string {
  const terms: string[] = [];
  for (const word of wordsOf(text)) {
    terms.push(word, ...withoutHebrewPrefixes(word), ...fromEachSign(word));
  }
  return terms.join(' ');
}

/**
 * What a question looks for: per word, the beginnings that count as that word (the index is searched by prefix). Words
 * that say nothing about a product are left out unless there are no others.
 */
export function queryGroups(text: string): string[][] {
  const words = [...new Set(wordsOf(text))].slice(0, MAX_WORDS);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return (telling.length > 0 ? telling : words).map((word) => [...new Set([word, ...variants(word)])]);
}

/** One word for a name that is looked for as a whole: a category, an option's value, a SKU. */
export function markOf(kind: 'category' | 'option' | 'sku', ...names: readonly string[]): string {
  return [kind, ...names.map((name) => wordsOf(name).join(' '))].join('\n');
}

const MAX_WORDS = 16;

function* variants(word: string): Generator<string> {
  const bare = [...withoutHebrewPrefixes(word)];
  yield* bare;
  for (const form of [word, ...bare]) {
    // Plurals, since a prefix search finds "dogs" by "dog" but not the other way round.
    if (HEBREW.test(form) && form.length >= 5 && /(ים|ות)$/.test(form)) yield form.slice(0, -2);
    if (HEBREW.test(form) && form.length >= 4 && form.endsWith('ה')) yield form.slice(0, -1);
    if (LATIN.test(form) && form.length >= 4) {
      if (form.endsWith('ies')) yield `${form.slice(0, -3)}y`;
      else if (/(ses|xes|zes|ches|shes)$/.test(form)) yield form.slice(0, -2);
      else if (form.endsWith('s') && !form.endsWith('ss')) yield form.slice(0, -1);
    }
  }
}

/** "ולכיסאות" (and to the chairs) → "לכיסאות", "כיסאות": up to three letters, as long as a word remains. */
function* withoutHebrewPrefixes(word: string): Generator<string> {
  if (!HEBREW.test(word)) return;
  for (let rest = word, n = 0; n < 3 && rest.length >= 4 && HEBREW_PREFIX.test(rest); n++) {
    rest = rest.slice(1);
    yield rest;
  }
}

/** "连衣裙" → "衣裙", "裙". */
function* fromEachSign(word: string): Generator<string> {
  if (!CJK.test(word)) return;
  const signs = [...word].slice(0, MAX_SIGNS);
  for (let from = 1; from < signs.length; from++) yield signs.slice(from).join('');
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and are be can do for from have i in is it me my of on or please show some something that the there this to want what
   which with you your need looking like any how much
   אני אתה את אתם אנחנו של על עם אל או גם לא כן זה זאת זו יש אין מה איזה איזו אילו לי לו לה שלי שלך רוצה צריך צריכה מחפש מחפשת
   תראה תראי בבקשה אפשר משהו כמה הכי`.split(/\s+/),
);
