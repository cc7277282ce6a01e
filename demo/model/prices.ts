/** Amounts in what a shopper says: which are limits of the price, and which are measures of something else. */

export interface Prices {
  minPrice: number | null;
  maxPrice: number | null;
}

const NUMBER = '[₪$€]?\\s*(\\d{1,6}(?:[.,]\\d{1,2})?)';
const UNITS =
  '(?:(?:kgs?|kilos?|g|grams?|cm|mm|ml|l|lit(?:er|re)s?|years?|months?|weeks?|w|watts?)\\b|ק"ג|קג|קילו|גרם|ס"מ|סמ|ליטר|מ"ל|שנ|חודש|שבוע|ואט)';
/** "Under 10 kg" is about the dog, "under 10" about the money. */
const MONEY = `${NUMBER}(?![\\d.,]*\\d)(?!\\s*-?${UNITS})`;
const MEASURE = new RegExp(`\\d+(?:[.,]\\d+)?\\s*-?${UNITS}`, 'giu');
const CURRENCY = '(?:shekels?|nis|ils|dollars?|₪|שקל(?:ים)?|שח|ש"ח)';
const BETWEEN = new RegExp(
  `(?:\\bbetween|\\bfrom|בין|מ-?)\\s*${NUMBER}\\s*(?:and|to|-|–|ל-?|עד|ו-?)\\s*${MONEY}`,
  'iu',
);
const AT_MOST = new RegExp(
  `(?:\\b(?:under|below|less than|up to|at most|max(?:imum)?|within|no more than|cheaper than)|עד|מתחת ל-?|פחות מ-?|לא יותר מ-?|מקסימום)\\s*${MONEY}`,
  'iu',
);
const AT_LEAST = new RegExp(
  `(?:\\b(?:over|above|more than|at least|min(?:imum)?)|מעל|לפחות|יותר מ-?|מינימום)\\s*${MONEY}`,
  'iu',
);

/** Currencies as shoppers write them. */
const SIGNS: [RegExp, string][] = [
  [/[₪]|\b(?:shekels?|nis|ils)\b|שקל|ש"ח|(?<![א-ת])שח(?![א-ת])/iu, 'ILS'],
  [/\$|\b(?:dollars?|usd)\b|דולר/iu, 'USD'],
  [/€|\b(?:euros?|eur)\b|אירו|יורו/iu, 'EUR'],
];

/** ISO 4217 of what a text names a price in; null where it names none. */
export function currencyOf(text: string): string | null {
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

/** "I have 60 shekels", "about 60 shekels". */
const BUDGET = new RegExp(`${NUMBER}\\s*${CURRENCY}`, 'iu');

/** Reads price limits, and takes them and all measures out of the text, so that no "kg" is searched for. */
export function takePrices(text: string): Prices & { rest: string } {
  let rest = text;
  const take = (pattern: RegExp): number[] => {
    const match = pattern.exec(rest);
    if (match) rest = rest.replace(match[0], ' ');
    return (match?.slice(1) ?? []).map((digits) => Number(digits.replace(',', '.')));
  };
  const [low, high] = take(BETWEEN);
  const [highest = null] = high === undefined ? take(AT_MOST) : [Math.max(low!, high)];
  const [minPrice = null] = high === undefined ? take(AT_LEAST) : [Math.min(low!, high)];
  const [maxPrice = null] = highest === null && minPrice === null ? take(BUDGET) : [highest];
  return { rest: rest.replace(MEASURE, ' '), minPrice, maxPrice };
}

/** "Around 100, please" answers the question for a budget. */
export function bareNumber(rest: string, prices: Prices): Prices {
  const number = new RegExp(NUMBER).exec(rest)?.[1];
  return number === undefined || prices.minPrice !== null || prices.maxPrice !== null
    ? prices
    : { minPrice: null, maxPrice: Number(number.replace(',', '.')) };
}
