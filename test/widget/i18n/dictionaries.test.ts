import { beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../../widget/i18n/en.ts';
import { aboutStrings } from '../../../widget/i18n/en-about.ts';
import { laterEn } from '../../../widget/i18n/en-later.ts';
import { shopperStrings } from '../../../widget/i18n/en-shopper.ts';
import { LANGUAGES, type Language } from '../../../widget/i18n/locale.ts';
import type { Strings } from '../../../widget/i18n/types.ts';

const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100];

/** What is the same word in English, or a name. */
const ALIKE: Partial<Record<Language, string[]>> = {
  de: ['contactForm.name'],
  fr: ['contactForm.message', 'conversation', 'shopper.found'],
  nl: ['contactUs', 'contactForm.email'],
};
const SAME_EVERYWHERE = ['availability.unknown', 'contactForm.email'];

/** All texts by key; those that tell something, told of `values`. */
function flat(words: object, ...values: (string | number)[]): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
      if (key.startsWith('$')) return [];
      if (typeof value === 'string') return [[key, value]];
      if (typeof value === 'function') return [[key, (value as (...values: unknown[]) => string)(...values)]];
      const inner = [...flat(value as object, ...values)].map(([name, text]): [string, string] => [
        `${key}.${name}`,
        text,
      ]);
      return key === 'later' ? inner.map(([name, text]) => [name.slice('later.'.length), text]) : inner;
    }),
  );
}

const english = flat({ ...en, later: laterEn, shopper: shopperStrings(en), about: aboutStrings(en) }, 7, 9);
const others = LANGUAGES.split(' ').filter((language) => language !== 'en') as Language[];

describe.each(others)('the words in %s', (language) => {
  let words: Strings;
  beforeAll(async () => {
    ({ words } = (await import(`../../../widget/i18n/${language}.ts`)) as { words: Strings });
  });

  test('are all there, and say their language', () => {
    expect(words.$lang).toBe(language);
    expect(words.$dir).toBe(['ar', 'he'].includes(language) ? 'rtl' : 'ltr');
    const own = flat(words, 7, 9);
    // Both say `failures`: some early, the others later.
    expect([...own.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...own].filter(([key, text]) => text.trim() === '' && key !== 'availability.unknown')).toEqual([]);
  });

  test('are not English', () => {
    const alike = [...SAME_EVERYWHERE, ...(ALIKE[language] ?? [])];
    const left = [...flat(words, 7, 9)].filter(([key, text]) => english.get(key) === text && !alike.includes(key));
    // Numbers with signs between them are no words.
    expect(left.filter(([, text]) => /\p{L}/u.test(text))).toEqual([]);
  });

  test('tell all that they are told', () => {
    const { later, shopper, about } = words;
    expect(words.from.split('{price}')).toHaveLength(2);
    expect(words.dialog('Acme')).toContain('Acme');
    expect(words.position(7, 9)).toMatch(/7.*9|9.*7/);
    expect(words.rating('4.5', 7)).toMatch(/4\.5.*7/);
    expect(later!.chooseFirst('Size')).toContain('Size');
    expect(later!.each('€5')).toContain('€5');
    expect(later!.was('€5')).toContain('€5');
    expect(later!.cartTotal('A', '€5')).toMatch(/^A.*€5$/);
    expect(later!.retryIn('soon')).toContain('soon');
    expect(later!.contactForm.hereUntil('5 PM')).toContain('5 PM');
    expect(later!.contactForm.awayUntil('5 PM')).toContain('5 PM');
    expect(shopper!.rename('Beds')).toContain('Beds');
    expect(shopper!.remove('Beds')).toContain('Beds');
    expect(about!.leaveOut('Bed')).toContain('Bed');
    expect([...flat(words, 7, 9).values()].join(' ')).not.toMatch(/\bundefined\b|\bnull\b|\$\{|\[object/);
  });

  test('have one form for what the language counts alike, and another for what it counts apart', () => {
    const rules = new Intl.PluralRules(language);
    const { left, over, productCount, later, shopper } = words;
    const rating = (count: number): string => words.rating('4.5', count);
    for (const say of [left, over, productCount, rating, later!.unread, shopper!.found]) {
      const forms = new Map<string, Set<string>>();
      for (const count of COUNTS) {
        const text = say(count);
        // One and two are words in some languages, and nought is none; all others are digits.
        if (count > 2) expect(text).toContain(String(count));
        const form = text.replaceAll(/\d+/g, '#');
        const category = rules.select(count);
        forms.set(category, (forms.get(category) ?? new Set()).add(form));
      }
      for (const [category, of] of forms) expect([...of], category).toHaveLength(1);
    }
    // Turkish, Japanese and Chinese nouns don't change.
    const apart = ['tr', 'ja', 'zh'].includes(language) ? 1 : new Set(COUNTS.map((count) => rules.select(count))).size;
    const nouns = new Set(COUNTS.map((count) => productCount(count).replace(String(count), '#')));
    expect(nouns.size).toBe(apart);
    expect(new Set(COUNTS.map((count) => later!.cartHolds(count))).size).toBe(COUNTS.length);
  });

  test('leave nothing behind that turns the line round', () => {
    expect([...flat(words, 7, 9).values()].join('')).not.toMatch(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/);
  });
});

test('numbers that decline are the language’s own', async () => {
  const say = async (language: Language, count: number): Promise<string> =>
    ((await import(`../../../widget/i18n/${language}.ts`)) as { words: Strings }).words.productCount(count);
  const said = async (language: Language): Promise<string[]> =>
    Promise.all(COUNTS.map((count) => say(language, count)));
  expect(await said('ru')).toEqual([
    '0 товаров',
    '1 товар',
    '2 товара',
    '3 товара',
    '5 товаров',
    '11 товаров',
    '21 товар',
    '100 товаров',
  ]);
  expect(await said('uk')).toEqual([
    '0 товарів',
    '1 товар',
    '2 товари',
    '3 товари',
    '5 товарів',
    '11 товарів',
    '21 товар',
    '100 товарів',
  ]);
  expect(await said('pl')).toEqual([
    '0 produktów',
    '1 produkt',
    '2 produkty',
    '3 produkty',
    '5 produktów',
    '11 produktów',
    '21 produktów',
    '100 produktów',
  ]);
  expect(await said('ar')).toEqual([
    'لا منتجات',
    'منتج واحد',
    'منتجان',
    '3 منتجات',
    '5 منتجات',
    '11 منتجًا',
    '21 منتجًا',
    '100 منتج',
  ]);
  expect(await said('he')).toEqual([
    '0 מוצרים',
    'מוצר אחד',
    'שני מוצרים',
    '3 מוצרים',
    '5 מוצרים',
    '11 מוצרים',
    '21 מוצרים',
    '100 מוצרים',
  ]);
  expect(await said('fr')).toEqual([
    '0 produit',
    '1 produit',
    '2 produits',
    '3 produits',
    '5 produits',
    '11 produits',
    '21 produits',
    '100 produits',
  ]);
});
