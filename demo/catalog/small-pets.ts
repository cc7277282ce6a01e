import type { Entry } from './entry.ts';

export const smallPets: readonly Entry[] = [
  {
    id: 150,
    brand: 'Nibblecraft',
    categories: ['small', 'food'],
    picture: ['hay', 'moss'],
    en: [
      'Second-Cut Timothy Hay',
      'Green, soft, fragrant hay for rabbits, guinea pigs and chinchillas; should make up 80% of what they eat. Sun dried, sieved from dust, high in fibre (31%).',
    ],
    he: [
      'חציר טימותי – קציר שני',
      "חציר ירוק, רך וריחני לארנבים, שרקנים וצ'ינצ'ילות; צריך להיות 80% מהתזונה שלהם. מיובש בשמש, מנופה מאבק, עשיר בסיבים (31%).",
    ],
    tags: ['hay', 'rabbit', 'guinea pig', 'chinchilla', 'fibre'],
    options: 'Size',
    variants: [
      ['1 kg', 34.9],
      ['3 kg', 84.9],
    ],
    rating: [4.8, 144],
  },
  {
    id: 151,
    brand: 'Nibblecraft',
    categories: ['small', 'food'],
    picture: ['bag', 'sage', 'carrot'],
    en: [
      'Garden Rabbit Pellets',
      'Uniform pellets of timothy, dandelion and carrot for adult rabbits from 6 months, so that nobody picks only the sweet bits. 25 g per kg of rabbit a day.',
    ],
    he: [
      'כופתיות לארנבים Garden',
      'כופתיות אחידות מטימותי, שן הארי וגזר לארנבים בוגרים מגיל חצי שנה, כך שאף אחד לא בורר רק את המתוק. 25 גרם ליום לכל ק"ג של ארנב.',
    ],
    tags: ['rabbit', 'pellets', 'adult'],
    options: 'Size',
    variants: [
      ['1 kg', 32.9],
      ['2.5 kg', 69.9],
    ],
    rating: [4.6, 71],
  },
  {
    id: 152,
    brand: 'Nibblecraft',
    categories: ['small', 'food'],
    picture: ['bag', 'coral', 'leaf'],
    en: [
      'Guinea Pig Pellets with Vitamin C',
      'Guinea pigs cannot make vitamin C: these timothy pellets hold 800 mg per kg in a stable form, with rosehip and mint. From 8 weeks.',
    ],
    he: [
      'כופתיות לשרקנים עם ויטמין C',
      'שרקנים אינם מייצרים ויטמין C: כופתיות הטימותי האלה מכילות 800 מ"ג לק"ג בצורה יציבה, עם ורד הבר ונענע. מגיל 8 שבועות.',
    ],
    tags: ['guinea pig', 'pellets', 'vitamin c'],
    variants: [['1.2 kg', 39.9]],
    rating: [4.7, 63],
  },
  {
    id: 153,
    brand: 'Nibblecraft',
    categories: ['small', 'food'],
    picture: ['bag', 'mustard', 'seed'],
    en: [
      'Hamster Forage Mix',
      'Seeds, grains, herbs and dried mealworms to search for, without sugar or colouring. For golden and dwarf hamsters, mice and gerbils.',
    ],
    he: [
      'תערובת מזון לאוגרים Forage',
      'זרעים, דגנים, עשבים ותולעי קמח מיובשות לחיפוש, ללא סוכר או צבע מאכל. לאוגר זהוב וננסי, לעכברים ולגרבילים.',
    ],
    tags: ['hamster', 'gerbil', 'mouse', 'forage'],
    variants: [['750 g', 27.9, { was: 33.9 }]],
    rating: [4.5, 82],
  },
  {
    id: 154,
    brand: 'Nibblecraft',
    categories: ['small', 'toys'],
    picture: ['wheel', 'sky'],
    en: [
      'Whisper Running Wheel',
      'Silent ball bearing and a closed running track that is safe for feet and tails. 21 cm for dwarf hamsters and mice, 28 cm for golden hamsters.',
    ],
    he: [
      'גלגל ריצה שקט Whisper',
      'מיסב שקט ומשטח ריצה סגור ובטוח לרגליים ולזנבות. 21 ס"מ לאוגר ננסי ולעכברים, 28 ס"מ לאוגר זהוב.',
    ],
    tags: ['hamster', 'wheel', 'silent', 'exercise'],
    options: 'Size',
    variants: [
      ['21 cm', 59.9],
      ['28 cm', 84.9],
    ],
    rating: [4.7, 110],
  },
  {
    id: 155,
    brand: 'Nibblecraft',
    categories: ['small', 'toys'],
    picture: ['willow', 'sand'],
    en: [
      'Willow Gnaw Balls, Set of 4',
      'Hand-woven balls of untreated willow, 6 cm: to roll, to gnaw and to keep growing teeth short. For rabbits, guinea pigs and hamsters.',
    ],
    he: [
      'כדורי ערבה לכרסום, 4 יחידות',
      'כדורים קלועים ביד מענפי ערבה לא מטופלים, 6 ס"מ: לגלגול, לכרסום ולשחיקת שיניים שצומחות. לארנבים, שרקנים ואוגרים.',
    ],
    tags: ['gnaw', 'willow', 'teeth', 'rabbit', 'guinea pig'],
    variants: [['4 balls', 26.9]],
    rating: [4.6, 57],
  },
  {
    id: 156,
    brand: 'Nibblecraft',
    categories: ['small', 'home'],
    picture: ['house', 'terracotta'],
    en: [
      'Pinewood Hideout',
      'Untreated pine house without nails, with two doors, so that nobody gets cornered; the flat roof is a lookout. S 20 cm for hamsters, L 35 cm for guinea pigs and rabbits.',
    ],
    he: [
      'בית מסתור מעץ אורן',
      'בית מעץ אורן לא מטופל וללא מסמרים, עם שתי דלתות כדי שאף אחד לא יילכד בפינה; הגג השטוח הוא תצפית. S 20 ס"מ לאוגרים, L 35 ס"מ לשרקנים ולארנבים.',
    ],
    tags: ['house', 'hideout', 'wood', 'hamster', 'guinea pig'],
    options: 'Size',
    variants: [
      ['S', 44.9],
      ['L', 89.9, { stock: 'backorder' }],
    ],
    rating: [4.5, 49],
  },
  {
    id: 157,
    brand: 'Nibblecraft',
    categories: ['small', 'home'],
    picture: ['beddingbag', 'lavender'],
    en: [
      'Fluffy Paper Bedding',
      'Unbleached paper flakes that soak up three times their weight, nearly free of dust: kind to small noses. 10 l expand to about 25 l.',
    ],
    he: [
      'מצע נייר רך לכלוב',
      'פתיתי נייר לא מולבן שסופגים פי שלושה ממשקלם, כמעט ללא אבק: עדינים לאף קטן. 10 ליטר דחוסים הופכים לכ-25 ליטר.',
    ],
    tags: ['bedding', 'paper', 'low dust', 'hamster', 'rabbit'],
    options: 'Size',
    variants: [
      ['10 l', 36.9],
      ['30 l', 89.9],
    ],
    rating: [4.7, 93],
  },
  {
    id: 158,
    brand: 'Nibblecraft',
    categories: ['small', 'home'],
    picture: ['hutch', 'teal'],
    en: [
      'Burrowtop Two-Floor Home',
      'Indoor home of 100×54×90 cm for two guinea pigs or a dwarf rabbit, with a ramp, a hay rack and a pull-out tray. Bar spacing 2.2 cm.',
    ],
    he: [
      'בית דו-קומתי למכרסמים Burrowtop',
      'בית פנימי בגודל 100×54×90 ס"מ לשני שרקנים או לארנב ננסי, עם רמפה, מתלה חציר ומגש נשלף. מרווח סורגים 2.2 ס"מ.',
    ],
    tags: ['cage', 'hutch', 'rabbit', 'guinea pig'],
    variants: [['100 × 54 × 90 cm', 529, { was: 629 }]],
    rating: [4.4, 31],
  },
  {
    id: 159,
    brand: 'Nibblecraft',
    categories: ['small', 'home'],
    picture: ['dripper', 'sky'],
    en: [
      'Drip-Free Glass Water Bottle',
      'Glass bottle with a double-ball steel spout and a spring that hangs it on any cage. Does not drip when a heavy rabbit hops by.',
    ],
    he: [
      'בקבוק שתייה מזכוכית ללא טפטוף',
      'בקבוק זכוכית עם פיית פלדה כפולת כדורים וקפיץ לתלייה על כל כלוב. לא מטפטף גם כשארנב כבד קופץ לידו.',
    ],
    tags: ['water', 'bottle', 'glass', 'cage'],
    options: 'Size',
    variants: [
      ['125 ml', 29.9],
      ['350 ml', 39.9],
    ],
    rating: [4.5, 76],
  },
];
