/** What the shop says about itself: the text that fits a question best. */
import { wordsOf } from '../../proxy/words.ts';
import { isFiller, type Language } from './words.ts';

export interface StoreInfo {
  texts?: { title: string; text: string }[];
  contact?: { email?: string; phone?: string; url?: string };
}

export const STORE =
  /\b(ship(s|ped|ping)?|deliver(s|y|ed)?|returns?|refunds?|hours|are you open|when do you (open|close)|pay(ment)?s?|warranty|contact|phone number|address)\b|משלוח|החזר|להחזיר|שעות|פתוחים|נפתח|תשלום|לשלם|אחריות|טלפון|ליצור קשר|כתובת/iu;

/** In a word's beginning lies its meaning: "ship" and "shipping", "משלוח" and "משלוחים". */
const STEM = 4;

/** The beginnings of the words that say what a question is about. */
export function stemsOf(question: string): string[] {
  return wordsOf(question)
    .filter((word) => word.length > 2 && !isFiller(word))
    .flatMap((word) => (/^[הובכלמש]/.test(word) ? [word, word.slice(1)] : [word]))
    .map((word) => word.slice(0, Math.max(STEM, word.length - 3)));
}

export function waysToReach(contact: StoreInfo['contact']): string {
  return [contact?.phone, contact?.email, contact?.url].filter((way) => way !== undefined).join(' · ');
}

/** @returns undefined when the shop says nothing that fits */
export function storeText(
  { texts = [], contact }: StoreInfo,
  question: string,
  language: Language,
): string | undefined {
  if (contact && /\b(contact|phone|reach|e-?mail)\b|טלפון|ליצור קשר|נציג/iu.test(question)) {
    return waysToReach(contact);
  }
  const words = stemsOf(question);
  const has = (text: string) => words.filter((word) => wordsOf(text).some((part) => part.startsWith(word))).length;
  const scored = texts
    .filter(({ text }) => /[\u05d0-\u05ea]/.test(text) === (language === 'he'))
    .map(({ title, text }) => ({ title, text, score: has(title) * 3 + has(text) }))
    .toSorted((a, b) => b.score - a.score);
  const [best] = scored;
  return best && best.score > 0 ? `**${best.title}**\n\n${best.text}` : undefined;
}
