import type { Catalog } from '../catalog/types.ts';
import { cleanText } from '../clean-text.ts';
import type { Shop } from '../shops/types.ts';

/**
 * A shop's assistant is no free AI for the world. This is the cheap half of that: what is obviously other work is declined
 * before a model is asked; the rules in the prompt are the other half, for all that isn't obvious. A genuine question that
 * is declined loses a customer, a foreign one that gets through costs a cent, so every pattern must be sure, and a word
 * of the shop's own products overrules them all. English and Hebrew; other languages are left to the model.
 */
export async function isOffTopic(question: string, shop: Shop, catalog: Pick<Catalog, 'search'>): Promise<boolean> {
  const text = cleanText(question, MAX_LENGTH)
    .toLowerCase()
    .replace(/[\u0591-\u05c7]/g, '')
    // Runs of blanks would make the patterns slow.
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replaceAll('’', "'");
  if (OURS.test(text) || !FOREIGN.some((pattern) => pattern.test(text))) return false;
  return !(await namesProduct(text, shop.slug, catalog));
}

const MAX_LENGTH = 2_000;

/** Where text on a thing or about a thing is meant, or a code that saves money. */
const OURS = new RegExp(
  [
    String.raw`\b(?:gift|greeting|card|engrav\w*|embroider\w*|personali[sz]\w*|label|packag\w*|wrapp\w*|print(?:ed)? on|mugs?|t-?shirts?)\b`,
    String.raw`\b(?:discount|coupon|promo\w*|voucher|deliver\w*|shipping|courier|checkout|refund|my order|warranty|manual|laundry)\b`,
    'כרטיס|חריטה|הקדשה|רקמה|הדפס|מתנה|אריזה|קופון|הנחה|משלוח|הזמנה|החזר|אחריות',
  ].join('|'),
);

/** A sentence begins here, with or without politeness. */
const BEGIN = String.raw`(?:^|[.!?:;\n]\s*)(?:(?:hi|hey|hello|ok|okay|so|now|then|and|please|pls|kindly|just|can you|could you|would you|will you|i need you to|i want you to|i'd like you to|you must|help me to|help me|also)[,!]?\s+){0,5}`;
const START = String.raw`(?:^|[.!?:;,\n]\s*)(?:(?:היי|שלום|בבקשה|אנא|תוכל|תוכלי|אפשר|אתה יכול|את יכולה|אני צריך ש|אני רוצה ש|עכשיו|ו)[,!]?\s*){0,4}`;

const LANGUAGE = String.raw`(?:python|javascript|typescript|java|c\+\+|c#|php|ruby|rust|golang|sql|html|css|react(?:\.?js)?|node(?:\.?js)?|bash|powershell|vba|matlab|kotlin|swift)`;
const PROGRAM = String.raw`(?:code|script|program|function|class|snippet|query|algorithm|regex(?:p)?|regular expression|component|app|macro|formula|web ?(?:site|page)|unit tests?)`;
const PROSE = String.raw`(?:essays?|poems?|haikus?|sonnets?|limericks?|song lyrics|lyrics|rap|short stor(?:y|ies)|story|blog ?posts?|news articles?|articles?|cover letters?|resum(?:e|é)s?|thesis|dissertation|speech|screenplay|novel|fan ?fiction|book reports?|linkedin posts?|tweets?|press release|business plan|marketing plan)`;

const FOREIGN = [
  // Programs
  String.raw`${BEGIN}(?:write|create|generate|make|build|implement|code|give me|show me|develop)\b[^.?!\n]{0,40}\b${LANGUAGE}[ -](?:\w+ ){0,2}${PROGRAM}\b`,
  String.raw`${BEGIN}(?:write|create|generate|make|build|implement|code|develop)\b[^.?!\n]{0,20}\b${PROGRAM}\b[^.?!\n]{0,40}\b(?:in|using|with) ${LANGUAGE}(?!\w)`,
  String.raw`${BEGIN}(?:write|generate|implement) (?:me )?(?:a|an|some|the)? ?(?:\w+ )?(?:code|algorithm|script|regex|sql query|unit tests?|python program)\b (?:to|that|for|which|of)\b`,
  String.raw`${BEGIN}(?:debug|refactor|fix|explain|review|optimi[sz]e) (?:this|my|the following) (?:\w+ )?(?:code|function|script|sql|query|bug|stack ?trace|exception|regex)\b`,
  String.raw`${BEGIN}(?:implement|write) (?:a |an )?(?:quick ?sort|bubble ?sort|merge ?sort|binary search|fizz ?buzz|linked list|fibonacci)`,
  // Prose, homework, long translations
  String.raw`${BEGIN}(?:write|compose|draft|generate|create)\b (?:me |us )?(?:(?:a|an|the|my|some|another|\d+[- ]\w+)\b ?)?(?:[\w-]+ ){0,3}${PROSE}\b`,
  String.raw`${BEGIN}(?:do|solve|finish|complete|answer|help me with|help with) my (?:\w+ )?(?:homework|assignment|exam|essay|worksheet|thesis)\b`,
  String.raw`${BEGIN}(?:summari[sz]e|paraphrase|rewrite|proofread) (?:this|the following|my) (?:\w+ )?(?:text|article|essay|paragraph|chapter|book|paper|pdf|email)\b`,
  String.raw`${BEGIN}translate (?:this|the following|these|my) (?:\w+ )?(?:text|paragraphs?|articles?|essays?|sentences?|documents?|emails?|letters?|poems?|contracts?)\b`,
  String.raw`${BEGIN}translate\b[^\n]{0,80}:\s*[^]{300}`,
  // Sums
  String.raw`${BEGIN}(?:solve|integrate|differentiate|factori[sz]e|factor)\b[^.?!\n]{0,30}(?:equations?\b|integral|inequality|polynomial|derivative|[\dxy)] ?[-+*/^=] ?[\dxy(])`,
  String.raw`\bwhat(?:'s| is) (?:the )?(?:integral|derivative|square root|factorial|determinant|limit) of\b`,
  String.raw`^\s*(?:what(?:'s| is)|calculate|compute|how much is)?\s*\(?\d[\d.,]*\)? ?[*^+÷] ?\(?\d[\d., ()*^+÷/-]*(?:=|\?)?\s*$`,
  String.raw`${BEGIN}prove (?:that|the) [^.?!\n]{0,60}\b(?:theorem|prime|irrational|infinite|converges|sum|even|odd)\b`,
  // General knowledge
  String.raw`${BEGIN}what(?:'s| is) the capital(?: city)? of\b`,
  String.raw`${BEGIN}who (?:is|was) the (?:\w+ )?(?:president|prime minister|king|queen|chancellor) of\b`,
  String.raw`${BEGIN}who won the (?:\d{4} |last )?(?:world cup|super bowl|election|champions league|oscars?|nobel)`,
  // The assistant itself
  String.raw`\b(?:ignore|disregard|forget|override|bypass)\b (?:all |any |of |everything in )*(?:the |your |these |those |its )?(?:previous|prior|above|earlier|preceding|system|initial|original|safety) (?:\w+ )?(?:instructions?|rules|prompts?|guidelines|directives|programming|messages)\b`,
  String.raw`\b(?:ignore|disregard|forget|override|bypass)\b (?:all |any )?(?:of )?your (?:\w+ )?(?:instructions?|rules|prompts?|guidelines|directives|programming|restrictions)\b`,
  String.raw`\b(?:reveal|show|print|repeat|output|tell|give|display|leak|dump|what(?:'s| is| are))\b[^.?!\n]{0,30}\b(?:system prompt|system message|developer message|your (?:hidden |secret |initial |original |full |exact )?(?:prompt|system instructions))\b`,
  String.raw`\b(?:reveal|print|repeat|output|display|dump)\b[^.?!\n]{0,20}\b(?:your (?:\w+ )?instructions|(?:everything|all the text|the text|the words) above)\b`,
  String.raw`\byou are (?:now |no longer )(?:dan\b|an? (?:unrestricted|unfiltered|uncensored|different|general)|a shopping assistant|free\b|in developer mode)`,
  String.raw`${BEGIN}(?:act as|pretend (?:to be|you are|you're)|roleplay as|behave like) (?:an? |my |the )?(?:linux|unix|terminal|python|sql|chatgpt|gpt|dan\b|lawyer|doctor|therapist|psychologist|girlfriend|boyfriend|programmer|math|english teacher|tutor|hacker|general|unrestricted|evil)`,
  // Hebrew
  String.raw`${START}(?:תכתוב|תכתבי|כתוב|כתבי|תחבר|תחברי|חבר|חברי|לכתוב|תכין|תכיני)(?: לי| לנו)? (?:חיבור|מאמר|שיר|סיפור|נאום|עבודה|סמינריון|קורות חיים|מכתב מקדים|פוסט|תסריט|קוד|סקריפט|תוכנית ב|תוכנה|פונקציה|אלגוריתם|שאילתה|שאילתת)`,
  String.raw`${START}(?:תרגם|תרגמי|תתרגם|תתרגמי|לתרגם)(?: לי| לנו)? (?:את )?(?:ה)?(?:טקסט|משפט|פסקה|מאמר|מסמך|מכתב|שיר)`,
  String.raw`${START}(?:פתור|פתרי|תפתור|תפתרי|לפתור)(?: לי| לנו)? (?:את )?(?:ה)?(?:משוואה|תרגיל|אינטגרל|בעיה|מבחן|שיעורי)`,
  String.raw`${START}(?:עשה|עשי|תעשה|תעשי|תעזור לי עם|תעזרי לי עם|עזור לי עם|עזרי לי עם)(?: לי)? (?:את )?(?:שיעורי ה?בית|העבודה (?:ב|ל)|המטלה)`,
  String.raw`${START}(?:סכם|סכמי|תסכם|תסכמי)(?: לי)? את ה?(?:מאמר|טקסט|ספר|פרק)`,
  String.raw`(?:התעלם|תתעלם|התעלמי|תתעלמי|שכח|תשכח|שכחי|תשכחי) מ(?:כל )?(?:ה)?(?:הוראות|הנחיות|הוראותיך|הנחיותיך|כללים)(?: הקודמות| שלך| שלמעלה| הקודמים|$|[ .,!])`,
  String.raw`(?:תראה|תראי|הצג|תציג|גלה|תגלה|תגלי|הדפס|תדפיס|חשוף|תחשוף|מה|מהו|מהן)(?: לי)? (?:את )?(?:הם |הן )?(?:ה)?(?:פרומפט|הנחיות המערכת|הוראות המערכת|הנחיות שלך|הוראות שלך)`,
  String.raw`${START}(?:מה|מהי) עיר הבירה של|${START}מי (?:הוא |היה |היתה )?(?:ראש הממשלה|נשיא|ראש ממשלת|נשיאת)`,
  String.raw`${START}(?:כמה (?:זה|הם|הן) )?\d[\d.,]* ?[*^+÷] ?\d[\d., ()*^+÷/-]*[=?]?\s*$`,
].map((pattern) => new RegExp(pattern));

/** Words that say what is to be done, not what is for sale. */
const ASKING = new Set(
  `about above act all also and another any app article can class code could create debug develop display does draft
   essay explain fix following for forget from function generate give have help homework how html ignore
   implement instructions into java javascript just like make message more need now please poem pretend previous print
   program prompt python query reveal rules script short show solve some story summarize system tell text that the this
   translate using want what which will with word words would write you your`.split(/\s+/),
);

/** Whether the text has a word that products here are named or sorted by; what descriptions mention is not enough. */
async function namesProduct(text: string, shop: string, catalog: Pick<Catalog, 'search'>): Promise<boolean> {
  const words = (text.match(/[\p{L}\p{M}]{3,}/gu) ?? []).filter((word) => !ASKING.has(word)).slice(0, 16);
  if (words.length === 0) return false;
  const hits = await catalog.search(shop, { query: words.join(' '), limit: 20 });
  return hits.some(({ product: { title, brand = '', categories, tags } }) => {
    const names =
      [title, brand, ...categories, ...tags]
        .join(' ')
        .toLowerCase()
        .match(/[\p{L}\p{M}]{3,}/gu) ?? [];
    return words.some((word) => names.some((name) => isForm(word, name)));
  });
}

/** "beds" is "bed"; Hebrew writes "the" and "to" together with the word. */
function isForm(word: string, name: string): boolean {
  const bare = /^[הובכלמש][א-ת]{3}/.test(word) ? word.slice(1) : word;
  return [word, bare].some((form) => form === name || form === `${name}s` || `${form}s` === name);
}
