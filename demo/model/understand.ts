import { wordsOf } from '../../proxy/words.ts';
import { carryOver, isFollowUp, keepTopic } from './follow-up.ts';
import { bareNumber, currencyOf, takePrices } from './prices.ts';
import { MAX_KEYWORDS, type Keyword, type Question } from './question.ts';
import { smallTalkOf } from './small-talk.ts';
import { isFiller, recognise, spellOutPictures, type Language } from './words.ts';

/** How many of the shopper's messages a follow-up may lean on. */
const MEMORY = 4;

/** Understands the last of the shopper's messages; the ones before lend it what a follow-up leaves unsaid. */
export function understand(messages: readonly string[]): Question {
  const recent = messages.slice(-MEMORY);
  let question = read(recent[0] ?? '', 'en');
  for (const text of recent.slice(1)) {
    const next = read(text, question.language);
    question = isFollowUp(question, next, text) ? carryOver(question, next) : keepTopic(question, next);
  }
  return question;
}

/** `before` is the language of what was said before: "100?" has none of its own. */
function read(said: string, before: Language): Question {
  const text = spellOutPictures(said.slice(0, 2000));
  const { rest, ...prices } = takePrices(text);
  const keywords: Keyword[] = wordsOf(rest)
    .filter((word) => word.length > 1 && !isFiller(word) && !/^\d/.test(word))
    .slice(0, MAX_KEYWORDS)
    .map(recognise);
  const limits = {
    ...(keywords.length === 0 ? bareNumber(rest, prices) : prices),
    inStockOnly: /\bin stock\b|במלאי/iu.test(text),
    onSaleOnly: /\b(on sale|sales?|deals?|discount(ed|s)?|offers?)\b|מבצע|הנחה|הנחות/iu.test(text),
  };
  const named = keywords.some(({ concept }) => concept) || Object.values(limits).some(Boolean);
  return {
    language: /[\u05d0-\u05ea]/.test(said) ? 'he' : /[a-z]/i.test(said) ? 'en' : before,
    intent: smallTalkOf(text, { named }) ?? (named || keywords.length > 0 ? 'search' : 'unclear'),
    keywords,
    currency: currencyOf(text),
    ...limits,
    order: orderOf(text),
    asksOptions: /\b(sizes?|colou?rs?)\b|מידות|מידה|צבע/iu.test(text),
  };
}

function orderOf(text: string): Question['order'] {
  if (/\b(cheap(er|est)?|low(er|est)? price[sd]?|less expensive)\b|זול/iu.test(text)) return 'price';
  return /\b(best|top rated|recommend(ed)?)\b|הכי טוב|מומלץ|ממליצ/iu.test(text) ? 'rating' : null;
}
