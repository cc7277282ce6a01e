/**
 * What the demo model knows of language. A real model needs none of this; the demo one gets by with the words of a
 * pet shop in English and Hebrew, and takes every other word as it is.
 */

export type Language = 'en' | 'he';

/** One thing that shoppers name in many ways. */
export interface Concept {
  kind: 'animal' | 'goods' | 'quality';
  /** The first is the word to search with. */
  en: readonly string[];
  /** The first is the word to search with. */
  he: readonly string[];
}

const animal = (en: string, he: string): Concept => ({ kind: 'animal', en: en.split(' '), he: he.split(' ') });
const goods = (en: string, he: string): Concept => ({ kind: 'goods', en: en.split(' '), he: he.split(' ') });
const quality = (en: string, he: string): Concept => ({ kind: 'quality', en: en.split(' '), he: he.split(' ') });

const CONCEPTS: readonly Concept[] = [
  animal('dog dogs doggy doggie', 'כלב כלבים כלבה כלבי כלבלב כלבות'),
  animal('puppy puppies pup pups', 'גורים גור גורי גורה'),
  animal('cat cats kitty', 'חתול חתולים חתולה חתולי חתולות'),
  animal('kitten kittens', 'חתלתול חתלתולים חתלתולה'),
  animal('rabbit rabbits bunny', 'ארנב ארנבים ארנבת ארנבון ארנבות'),
  animal('hamster hamsters', 'אוגר אוגרים אוגרת'),
  animal('guinea cavy', 'שרקן שרקנים שרקנית'),
  animal('budgie budgies parakeet', 'תוכון תוכונים'),
  animal('parrot parrots cockatiel', 'תוכי תוכים קוקטייל'),
  animal('bird birds', 'ציפור ציפורים'),
  animal('goldfish', 'זהב'),
  animal('betta', 'בטה קרב'),
  animal('fish fishes', 'דגים דג דגי'),
  goods('food foods kibble feed diet meal', 'מזון אוכל מזונות האכלה'),
  goods('treats treat snack snacks', 'חטיפים חטיף חטיפי'),
  goods('toy toys plaything', 'צעצוע צעצועים צעצועי משחק משחקים'),
  goods('bed beds basket', 'מיטה מיטות מיטת'),
  goods('leash leashes lead leads', 'רצועה רצועות רצועת'),
  goods('collar collars', 'קולר קולרים'),
  goods('harness harnesses', 'רתמה רתמות רתמת'),
  goods('shampoo', 'שמפו'),
  goods('brush brushes comb', 'מברשת מברשות מסרק סירוק'),
  goods('litter litters', 'חול'),
  goods('carrier carriers', 'נשיאה מנשא כלוב-נשיאה'),
  goods('scratching scratcher', 'גירוד מגרדת'),
  goods('tree', 'עץ טיפוס'),
  goods('ball balls', 'כדור כדורים כדורי'),
  goods('cage cages', 'כלוב כלובים'),
  goods('aquarium aquariums tank', 'אקווריום אקווריומים'),
  goods('filter filters', 'פילטר מסנן'),
  goods('heater heaters', 'חימום מחמם'),
  goods('hay', 'חציר'),
  goods('wheel wheels', 'גלגל'),
  goods('seed seeds', 'זרעים זרעי'),
  goods('bowl bowls', 'קערה קערות קערת'),
  quality('water', 'מים'),
  goods('coat coats jacket raincoat raincoats', 'מעיל מעילים'),
  quality('dental teeth tooth', 'שיניים שן'),
  quality('joint joints hip', 'מפרקים פרקים מפרק'),
  quality('senior old elderly older', 'מבוגר זקן מבוגרת קשיש'),
  quality('sensitive allergy allergies allergic itchy', 'רגישה רגיש רגישות אלרגיה אלרגי מגרד'),
  quality('stomach tummy digestion', 'קיבה בטן עיכול'),
  quality('skin', 'עור'),
  quality('grain grains', 'דגנים דגן'),
  quality('wet canned', 'רטוב שימורים'),
  quality('dry', 'יבש'),
  quality('salmon', 'סלמון'),
  quality('chicken', 'עוף'),
  quality('tuna', 'טונה'),
  quality('lamb', 'כבש'),
  quality('calming anxious nervous anxiety', 'מרגיעה מרגיע לחוץ חרדה'),
  quality('shedding hair deshedding', 'נושרת נשירה שיער פרווה'),
  quality('red', 'אדום אדומה אדומים'),
  quality('blue', 'כחול כחולה כחולים'),
  quality('green', 'ירוק ירוקה ירוקים'),
  quality('grey gray', 'אפור אפורה אפורים'),
  quality('black', 'שחור שחורה שחורים'),
  quality('white', 'לבן לבנה לבנים'),
  quality('pink rose', 'ורוד ורודה ורודים'),
  quality('travel travels traveling travelling trip flight car', 'נסיעה רכב נסיעות לדרך'),
];

const byWord = new Map<string, Concept>(
  CONCEPTS.flatMap((concept) => [...concept.en, ...concept.he].map((word) => [word, concept] as const)),
);

/**
 * The concept of a word and the spelling it is known by. In Hebrew a word may carry up to two one-letter words before
 * it ("ולכלב": and for a dog); in both languages a letter of it may be missing, doubled or swapped ("salmn").
 */
export function recognise(word: string): { word: string; concept: Concept | undefined } {
  for (let at = 0; at <= 2 && word.length - at >= 2; at++) {
    const concept = byWord.get(word.slice(at));
    if (concept) return { word, concept };
    if (!/^[הובכלמש]/.test(word.slice(at))) break;
  }
  const meant = [...byWord.keys()].find((known) => known.length >= SPELLED_OUT && isSlip(word, known));
  return meant === undefined ? { word, concept: undefined } : { word: meant, concept: byWord.get(meant) };
}

/** Shorter words are too near to each other to guess between. */
const SPELLED_OUT = 5;

/** A letter too few or too many, or two swapped. Another letter is another word ("bell", "ball"), a first one too ("rain", "grain"). */
function isSlip(typed: string, known: string): boolean {
  if (typed[0] !== known[0] || Math.abs(typed.length - known.length) > 1) return false;
  let at = 0;
  while (at < known.length && typed[at] === known[at]) at++;
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + (typed[at] ?? '') + typed.slice(at + 2);
  return typed.slice(at) === known.slice(at + 1) || typed.slice(at + 1) === known.slice(at) || swapped === known;
}

/** Animals that people write as one picture. */
const PICTURED: Readonly<Record<string, string>> = {
  '🐶': 'dog',
  '🐕': 'dog',
  '🐱': 'cat',
  '🐈': 'cat',
  '🐰': 'rabbit',
  '🐇': 'rabbit',
  '🐹': 'hamster',
  '🐦': 'bird',
  '🦜': 'parrot',
  '🐟': 'fish',
  '🐠': 'fish',
};

export function spellOutPictures(text: string): string {
  return text.replace(/\p{Extended_Pictographic}/gu, (picture) => ` ${PICTURED[picture] ?? ''} `);
}

/** Words that say how one asks, not what for. */
const FILLER: ReadonlySet<string> = new Set(
  `a about all also am among an and another any anything are around as at available back birthday be been best better between big both buy by can cheap cheaper
   cheapest color colors colour colours come comes compare cost costs could deal deals difference discount discounted do does dollars each else every everything expensive few find for from get gift gifts give good got great has have having hello help
   her hers hey hi him his how i id if im in is it its ive just kind know less let like likes long look looking lot love low
   lower may me might more most much my need needs nice no not of off offer offers ok okay on one ones only options or our out over
   please price priced prices pet pets product products really recommend recommendation recommended right sale sales
   see sell shekel shekels ils nis shop should show size sizes so some someone something stock stuff suggest suggestion suitable take tell than thank thanks
   that thats the their them then there these they thing things this those to too top two under up us very want wants was we
   well what whats when where which who will with would year years yes you your
   אבל אולי אותו אותה אותם אז אחד אחת אחרי אחר אחרים איזה איזו אילו איך אין אלה אם אני אנחנו אנא אפשר אשמח את אתה אתם
   באילו באיזה בבקשה בוא בין בסביבות בשביל במבצע מבצע מבצעים הנחה בהנחה גם דבר דברים הבדל ההבדל הוא היא היי הזה הזאת הזו הכי המחיר הן הם ועוד וגם זה זאת זו זול זולה
   זולים זולות זמין זמינים חדש חדשה טוב טובה טובים יהיה יותר יקר יקרה יש יפה כבר כדאי כזה כל כמה כמו כן לא לי לו לה לנו לך לכם לקנות
   למצוא מאוד מבין מה מהם מהן מידה מידות מוצר מוצרים מחיר מחירים מחפש מחפשת מחפשים מי מישהו מלאי במלאי ממליץ ממליצה ממליצים המלצה המלצות מעל
   מצא משהו מתאים מתאימה מתאימים מתחת נא נראה נשאר נו עד עוד עזור צבע צבעים עזרה על עם עבור עולה עולים עלות פחות צריך צריכה צריכים קצת רוצה רוצים רק
   שאני שהוא שהיא שיהיה של שלה שלו שלי שלך שלנו שלכם שם שקל שקלים שח תודה תמליץ תמליצי תן תני מתנה הולדת יום תראה תראי תביא תוכל תוכלי תשוו תשווה תשווי השוו להשוות ביניהם ביניהן מביניהם מביניהן מתוכם בשבילי בשבילנו`.split(
    /\s+/,
  ),
);

/** Whether a word says only how one asks, an "and" or "the" written before it included ("ומה", "הדבר"). */
export function isFiller(word: string): boolean {
  return FILLER.has(word) || (/^[וה]/.test(word) && FILLER.has(word.slice(1)));
}
