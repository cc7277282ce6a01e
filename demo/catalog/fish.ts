import type { Entry } from './entry.ts';

export const fish: readonly Entry[] = [
  {
    id: 167,
    brand: 'Reefling',
    categories: ['fish', 'home'],
    picture: ['aquarium', 'teal'],
    en: [
      'Lagoon Starter Aquarium',
      'Clear glass tank with an LED lid, a quiet filter and a guide for the first weeks, all that a beginner needs but the fish. 30 l for a betta or shrimp, 60 l for a small school.',
    ],
    he: [
      'אקווריום למתחילים Lagoon',
      'מיכל זכוכית שקופה עם מכסה LED, פילטר שקט ומדריך לשבועות הראשונים, כל מה שמתחיל צריך חוץ מהדגים. 30 ליטר לדג קרב או לשרימפס, 60 ליטר ללהקה קטנה.',
    ],
    tags: ['aquarium', 'tank', 'beginner', 'led'],
    options: 'Size',
    variants: [
      ['30 l', 279, { was: 349 }],
      ['60 l', 429, { was: 499 }],
    ],
    rating: [4.6, 87],
  },
  {
    id: 168,
    brand: 'Reefling',
    categories: ['fish', 'food'],
    picture: ['tub', 'coral', 'fish'],
    en: [
      'Tropical Flakes',
      'Flakes of fish, shrimp and spirulina for guppies, tetras and other community fish; they float first and then sink slowly, so everyone gets some. 46% protein.',
    ],
    he: [
      'פתיתי מזון לדגים טרופיים',
      'פתיתים מדגים, שרימפס וספירולינה לגופים, טטרות ודגי להקה אחרים; תחילה צפים ואז שוקעים לאט, כך שכולם מקבלים. 46% חלבון.',
    ],
    tags: ['flakes', 'tropical', 'guppy', 'tetra'],
    options: 'Size',
    variants: [
      ['100 ml', 17.9],
      ['250 ml', 32.9],
      ['1 l', 89.9],
    ],
    rating: [4.7, 138],
  },
  {
    id: 169,
    brand: 'Reefling',
    categories: ['fish', 'food'],
    picture: ['tub', 'mustard', 'fish'],
    en: [
      'Goldfish Granules',
      'Soft 2 mm granules with wheat germ and carotene for bright colour; easy to digest in cool water. Feed what is eaten in two minutes.',
    ],
    he: [
      'גרגירי מזון לדגי זהב',
      'גרגירים רכים של 2 מ"מ עם נבט חיטה וקרוטן לצבע עז; קלים לעיכול במים קרירים. האכילו כמות שנאכלת בשתי דקות.',
    ],
    tags: ['granules', 'goldfish', 'cold water'],
    options: 'Size',
    variants: [
      ['250 ml', 27.9],
      ['1 l', 74.9],
    ],
    rating: [4.6, 69],
  },
  {
    id: 170,
    brand: 'Reefling',
    categories: ['fish', 'food'],
    picture: ['tub', 'plum', 'fish'],
    en: [
      'Betta Mini Pellets',
      'Floating 1 mm pellets with black soldier fly and krill for fighting fish, who eat from the surface. Four to six pellets twice a day.',
    ],
    he: [
      'כופתיות מיני לדג קרב (בטה)',
      'כופתיות צפות של 1 מ"מ מזבוב חייל שחור וקריל לדגי קרב, שאוכלים מפני המים. ארבע עד שש כופתיות פעמיים ביום.',
    ],
    tags: ['betta', 'pellets', 'floating'],
    variants: [['60 ml', 19.9]],
    rating: [4.8, 91],
  },
  {
    id: 171,
    brand: 'Reefling',
    categories: ['fish', 'home'],
    picture: ['filter', 'slate'],
    en: [
      'Murmur Internal Filter',
      'Sponge and ceramic in one quiet case with an adjustable flow that shrimp survive. 300 l/h for tanks up to 60 l, 600 l/h up to 120 l.',
    ],
    he: [
      'פילטר פנימי שקט Murmur',
      'ספוג וקרמיקה במארז שקט אחד עם זרימה מתכווננת ובטוחה לשרימפס. 300 ליטר לשעה לאקווריום עד 60 ליטר, 600 ליטר לשעה עד 120 ליטר.',
    ],
    tags: ['filter', 'quiet', 'shrimp safe'],
    options: 'Flow',
    variants: [
      ['300 l/h', 89.9],
      ['600 l/h', 124],
    ],
    rating: [4.4, 45],
  },
  {
    id: 172,
    brand: 'Reefling',
    categories: ['fish', 'home'],
    picture: ['heater', 'coral'],
    en: [
      'Steadywarm Aquarium Heater',
      'Shatterproof heater with a dial from 20 to 32 °C, accurate to half a degree, that switches off out of water. 50 W up to 50 l, 100 W up to 100 l.',
    ],
    he: [
      'גוף חימום לאקווריום Steadywarm',
      'גוף חימום עמיד בשבירה עם חוגה מ-20 עד 32 מעלות, בדיוק של חצי מעלה, שנכבה מחוץ למים. 50 ואט עד 50 ליטר, 100 ואט עד 100 ליטר.',
    ],
    tags: ['heater', 'tropical', 'thermostat'],
    options: 'Power',
    variants: [
      ['50 W', 79.9],
      ['100 W', 99.9, { stock: 0 }],
    ],
    rating: [4.5, 38],
  },
  {
    id: 173,
    brand: 'Reefling',
    categories: ['fish', 'home'],
    picture: ['plants', 'sage'],
    en: [
      'Silk Plant Trio',
      'Three soft silk plants of 12, 20 and 28 cm on ceramic feet: no sharp edges for long fins, nothing to fertilise.',
    ],
    he: [
      'שלישיית צמחי משי לאקווריום',
      'שלושה צמחי משי רכים בגובה 12, 20 ו-28 ס"מ על בסיס קרמי: בלי קצוות חדים לסנפירים ארוכים, ובלי צורך בדישון.',
    ],
    tags: ['plants', 'decor', 'betta safe'],
    variants: [['3 plants', 44.9]],
    rating: [4.3, 36],
  },
  {
    id: 174,
    brand: 'Reefling',
    categories: ['fish', 'home'],
    picture: ['castle', 'lavender'],
    en: [
      'Sunken Tower Hideaway',
      'Resin tower, 18 cm, with smooth doorways for shy fish and shrimp. Does not change the water’s hardness.',
    ],
    he: [
      'מגדל שקוע – מחבוא לאקווריום',
      'מגדל שרף בגובה 18 ס"מ עם פתחים חלקים לדגים ביישנים ולשרימפס. לא משנה את קשיות המים.',
    ],
    tags: ['decor', 'hideaway', 'castle'],
    variants: [['18 cm', 54.9, { was: 69.9 }]],
    rating: [4.6, 44],
  },
  {
    id: 175,
    brand: 'Reefling',
    categories: ['fish', 'health'],
    picture: ['bottle', 'sky', 'drop'],
    en: [
      'Clearstart Water Conditioner',
      'Makes tap water safe at once: binds chlorine, chloramine and heavy metals. 5 ml for 40 l at each water change.',
    ],
    he: [
      'מייצב מים לאקווריום Clearstart',
      'הופך מי ברז לבטוחים מיד: קושר כלור, כלוראמין ומתכות כבדות. 5 מ"ל ל-40 ליטר בכל החלפת מים.',
    ],
    tags: ['water conditioner', 'chlorine', 'water change'],
    options: 'Size',
    variants: [
      ['100 ml', 24.9],
      ['250 ml', 44.9],
    ],
    rating: [4.8, 102],
  },
];
