import { queryGroups } from '../words.ts';

/**
 * What a question to documents looks for, in the form of `queryGroups`. Who asks a shop's documents writes sentences, not
 * names of goods, and documents answer in sentences: words that every sentence has are left out, and English words count
 * in all their endings. The index is searched by prefix, so their beginning is enough.
 */
export function questionGroups(text: string): string[][] {
  const groups = queryGroups(text);
  const telling = groups.filter(([word]) => !COMMON.has(word!));
  return (telling.length > 0 ? telling : groups).map((forms) => [
    ...new Set([...forms, ...forms.flatMap((form) => [...beginnings(form)])]),
  ]);
}

/** Share of a question's words that a text has. @param terms the text's normalised words, each behind a blank */
export function coverage(terms: string, groups: readonly (readonly string[])[]): number {
  return groups.filter((group) => group.some((term) => terms.includes(` ${term}`))).length / groups.length;
}

/** Shorter beginnings are those of too many words. */
const MIN_BEGINNING = 4;
const ENDINGS = ['ings', 'ing', 'ies', 'ied', 'ed', 'es', 's', 'e', 'y'];

/** `measuring` → `measur`, which is how `measure` and `measured` begin; `shipping` → `shipp`, `ship`. */
function* beginnings(word: string): Generator<string> {
  if (!/^[a-z]{5,}$/.test(word)) return;
  const ending = ENDINGS.find((one) => word.endsWith(one));
  if (ending === undefined || /(ss|us|is)$/.test(word)) return;
  const rest = word.slice(0, -ending.length);
  // "delivery" and "deliveries", "carry" and "carried".
  if (ending === 'y' || ending === 'ies' || ending === 'ied') {
    yield `${rest}y`;
    yield `${rest}i`;
    return;
  }
  if (rest.length >= MIN_BEGINNING) yield rest;
  if (!/(ing|ings|ed)$/.test(ending)) return;
  if (/([bdfgmnprt])\1$/.test(rest)) yield rest.slice(0, -1);
  else if (rest.length < MIN_BEGINNING) yield `${rest}e`;
}

/** Of English and Hebrew sentences; those that say nothing about a product either are left out before. */
const COMMON: ReadonlySet<string> = new Set(
  `about after again all also am anyone anything arent as at because been before being but by cant could couldnt did didnt does
   doesnt doing done dont each else every few get gets getting give go goes going got had has hasnt havent having he her here
   him his how i id if ill im into isnt its itself ive just know let like make many may maybe more most much must new no nor
   not now off once one only other our ours out over own same say she should so still such take tell than thats their them
   then these they thing things this those through thus too under until up us use used using very want wants was wasnt way we
   were what whats when where whether while who whom whose why will with within without wont would yes yet your yours
   איפה איך מתי למה מדוע מי האם כי אם עד כבר עוד רק אז הוא היא הם הן אותו אותה אותם שזה שאני להיות היה היתה יהיה יכול יכולה
   יכולים ניתן אצל אצלכם לכם לנו להם שלו שלה שלהם שלכם שלנו עליו עליה בו בה אחרי לפני בין כל כך`.split(/\s+/),
);
