import { wordsOf } from '../../proxy/catalog/normalise.ts';
import { conceptOf, isFiller, type Concept } from './words.ts';

export type Language = 'en' | 'he';

export interface Keyword {
  /** As the shopper wrote it, folded by the catalogue's rules. */
  word: string;
  concept: Concept | undefined;
}

export interface Question {
  language: Language;
  /** `unclear`: nothing to look for in it. `service`: shipping, returns, orders. */
  intent: 'search' | 'greeting' | 'thanks' | 'identity' | 'service' | 'unclear';
  keywords: Keyword[];
  /** In whole currency units, as the shopper says them. */
  minPrice: number | null;
  maxPrice: number | null;
  inStockOnly: boolean;
  onSaleOnly: boolean;
  cheapestFirst: boolean;
}

/** How many of the shopper's messages a follow-up may lean on. */
const MEMORY = 4;
const MAX_KEYWORDS = 8;

/** Understands the last of the shopper's messages; the ones before lend it what a follow-up leaves unsaid. */
export function understand(messages: readonly string[]): Question {
  const recent = messages.slice(-MEMORY);
  let question = read(recent[0] ?? '');
  for (const text of recent.slice(1)) {
    const next = read(text);
    question =
      isFollowUp(next, text) && question.keywords.length > 0 ? carryOver(question, next) : keepTopic(question, next);
  }
  return question;
}

function read(text: string): Question {
  const { rest, ...prices } = takePrices(text.slice(0, 2000));
  const keywords = wordsOf(rest)
    .filter((word) => !isFiller(word) && !/^\d/.test(word))
    .slice(0, MAX_KEYWORDS)
    .map((word): Keyword => ({ word, concept: conceptOf(word) }));
  const filters = {
    ...(keywords.length === 0 ? bareNumber(rest, prices) : prices),
    inStockOnly: /\bin stock\b|במלאי/iu.test(text),
    onSaleOnly: /\b(on sale|sales?|deals?|discount(ed|s)?|offers?)\b|מבצע|הנחה|הנחות/iu.test(text),
    cheapestFirst: /\b(cheap(er|est)?|low(er|est)? price[sd]?|less expensive)\b|זול/iu.test(text),
  };
  const asksForGoods = keywords.some(({ concept }) => concept) || Object.values(filters).some(Boolean);
  return {
    language: /[\u05d0-\u05ea]/.test(text) ? 'he' : 'en',
    intent: isService(text)
      ? 'service'
      : asksForGoods
        ? 'search'
        : (smallTalk(text) ?? (keywords.length > 0 ? 'search' : 'unclear')),
    keywords,
    ...filters,
  };
}

function isService(text: string): boolean {
  return /\b(shipping|deliver(y|ed)?|returns?|refunds?|opening hours|my order|track(ing)?)\b|משלוח|החזר|הזמנה שלי|שעות פתיחה/iu.test(
    text,
  );
}

function smallTalk(text: string): Question['intent'] | undefined {
  if (/\b(are you|who are you|what are you)\b|מי אתה|מי את|אתה רובוט|את רובוט|אתה אמיתי|בינה/iu.test(text))
    return 'identity';
  if (/\b(thanks?|thank you|thx|bye|goodbye)\b|תודה|להתראות/iu.test(text)) return 'thanks';
  if (/^\W*(hi|hello|hey|good (morning|evening|afternoon))\b|שלום|היי|בוקר טוב|ערב טוב|מה נשמע/iu.test(text))
    return 'greeting';
  return undefined;
}

interface Prices {
  minPrice: number | null;
  maxPrice: number | null;
}

const NUMBER = '[₪$€]?\\s*(\\d{1,6}(?:[.,]\\d{1,2})?)';
const UNITS =
  '(?:(?:kgs?|kilos?|g|grams?|cm|mm|ml|l|lit(?:er|re)s?|years?|months?|weeks?|w|watts?)\\b|ק"ג|קג|קילו|גרם|ס"מ|סמ|ליטר|מ"ל|שנ|חודש|שבוע|ואט)';
/** "Under 10 kg" is about the dog, "under 10" about the money. */
const MONEY = `${NUMBER}(?![\\d.,]*\\d)(?!\\s*-?${UNITS})`;
const MEASURE = new RegExp(`\\d+(?:[.,]\\d+)?\\s*-?${UNITS}`, 'giu');
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

/** Reads price limits, and takes them and all measures out of the text, so that no "kg" is searched for. */
function takePrices(text: string): Prices & { rest: string } {
  let rest = text;
  const take = (pattern: RegExp): number[] => {
    const match = pattern.exec(rest);
    if (match) rest = rest.replace(match[0], ' ');
    return (match?.slice(1) ?? []).map((digits) => Number(digits.replace(',', '.')));
  };
  const [low, high] = take(BETWEEN);
  const [maxPrice = null] = high === undefined ? take(AT_MOST) : [Math.max(low!, high)];
  const [minPrice = null] = high === undefined ? take(AT_LEAST) : [Math.min(low!, high)];
  return { rest: rest.replace(MEASURE, ' '), minPrice, maxPrice };
}

/** "Around 100, please" answers the question for a budget. */
function bareNumber(rest: string, prices: Prices): Prices {
  const number = new RegExp(NUMBER).exec(rest)?.[1];
  return number === undefined || prices.minPrice !== null || prices.maxPrice !== null
    ? prices
    : { minPrice: null, maxPrice: Number(number.replace(',', '.')) };
}

/** "Cheaper ones?", "and for cats?", "מה עם צעצועים?" */
function isFollowUp(question: Question, text: string): boolean {
  if (question.intent !== 'search') return false;
  if (
    /^\W*(and|or|what about|how about|but)\b|^\s*(מה עם|ומה|ואם|ול|ו?אולי)|\b(ones?|them|these|those)\b|מהם|מהן|מתוכם|מביניהם/iu.test(
      text,
    )
  )
    return true;
  const { keywords, cheapestFirst, minPrice, maxPrice, inStockOnly } = question;
  return keywords.length === 0 && (cheapestFirst || inStockOnly || minPrice !== null || maxPrice !== null);
}

/** What the follow-up names replaces its like: another animal, other goods; the rest stays. */
function carryOver(before: Question, next: Question): Question {
  const named = new Set(next.keywords.map(kindOf));
  const replaced = before.keywords.findIndex((keyword) => named.has(kindOf(keyword)));
  const kept = before.keywords.filter((keyword) => !named.has(kindOf(keyword)));
  return {
    ...next,
    keywords: kept.toSpliced(replaced === -1 ? kept.length : replaced, 0, ...next.keywords).slice(0, MAX_KEYWORDS),
    minPrice: next.minPrice ?? before.minPrice,
    maxPrice: next.maxPrice ?? before.maxPrice,
  };
}

export function kindOf({ concept }: Keyword): Concept['kind'] {
  return concept?.kind ?? 'quality';
}

/** A "thanks" in between doesn't make the shopper's topic forgotten: the next follow-up may still lean on it. */
function keepTopic(before: Question, next: Question): Question {
  return next.intent === 'search' ? next : { ...next, keywords: before.keywords };
}
