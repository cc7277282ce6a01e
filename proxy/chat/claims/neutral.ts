export type ClaimKind = 'amount' | 'percentage' | 'code';

/** What stands in an answer in place of a figure that nobody gave. Short, and true whatever the price is. */
const WORDS: Record<string, Record<ClaimKind, string>> = {
  en: { amount: 'the price shown', percentage: 'some', code: '(no code)' },
  he: { amount: 'המחיר המוצג', percentage: 'חלק', code: '(ללא קוד)' },
  ar: { amount: 'السعر المعروض', percentage: 'جزء', code: '(بدون رمز)' },
  de: { amount: 'der angezeigte Preis', percentage: 'etwas', code: '(kein Code)' },
  fr: { amount: 'le prix affiché', percentage: 'une part', code: '(sans code)' },
  es: { amount: 'el precio mostrado', percentage: 'una parte', code: '(sin código)' },
  pt: { amount: 'o preço indicado', percentage: 'uma parte', code: '(sem código)' },
  it: { amount: 'il prezzo indicato', percentage: 'una parte', code: '(nessun codice)' },
  nl: { amount: 'de getoonde prijs', percentage: 'een deel', code: '(geen code)' },
  pl: { amount: 'podana cena', percentage: 'część', code: '(bez kodu)' },
  ru: { amount: 'указанная цена', percentage: 'часть', code: '(без кода)' },
  uk: { amount: 'вказана ціна', percentage: 'частина', code: '(без коду)' },
  tr: { amount: 'gösterilen fiyat', percentage: 'bir kısım', code: '(kod yok)' },
  ja: { amount: '表示価格', percentage: '一部', code: '(コードなし)' },
  zh: { amount: '所示价格', percentage: '部分', code: '(无优惠码)' },
};

/** @param locale BCP 47 of the page; a language that is not here gets English */
export function neutralPhrase(kind: ClaimKind, locale: string): string {
  return (WORDS[locale.split('-')[0]!.toLowerCase()] ?? WORDS['en']!)[kind];
}
