import type { Entry } from './entry.ts';

export const birds: readonly Entry[] = [
  {
    id: 160,
    brand: 'Featherfold',
    categories: ['birds', 'food'],
    picture: ['seedbag', 'mustard', 'bird'],
    en: [
      'Budgie Seed Mix with Herbs',
      'Four kinds of millet, canary seed, oats and dried herbs, cleaned three times; with iodine for the thyroid. Two teaspoons a bird a day.',
    ],
    he: [
      'תערובת זרעים לתוכונים עם עשבים',
      'ארבעה סוגי דוחן, זרעי קנרית, שיבולת שועל ועשבים מיובשים, בניקוי משולש; עם יוד לבלוטת התריס. שתי כפיות ליום לציפור.',
    ],
    tags: ['budgie', 'parakeet', 'seed'],
    options: 'Size',
    variants: [
      ['1 kg', 24.9],
      ['4 kg', 79.9],
    ],
    rating: [4.6, 88],
  },
  {
    id: 161,
    brand: 'Featherfold',
    categories: ['birds', 'food'],
    picture: ['seedbag', 'coral', 'bird'],
    en: [
      'Parrot Fruit Pellets',
      'Baked pellets with papaya, pomegranate and carrot for cockatiels, conures and larger parrots: a full diet without picking. No refined sugar, no colouring.',
    ],
    he: [
      'כופתיות פירות לתוכים',
      'כופתיות אפויות עם פפאיה, רימון וגזר לקוקטיילים, קוניורים ותוכים גדולים: תזונה מלאה בלי ברירה. ללא סוכר מעובד וללא צבע מאכל.',
    ],
    tags: ['parrot', 'cockatiel', 'pellets'],
    options: 'Size',
    variants: [
      ['800 g', 64.9],
      ['3 kg', 199],
    ],
    rating: [4.7, 59],
  },
  {
    id: 162,
    brand: 'Featherfold',
    categories: ['birds', 'treats'],
    picture: ['millet', 'sand'],
    en: [
      'Golden Millet Sprays',
      'Whole sun-ripened millet sprays, unsprayed, 20–25 cm long: the treat that makes a new budgie trust your hand. Bundle of 8 or 20.',
    ],
    he: [
      'שיבולי דוחן זהוב',
      'שיבולי דוחן שלמות שהבשילו בשמש, ללא ריסוס, באורך 20–25 ס"מ: החטיף שגורם לתוכון חדש לסמוך על היד שלכם. צרור של 8 או 20.',
    ],
    tags: ['millet', 'budgie', 'taming'],
    options: 'Pack',
    variants: [
      ['8 sprays', 19.9],
      ['20 sprays', 42.9],
    ],
    rating: [4.8, 104],
  },
  {
    id: 163,
    brand: 'Featherfold',
    categories: ['birds', 'home'],
    picture: ['cage', 'slate'],
    en: [
      'Aria Flight Cage',
      'Wide cage of 80×50×75 cm in which two budgies or four finches can truly fly; bars 1.2 cm apart, two large doors, a pull-out tray. Perches and feeders included.',
    ],
    he: [
      'כלוב מעוף Aria',
      'כלוב רחב בגודל 80×50×75 ס"מ ששני תוכונים או ארבעה פינקים באמת יכולים לעוף בו; מרווח סורגים 1.2 ס"מ, שתי דלתות גדולות ומגש נשלף. כולל מוטות והאבסה.',
    ],
    tags: ['cage', 'budgie', 'finch', 'canary'],
    options: 'Colour',
    variants: [
      ['Black', 389],
      ['White', 389, { stock: 2 }],
    ],
    rating: [4.5, 41],
  },
  {
    id: 164,
    brand: 'Featherfold',
    categories: ['birds', 'home'],
    picture: ['perch', 'terracotta'],
    en: [
      'Natural Branch Perches, Set of 3',
      'Real apple and dogwood branches of three thicknesses that train the feet and wear down claws; screw on without tools. 25 cm.',
    ],
    he: [
      'מוטות ישיבה מענפים טבעיים, 3 יחידות',
      'ענפי תפוח וקורנוס אמיתיים בשלושה עוביים שמאמנים את הרגליים ושוחקים את הציפורניים; הברגה ללא כלים. 25 ס"מ.',
    ],
    tags: ['perch', 'natural wood', 'claws'],
    variants: [['25 cm', 39.9]],
    rating: [4.6, 52],
  },
  {
    id: 165,
    brand: 'Featherfold',
    categories: ['birds', 'toys'],
    picture: ['swing', 'plum'],
    en: [
      'Jingle Swing with Beads',
      'Wooden swing with beads to turn and a bell to ring, on a stainless hook. Food colours only. For budgies, lovebirds and cockatiels.',
    ],
    he: [
      'נדנדה מצלצלת עם חרוזים לציפורים',
      'נדנדת עץ עם חרוזים לסיבוב ופעמון לצלצול, על וו נירוסטה. צבעי מאכל בלבד. לתוכונים, לאבבירדים וקוקטיילים.',
    ],
    tags: ['swing', 'bell', 'budgie', 'cockatiel'],
    variants: [['18 cm', 27.9, { was: 34.9 }]],
    rating: [4.4, 66],
  },
  {
    id: 166,
    brand: 'Featherfold',
    categories: ['birds', 'health'],
    picture: ['cuttle', 'sky'],
    en: [
      'Cuttlebone Twin Pack',
      'Natural calcium for beak, bones and egg shells, with holders for the bars. Also good for turtles. 12 cm each.',
    ],
    he: [
      'עצם דיונון, זוג',
      'סידן טבעי למקור, לעצמות ולקליפת הביצה, עם מחזיקים לסורגים. מתאים גם לצבים. 12 ס"מ כל אחד.',
    ],
    tags: ['calcium', 'beak', 'turtle'],
    variants: [['2 × 12 cm', 14.9]],
    rating: [4.5, 73],
  },
];
