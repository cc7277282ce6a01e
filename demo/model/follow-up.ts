import { kindOf, MAX_KEYWORDS, type Question } from './question.ts';

/** "Cheaper ones?", "and for cats?", "what sizes does it come in?", "מה עם צעצועים?" */
export function isFollowUp(before: Question, next: Question, text: string): boolean {
  const isTalk = next.intent !== 'search' && next.intent !== 'unclear';
  if (isTalk || (before.keywords.length === 0 && !before.onSaleOnly)) return false;
  if (
    /^\W*(and|or|what about|how about|but)\b|^\s*(מה עם|ומה|ואם|ו[בל]|ו?אולי)|\b(ones?|them|these|those)\b|מהם|מהן|מתוכם|ביניהם|ביניהן/iu.test(
      text,
    )
  )
    return true;
  const kinds = next.keywords.map(kindOf);
  if (kinds.includes('goods')) return false;
  if (kinds.includes('animal'))
    return /^\W*(any|some)(thing)?\b|^\W*(do you have|is there) anything\b|^\s*(יש )?(לכם )?משהו/iu.test(text);
  if (/\b(it|its|which)\b|^\s*(ו?האם )?(זה|זאת|הוא|היא)(?![א-ת])|איזה מ|כמה עול/iu.test(text)) return true;
  const { order, inStockOnly, minPrice, maxPrice, asksOptions } = next;
  return kinds.length === 0 && (order !== null || inStockOnly || asksOptions || minPrice !== null || maxPrice !== null);
}

/** What the follow-up names replaces its like: another animal, other goods; the rest stays. */
export function carryOver(before: Question, next: Question): Question {
  const named = new Set(next.keywords.map(kindOf));
  const replaced = before.keywords.findIndex((keyword) => named.has(kindOf(keyword)));
  const kept = before.keywords.filter((keyword) => !named.has(kindOf(keyword)));
  return {
    ...next,
    intent: 'search',
    keywords: kept.toSpliced(replaced === -1 ? kept.length : replaced, 0, ...next.keywords).slice(0, MAX_KEYWORDS),
    minPrice: next.minPrice ?? before.minPrice,
    maxPrice: next.maxPrice ?? before.maxPrice,
    currency: next.minPrice === null && next.maxPrice === null ? before.currency : next.currency,
    inStockOnly: next.inStockOnly || before.inStockOnly,
    onSaleOnly: next.onSaleOnly || before.onSaleOnly,
    order: next.order ?? before.order,
  };
}

/** A "thanks" in between doesn't make the shopper's topic forgotten: the next follow-up may still lean on it. */
export function keepTopic(before: Question, next: Question): Question {
  return next.intent === 'search' ? next : { ...next, keywords: before.keywords };
}
