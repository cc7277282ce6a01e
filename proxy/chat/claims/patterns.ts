/**
 * How prices, percentages and coupon codes are written. A figure counts as an amount of money only with its currency
 * beside it: "3 kg" and "12 pieces" are nobody's price.
 */

/** Codes and words; longest first, so that none hides behind its own beginning. */
const WORDS = [
  'dollars?|euros?|pounds?|shekels?|sheqels?|rubles?|roubles?|lira|liras|złotych|złoty|zł|yen|yuan|francs?|bucks?|quid|cents?|kr|kč|lei|лв|zl',
  'ש"ח|ש״ח|שח|שקלים|שקל|אגורות|דולרים|דולר|אירו|יורו',
  'доллар(?:ов|а)?|евро|рубл(?:ей|я|ь)|руб|гривен|грн|шекел(?:ей|я|ь)',
  'دولار|يورو|شيكل|ريال|درهم|円|元|块|人民币',
].join('|');
const CODES =
  'USD|EUR|GBP|ILS|NIS|JPY|CNY|RMB|INR|RUB|UAH|TRY|PLN|CHF|CAD|AUD|NZD|SEK|NOK|DKK|CZK|HUF|RON|BGN|BRL|MXN|ZAR|AED|SAR|KRW|THB|SGD|HKD|KWD';
/**
 * What stands between a figure and its currency without being seen there: spaces of every kind, marks of Markdown, and the
 * private characters that are marks of citations on their way (speech.ts).
 */
const UNSEEN = '[^\\S\\r\\n]|\\p{Cf}|\\p{Co}|[*_~`\\\\]';
const GAP = String.raw`(?:${UNSEEN}){0,12}`;

/** In the digits of any script, also raised and circled ones. */
const DIGIT = String.raw`[\p{Nd}\p{No}]`;
/**
 * Digits with their separators; a space only before a group of three. Bounded, for a text of nothing but digits is looked
 * through from each of them on.
 */
const NUMBER = String.raw`${DIGIT}{1,40}(?:[.,'’٫٬\u00a0\u202f]${DIGIT}{1,40}|[ ]\p{Nd}{3}(?!\p{Nd})){0,12}`;
/** "10–20 $": both are prices. */
const RANGE = String.raw`(?:[-–—](?<to>${NUMBER}))?`;
/** "5,- €" */
const NO_CENTS = String.raw`(?:[.,]?[-–—]{1,2})?`;

/** "$", "US$", "R$", "ILS", "EUR:" */
const SIGN = String.raw`(?:(?-i:[A-Z]{0,3})\p{Sc}|(?:${CODES})(?!\p{L})[.:]?)`;
/** After a figure. A sign that has its own figure behind it is that one's: "size 12 $5". */
const CURRENCY = String.raw`(?:\p{Sc}(?!${GAP}\p{Nd})|(?:${CODES}|${WORDS})(?!\p{L}))`;

/** Words stand after the figure only. */
export const AMOUNT = new RegExp(
  `(?:${SIGN}(?<afterSign>${GAP}[(\\[]?)(?<after>[.,]?${NUMBER})${RANGE}` +
    `|(?<before>${NUMBER})${RANGE.replace('<to>', '<until>')}${NO_CENTS}(?<beforeSign>${GAP})${CURRENCY})`,
  'iuy',
);
/** Turkish, Hebrew and Arabic may write the sign first. */
export const PERCENTAGE = new RegExp(
  `(?:(?<before>${NUMBER})(?<gap>${GAP})-?(?:[%٪％﹪‰]|(?:percent|pct|אחוזים|אחוז|процент\\p{L}{0,3}|prozent)(?!\\p{L}))` +
    `|[%٪％﹪](?<after>${NUMBER})(?![\\p{L}\\p{N}]))`,
  'iuy',
);
/** A figure, a word in capitals with all its hyphens, or any other word up to the first. */
export const WORD = new RegExp(`${NUMBER}|[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*(?![\\p{L}\\p{N}])|[\\p{L}\\p{N}]+`, 'uy');
/** Capitals and digits, as coupon codes are written: SAVE20, WELCOME-10, SUMMER. */
export const CODE = /[A-Z][A-Z0-9]{2,}(?:[-_][A-Z0-9]{1,12}){0,3}(?![\p{L}\p{N}])/uy;
/** Words after which a word in capitals is a code, whatever it looks like. */
export const CODE_WORDS =
  /(?:\b(?:code|coupon|voucher|promo|promocode|gutschein\w*|código|codice|cupom|kod)\b|קופון|קוד|купон|промокод|كود|رمز|优惠码|クーポン)[^.!?\n]{0,30}$/iu;
/** The usual make of a coupon: letters with a figure at the end. */
export const COUPON_SHAPE = /^[A-Z]{3,}[-_]?\d{1,3}$/;

const CAPITALS = /^[A-Z][\p{L}\p{N}]*(?:[-_][\p{L}\p{N}]*)*/u;
/** The beginning of a word that is neither code nor currency, however it goes on: "Hel". */
const ORDINARY = /^[A-Z][A-Z0-9]*[\p{L}--[A-Z]]/v;
const CURRENCY_CODE = new RegExp(`^(?:${CODES})(?!\\p{L})`, 'iu');
/** "US$", "R$" */
const LETTERED_SIGN = /^[A-Z]{1,3}(?=\p{Sc})/u;
/** All that a price or a percentage is written with but words, and what may stand in its gaps. */
const FIGURES = /^(?:[\p{N}\p{Sc}\p{Cf}\p{Co}%٪％﹪.,:'’٫٬*_~`\\()[\]–—-]|[^\S\r\n])*/u;
const LETTERS = /^[\p{L}\p{M}\p{N}"'״׳]*/u;

/**
 * Whether all of a claim at the beginning of `text` has come, if there is one: "20" could still become "20 %", and "20 s"
 * could become "20 shekels", but "20 slices" is what it is.
 */
export function isSettled(text: string): boolean {
  const [word] = CAPITALS.exec(text) ?? [''];
  if (word === text && !isOrdinary(word)) return false;
  const [sign] = LETTERED_SIGN.exec(text) ?? CURRENCY_CODE.exec(text) ?? [''];
  if (sign === '' && word !== '') return true;
  let rest = text.slice(sign.length);
  rest = rest.slice(FIGURES.exec(rest)![0].length);
  return LETTERS.exec(rest)![0].length < rest.length;
}

function isOrdinary(word: string): boolean {
  const start = word.toUpperCase();
  return ORDINARY.test(word) && !CODES.split('|').some((code) => code.startsWith(start));
}

/** All that a figure may mean: whether a point or a comma is its decimal sign differs from shopper to shopper. */
export function readings(written: string): number[] {
  const digits = written
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/[\s'’٬\u00a0\u202f]/g, '')
    .replaceAll('٫', '.')
    .replace(/[.,]+$/, '');
  const values = new Set<number>();
  const mark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (mark !== -1) values.add(Number(`${digits.slice(0, mark).replace(/[.,]/g, '')}.${digits.slice(mark + 1)}`));
  // Marks before three digits may all be for thousands.
  if (/^\d{1,3}(?:[.,]\d{3})*$/.test(digits) || mark === -1) values.add(Number(digits.replace(/[.,]/g, '')));
  return [...values].filter(Number.isFinite);
}

/** Of a decimal digit of any script: they stand in rows of ten. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  if (code < 0x80) return code - 48;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

export function* amountsIn(text: string): Generator<number[]> {
  for (const match of text.matchAll(new RegExp(AMOUNT.source, 'giu'))) yield* figuresOf(match).map(readings);
}

/** What a match of AMOUNT or PERCENTAGE says: one figure, or both ends of a range. */
export function figuresOf({ groups = {} }: RegExpExecArray): string[] {
  return [groups['after'], groups['to'], groups['before'], groups['until']].filter((figure) => figure !== undefined);
}

export function* figuresIn(text: string): Generator<number[]> {
  for (const [figure] of text.matchAll(new RegExp(NUMBER, 'gu'))) yield readings(figure);
}

export function* percentagesIn(text: string): Generator<number[]> {
  for (const match of text.matchAll(new RegExp(PERCENTAGE.source, 'giu'))) yield* figuresOf(match).map(readings);
}

/** Every word in capitals, also where it is no code: what a shop's own texts say may be said. */
export function* codesIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*/gu))
    if (/[A-Z]/.test(word)) yield word.toUpperCase();
}
