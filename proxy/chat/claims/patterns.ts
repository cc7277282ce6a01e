/**
 * How prices, percentages and coupon codes are written. A figure counts as an amount of money only with its currency
 * beside it: "3 kg" and "12 pieces" are nobody's price.
 */
const SYMBOLS = '₪$€£¥₹₽₺₴₩₫฿₦₱₲₡₸₼₾؋﷼';
/** Codes and words; longest first, so that none hides behind its own beginning. */
const WORDS = [
  'dollars?|euros?|pounds?|shekels?|sheqels?|rubles?|roubles?|lira|liras|złotych|złoty|zł|yen|yuan|francs?|bucks?|cents?',
  'ש"ח|ש״ח|שח|שקלים|שקל|אגורות|דולרים|דולר|אירו|יורו',
  'доллар(?:ов|а)?|евро|рубл(?:ей|я|ь)|руб|гривен|грн|шекел(?:ей|я|ь)',
  'دولار|يورو|شيكل|ريال|درهم|円|元|块|人民币',
].join('|');
const CODES =
  'USD|EUR|GBP|ILS|NIS|JPY|CNY|RMB|INR|RUB|UAH|TRY|PLN|CHF|CAD|AUD|NZD|SEK|NOK|DKK|CZK|HUF|RON|BGN|BRL|MXN|ZAR|AED|SAR|KRW|THB|SGD|HKD|KWD';
const CURRENCY = `(?:[${SYMBOLS}]|(?:${CODES})(?![\\p{L}])|(?:${WORDS})(?![\\p{L}]))`;

/** Digits with their separators, in the digits of any script; a space only before a group of three. */
const NUMBER = String.raw`\p{Nd}+(?:[.,'’٫٬\u00a0\u202f]\p{Nd}+|[ ]\p{Nd}{3}(?!\p{Nd}))*`;
/** Emphasis may stand between the figure and its currency. */
const GAP = String.raw`[ \u00a0\u200e\u200f]{0,2}[*_]{0,3}[ \u00a0]?`;

/** Groups: gap and figure after a sign, figure and gap before one. Words stand after the figure only. */
export const AMOUNT = new RegExp(
  `(?:(?:[${SYMBOLS}]|(?:${CODES})(?!\\p{L}))(${GAP})(${NUMBER})|(${NUMBER})(${GAP})${CURRENCY})`,
  'iuy',
);
export const PERCENTAGE = new RegExp(
  `(${NUMBER})(${GAP})(?:[%٪]|(?:percent|אחוזים|אחוז|процент\\p{L}{0,3}|prozent)(?!\\p{L}))`,
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
const FIGURES = /^[\p{Nd}\p{Sc}.,'’٫٬ \u00a0\u202f\u200e\u200f*_]*/u;
const LETTERS = /^[\p{L}\p{M}"'״׳]*/u;

/**
 * Whether all of a claim at the beginning of `text` has come, if there is one: "20" could still become "20 %", and "20 s"
 * could become "20 shekels", but "20 slices" is what it is.
 */
export function isSettled(text: string): boolean {
  const [word] = CAPITALS.exec(text) ?? [''];
  if (word === text && !isOrdinary(word)) return false;
  const [sign] = CURRENCY_CODE.exec(text) ?? [''];
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
  for (const match of text.matchAll(new RegExp(AMOUNT.source, 'giu'))) yield readings(match[2] ?? match[3]!);
}

export function* figuresIn(text: string): Generator<number[]> {
  for (const [figure] of text.matchAll(new RegExp(NUMBER, 'gu'))) yield readings(figure);
}

export function* percentagesIn(text: string): Generator<number[]> {
  for (const match of text.matchAll(new RegExp(PERCENTAGE.source, 'giu'))) yield readings(match[1]!);
}

/** Every word in capitals, also where it is no code: what a shop's own texts say may be said. */
export function* codesIn(text: string): Generator<string> {
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*/gu))
    if (/[A-Z]/.test(word)) yield word.toUpperCase();
}
