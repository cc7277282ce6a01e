/** What the scenes ask, and what the staged model answers. */
export interface Line {
  /** The question, whole: it is typed, and found again in the model's input. */
  asks: string;
  says: string;
  /** Tools to call before, one a round. */
  calls?: { name: string; args: object }[];
  next?: string[];
  /** It stops for good at this share of the text, until it is told to go on. */
  halts?: number;
  fails?: true;
}

export const LANGUAGES = ['en', 'he'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Script {
  first: Line;
  streaming: Line;
  cards: Line;
  comparison: Line;
  cart: Line;
  error: Line;
  sources: Line;
  table: Line;
}

const show = (title: string, why: string, ...product_ids: number[]) => ({
  name: 'show_products',
  args: { product_ids, title, why },
});
const compare = (title: string, ...product_ids: number[]) => ({
  name: 'compare_products',
  args: { product_ids, title },
});
const add = (product_id: number) => ({ name: 'add_to_cart', args: { product_id, variant_id: null, quantity: 1 } });
const search = (query: string) => ({ name: 'search_documents', args: { query, synonyms: [], limit: 3 } });

export const SCRIPTS: Record<Language, Script> = {
  en: {
    first: {
      asks: 'My puppy is afraid of thunder. What helps?',
      says: `Poor thing! Most puppies grow out of it, and a few things make the noise easier to bear:

- **A place to hide.** A covered bed in a quiet corner, with a blanket that smells of home.
- **Something to chew or lick.** It calms, and it keeps them busy while it rumbles.
- **Stay near, and stay calm.** Soft music helps; scolding doesn’t.

### When to see a vet
If your puppy shakes for hours or stops eating, please have it looked at. How old is it, and how big?`,
      next: ['Which bed would be best?', 'Something to lick', 'It is four months old'],
    },
    streaming: {
      asks: 'How do I introduce a kitten to our dog?',
      says: `Slowly, and with a door between them at first:

1. **Swap scents.** Let each sleep on the other’s blanket for a few days.
2. **Meet through a gap.** Feed them on both sides of a door that stands ajar.
3. **Same room, dog on a leash.** Five minutes are enough; end while it still goes well.

Take a week for each step if you need to.`,
      halts: 0.6,
    },
    cards: {
      asks: 'A bed for a large dog',
      says: 'The **Cloudrest** is the one for older dogs and sore joints; the **Nestling** is softer and can be washed whole. For the summer there is the cooling mat.',
      calls: [show('Beds for large dogs', 'All of them come in L or larger', 110, 111, 112, 119, 121)],
      next: ['Compare the first two', 'Is the cover washable?'],
    },
    comparison: {
      asks: 'Compare the beds for me',
      says: 'For an older dog take the **Cloudrest**: the memory foam spares the joints. A young one is as happy in the **Nestling**.',
      calls: [compare('The beds side by side', 110, 111, 112)],
    },
    cart: {
      asks: 'Put the snuffle mat into my cart',
      says: 'Done! Shall I look for treats to hide in it?',
      calls: [show('', '', 117), add(117)],
    },
    error: { asks: 'And what about parrots?', says: '', fails: true },
    sources: {
      asks: 'Until when can I return something?',
      says: 'You have **30 days** from the day it arrives, as long as it is unopened.[[doc]] Food that was opened can’t come back, but write to us if your animal won’t touch it.',
      calls: [search('return unopened days')],
    },
    table: {
      asks: 'How much should it eat?',
      says: `That goes by weight. For dry food, a day:

| Weight | 2–4 months | 4–6 months | 6–12 months | Adult |
| --- | ---: | ---: | ---: | ---: |
| 3 kg | 80 g | 85 g | 70 g | 60 g |
| 10 kg | 190 g | 210 g | 180 g | 150 g |
| 25 kg | 340 g | 400 g | 370 g | 300 g |

> Weigh it once a month; puppies grow in leaps.

Spread it over three meals, and over two from six months on.`,
    },
  },
  he: {
    first: {
      asks: 'הגור שלי מפחד מרעמים. מה עוזר?',
      says: `מסכן! רוב הגורים מתגברים על זה, ויש כמה דברים שמקלים:

- **מקום להסתתר בו.** מיטה עגולה כמו Nestling Round Calming Bed בפינה שקטה, עם שמיכה שמריחה כמו הבית.
- **משהו ללקק או ללעוס.** זה מרגיע ומעסיק בזמן שרועם בחוץ.
- **להישאר קרוב ורגוע.** מוזיקה שקטה עוזרת; כעס לא.

### מתי לפנות לווטרינר
אם הוא רועד שעות או מפסיק לאכול, כדאי לבדוק. בן כמה הוא, וכמה הוא שוקל?`,
      next: ['איזו מיטה הכי מתאימה?', 'משהו ללקק', 'הוא בן ארבעה חודשים'],
    },
    streaming: {
      asks: 'איך מכירים בין גורת חתולים לכלב?',
      says: `לאט, ובהתחלה עם דלת ביניהם:

1. **מחליפים ריחות.** כל אחד ישן כמה ימים על השמיכה של השני.
2. **נפגשים דרך חריץ.** מאכילים אותם משני צידי דלת פתוחה מעט.
3. **באותו חדר, הכלב ברצועה.** חמש דקות מספיקות; עוצרים כשעוד טוב.

אפשר להקדיש שבוע לכל שלב.`,
      halts: 0.6,
    },
    cards: {
      asks: 'מיטה לכלב גדול',
      says: 'ה-**Cloudrest** מתאימה לכלבים מבוגרים ולמפרקים רגישים; ה-**Nestling** רכה יותר ונכנסת כולה לכביסה. לקיץ יש משטח קירור.',
      calls: [show('מיטות לכלבים גדולים', 'לכולן יש מידה L ומעלה', 110, 111, 112, 119, 121)],
      next: ['תשוו בין שתי הראשונות', 'הכיסוי כביס?'],
    },
    comparison: {
      asks: 'תשוו לי בין המיטות',
      says: 'לכלב מבוגר עדיפה **Cloudrest**: ספוג הזיכרון חוסך מאמץ מהמפרקים. כלב צעיר ישמח גם ב-**Nestling**.',
      calls: [compare('המיטות זו לצד זו', 110, 111, 112)],
    },
    cart: {
      asks: 'שימו לי את שטיח ההרחה בעגלה',
      says: 'נוסף! לחפש חטיפים להחביא בו?',
      calls: [show('', '', 117), add(117)],
    },
    error: { asks: 'ומה עם תוכים?', says: '', fails: true },
    sources: {
      asks: 'עד מתי אפשר להחזיר מוצר?',
      says: 'יש לכם **30 יום** מיום הקבלה, כל עוד המוצר סגור.[[doc]] מזון שנפתח אי אפשר להחזיר, אבל כתבו לנו אם החיה לא נוגעת בו.',
      calls: [search('החזרה מוצר סגור')],
    },
    table: {
      asks: 'כמה הוא צריך לאכול?',
      says: `זה לפי המשקל. מזון יבש ליום:

| משקל | 2–4 חודשים | 4–6 חודשים | 6–12 חודשים | בוגר |
| --- | ---: | ---: | ---: | ---: |
| 3 ק״ג | 80 גרם | 85 גרם | 70 גרם | 60 גרם |
| 10 ק״ג | 190 גרם | 210 גרם | 180 גרם | 150 גרם |
| 25 ק״ג | 340 גרם | 400 גרם | 370 גרם | 300 גרם |

> כדאי לשקול פעם בחודש; גורים גדלים בקפיצות.

מחלקים לשלוש ארוחות, ומגיל חצי שנה לשתיים.`,
    },
  },
};

export const LINES: readonly Line[] = Object.values(SCRIPTS).flatMap((script) => Object.values(script) as Line[]);
