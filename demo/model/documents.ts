/** Questions that a shop's documents answer, and the answer: the passage's own words, with its mark. */
import { wordsOf } from '../../proxy/words.ts';
import type { Asked, Step } from './asked.ts';
import { smallTalkOf } from './small-talk.ts';
import { STORE, stemsOf, storeText, waysToReach, type StoreInfo } from './store.ts';
import type { Language } from './words.ts';

interface Found {
  n: number;
  title: string;
  section?: string;
  text: string;
}

/** What shops write down. */
const TOPICS =
  /\b(return\w*|refund\w*|money back|exchang\w*|swap|ship(s|ped|ping)?|deliver\w*|courier|parcel|package|track\w*|warrant\w*|guarantee\w*|broken|damaged|instal?ments?|invoice|gift ?cards?|paypal|coupons?|wash(es|ed|ing)?|clean(s|ed|ing)?|arriv\w*|(what|which) size|measur\w*|allerg\w*|club|points|vouchers?|subscription|recycl\w*|donate|address|open on|flush|poisonous|toxic|insurance|policy|chewed|interest)\b|החזר|להחזיר|יחזירו|להחליף|מחליפים|החלפ|משלוח|שליח|חביל|אחריות|שבור|פגום|תשלומים|חשבונית|כרטיס מתנה|גיפט|כביס|מכבס|לנקות|ניקוי|מדיד|מודד|מועדון|נקודות|מיחזור|כתובת|פתוח|ביטוח|תוקף|לעס|הגיע|מגיע|לשלוח/iu;
const HOW =
  /^\W*(how (do|can|to|long|many|often|big|should)|can i|what (do|should|happens|foods|size)|which (size|days)|when (can|do|does|will|should)|why|where (can|is)|who|from what age)\b|^\s*(איך|כמה (זמן|פעמים|ארגזי|כופתיות|שוות|שנים)|מתי|ממתי|עד מתי|כל כמה|באיזו|למה|מותר|מה אסור|מה עושים|האם אפשר|אפשר|איפה)(?![א-ת])/iu;
/** Wants to be shown something. */
const SHOWING =
  /\b(recommend|suggest|show|looking for|find|compare|cheap\w*|under)\b|ממליצ|תמליצ|מחפש|תראה|תראי|זול|מתחת/iu;

/** What documents in the other language call it. */
const TERMS: readonly (readonly [said: RegExp, en: string, he: string])[] = [
  [/\b(return|refund|money back|give it back|send back)|החזר|להחזיר|יחזירו/iu, 'return refund', 'החזרה החזר'],
  [/\b(exchang|swap)|החלפ|להחליף/iu, 'exchange', 'החלפה'],
  [/\b(ship|deliver|courier)|משלוח|שליח/iu, 'delivery shipping', 'משלוח שליח'],
  [/\b(warrant|guarantee)|אחריות/iu, 'warranty', 'אחריות'],
  [/\b(wash|clean)|כביס|מכבס|לנקות|ניקוי/iu, 'wash clean', 'כביסה ניקוי'],
  [/\b(size|measur)|מידה|מידות|מודד|מדיד/iu, 'size measure', 'מידה מדידה'],
  [/\b(instal?ment|payment|pay)|תשלו|לשלם/iu, 'payment instalments', 'תשלום תשלומים'],
  [/\bgift ?card|כרטיס מתנה|גיפט/iu, 'gift card', 'כרטיס מתנה'],
  [/\b(club|points)|מועדון|נקודות/iu, 'club points', 'מועדון נקודות'],
  [/\b(aquarium|tank)|אקווריום/iu, 'aquarium water', 'אקווריום מים'],
  [/\bchew|לעס/iu, 'chewed leash', 'לעס רצועה'],
  [/\brabbit|ארנב/iu, 'rabbit', 'ארנב'],
  [/\bpupp(y|ies)|גור(?![א-ת])/iu, 'puppy', 'גור'],
];

/** Of a table: a worse answer than a sentence, where it isn't about one of its rows. */
const ROW = /^[^.!?:;\n]{1,40}: [^;\n]+; [^:;\n]{1,40}: /m;

const LIMIT = 5;
/** UTF-16 code units, more or less. */
const QUOTED = 420;
/** Of the words of a question that a passage has to hold to be its answer. */
const SHARE = 0.5;

export function isForDocuments(text: string): boolean {
  if (smallTalkOf(text, { named: true }) === 'illness' || SHOWING.test(text)) return false;
  return TOPICS.test(text) || HOW.test(text);
}

/** @returns undefined when the documents hold no answer and the question may be about products */
export function readOut({ outputs, mayCall, language }: Asked, text: string): Step | undefined {
  // First in the language of the question alone: among documents in two languages the other one's may stand first.
  const [found, further] = outputs('search_documents');
  if (found === undefined) return { call: 'search_documents', input: queryFor(text, [language]) };
  // It failed: what the shop says of itself is left.
  if (found === null || further === null) return undefined;
  const best = bestOf(passagesIn(found), text, language);
  if (best?.isOwn) return { say: best.quote };
  const hasTerms = TERMS.some(([said]) => said.test(text));
  if (further === undefined && hasTerms && mayCall('search_documents'))
    return { call: 'search_documents', input: queryFor(text, ['he', 'en']) };
  const quote = bestOf([...passagesIn(found), ...passagesIn(further ?? {})], text, language)?.quote;
  if (quote !== undefined) return { say: quote };
  if (!TOPICS.test(text) && !STORE.test(text)) return undefined;
  const [info] = outputs('get_store_info');
  if (info === undefined && mayCall('get_store_info')) return { call: 'get_store_info', input: {} };
  const said = STORE.test(text) && info ? storeText(info, text, language) : undefined;
  if (said !== undefined) return { say: said };
  if (outputs('hand_off')[0] === undefined && mayCall('hand_off')) return { call: 'hand_off', input: {} };
  return { say: unknown(info ?? {}, language) };
}

function passagesIn(found: unknown): readonly Found[] {
  return (found as { passages?: Found[] }).passages ?? [];
}

function queryFor(text: string, languages: readonly Language[]) {
  const terms = TERMS.filter(([said]) => said.test(text));
  const synonyms = terms.flatMap(([, en, he]) => languages.map((language) => (language === 'he' ? he : en)));
  return { query: text.slice(0, 200), synonyms: synonyms.slice(0, 6), limit: LIMIT };
}

/** The words of the passage that fits best: one in the language of the question, if there is one. */
function bestOf(
  passages: readonly Found[],
  question: string,
  language: Language,
): { quote: string; isOwn: boolean } | undefined {
  const own = stemsOf(question);
  const other = TERMS.filter(([said]) => said.test(question)).map(([, en, he]) => stemsOf(`${en} ${he}`));
  const wanted = Math.max(1, Math.ceil(own.length * SHARE));
  const scored = passages.map((passage, place) => {
    const heading = `${passage.title} ${passage.section ?? ''}`;
    const words = wordsOf(`${heading} ${passage.text}`);
    const has = (stem: string) => words.some((word) => word.startsWith(stem));
    const count = own.filter(has).length;
    const terms = other.filter((stems) => stems.some(has)).length;
    const inHeading = own.filter((stem) => wordsOf(heading).some((word) => word.startsWith(stem))).length;
    const isOwn = /[\u05d0-\u05ea]/.test(passage.text) === (language === 'he');
    // The question's own words stand only in a document of its language; the shop's terms stand in both.
    const fits = count >= wanted || terms > 0;
    const row = ROW.test(passage.text) ? 0.8 : 0;
    return { passage, isOwn, fits, score: count + inHeading * 0.5 + terms * 0.5 - place * 0.6 - row };
  });
  const fitting = scored.filter(({ fits }) => fits).toSorted((a, b) => b.score - a.score);
  const best = fitting.find(({ isOwn }) => isOwn) ?? fitting[0];
  if (!best) return undefined;
  const { n, title, text } = best.passage;
  return { quote: `**${title}** – ${sentencesFor(text, own)} [[doc:${n}]]`, isOwn: best.isOwn };
}

/** The sentence with most of the words, and what follows it as far as there is room. */
function sentencesFor(text: string, stems: readonly string[]): string {
  const sentences = text
    .split(/\n+|(?<=[^\d][.!?])\s+/)
    .map((line) => line.replace(/^\s*(?:#{1,6}\s+|[-*]\s+|\d+\.\s+)/, '').trim())
    .filter((line) => line !== '');
  const scores = sentences.map((sentence) => {
    const words = wordsOf(sentence);
    return stems.filter((stem) => words.some((word) => word.startsWith(stem))).length;
  });
  const from = Math.max(0, scores.indexOf(Math.max(...scores)));
  let quote = sentences[from] ?? '';
  for (const next of sentences.slice(from + 1)) {
    if (quote.length + next.length > QUOTED) break;
    quote += ` ${next}`;
  }
  return quote;
}

function unknown({ contact }: StoreInfo, language: Language): string {
  const ways = waysToReach(contact);
  if (language === 'he') {
    const people = ways ? `אנשי החנות ישמחו לעזור: ${ways}` : 'כדאי לשאול את אנשי החנות.';
    return `את זה אני לא יודע: אין על כך דבר במסמכים של החנות. ${people}`;
  }
  const people = ways
    ? `The people of the shop do, and are glad to help: ${ways}`
    : 'Please ask the people of the shop.';
  return `I don't know that: the shop's documents say nothing about it. ${people}`;
}
