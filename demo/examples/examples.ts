export type Language = 'en' | 'he';

export interface Example {
  /** Of its folder, and of its page below /demo/examples/. */
  name: string;
  /** Number of a picture of the shop's. */
  picture: number;
  title: Record<Language, string>;
  /** The one paragraph. */
  text: Record<Language, string>;
  /** All it consists of, in the order of reading; `page.html` is the live part, `settings/` is read by the demo's shops. */
  files: readonly string[];
  /** A file with its page's own Content-Security-Policy. */
  policy?: string;
  /** Has an `app.js` that build.ts makes. */
  built?: true;
}

export const examples: readonly Example[] = [
  {
    name: 'plain',
    picture: 113,
    title: { en: 'One tag', he: 'תגית אחת' },
    text: {
      en: 'All it takes. The tag loads two kilobytes, the round button; the chat comes when somebody means to use it.',
      he: 'זה כל מה שצריך. התגית טוענת שני קילובייט, הכפתור העגול; הצ׳אט מגיע רק כשמישהו מתכוון להשתמש בו.',
    },
    files: ['page.html'],
  },
  {
    name: 'layouts',
    picture: 139,
    title: { en: 'Floating, or along a side', he: 'צף, או לאורך הצד' },
    text: {
      en: 'A panel in either corner, one as high as the window, or one that makes room for itself by pushing the page. On phones each fills the screen.',
      he: 'חלונית באחת הפינות, חלונית בגובה המסך, או כזו שמפנה לעצמה מקום ודוחפת את הדף. בטלפון כולן ממלאות את המסך.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'inline',
    picture: 145,
    title: { en: 'A part of the page', he: 'חלק מהדף' },
    text: {
      en: 'Where the element stands the chat stands, always open: for a help page, or beside a product.',
      he: 'במקום שבו עומד האלמנט עומד הצ׳אט, תמיד פתוח: לדף עזרה, או ליד מוצר.',
    },
    files: ['page.html', 'example.css'],
  },
  {
    name: 'triggers',
    picture: 122,
    title: { en: 'Buttons of your own', he: 'כפתורים משלכם' },
    text: {
      en: 'Any element opens the chat, may ask a question at once, or put one where the shopper writes. No script is needed for the first two.',
      he: 'כל אלמנט יכול לפתוח את הצ׳אט, לשאול מיד שאלה, או להניח אותה בשורת הכתיבה. לשני הראשונים לא צריך סקריפט.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'theming',
    picture: 142,
    title: { en: 'In your colours', he: 'בצבעים שלכם' },
    text: {
      en: 'A few custom properties set colours, corners and type; parts reach every piece; slots take your icon, your links and your words on AI. Text on your colour is black or white, whichever reads better.',
      he: 'כמה משתני CSS קובעים צבעים, פינות וגופן; parts מגיעים לכל חלק; slots מקבלים אייקון, קישורים ומילים משלכם. הטקסט על הצבע שלכם שחור או לבן, לפי מה שקריא יותר.',
    },
    files: ['page.html', 'example.css', 'example.js', 'bone.svg'],
  },
  {
    name: 'shop-theme',
    picture: 111,
    title: { en: 'In your colours, without CSS', he: 'בצבעים שלכם, בלי CSS' },
    text: {
      en: 'The same from the shop’s settings: the page has the bare tag, and its owner changes the looks without touching it.',
      he: 'אותו הדבר מתוך הגדרות החנות: בדף יש רק התגית, ובעלי החנות משנים את המראה בלי לגעת בו.',
    },
    files: ['page.html', 'settings/theme.json'],
  },
  {
    name: 'languages',
    picture: 161,
    title: { en: 'Fifteen languages', he: 'חמש־עשרה שפות' },
    text: {
      en: 'The page’s language decides, or the attribute; Hebrew and Arabic run from right to left. Every text can be replaced by your own.',
      he: 'שפת הדף קובעת, או המאפיין; עברית וערבית נכתבות מימין לשמאל. כל טקסט אפשר להחליף בטקסט משלכם.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'events',
    picture: 165,
    title: { en: 'What it tells the page', he: 'מה הוא מספר לדף' },
    text: {
      en: 'Events, as they come: for your analytics, your cart, your own help desk. They name the shop and the conversation, never what was said.',
      he: 'אירועים, ברגע שהם קורים: לאנליטיקס, לעגלה, למוקד שלכם. הם נושאים את שם החנות ואת מזהה השיחה, אף פעם לא את מה שנאמר.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'commands',
    picture: 137,
    title: { en: 'What the page can ask of it', he: 'מה הדף יכול לבקש ממנו' },
    text: {
      en: 'Every method by one function, which may be called before anything has loaded, and answers with a promise.',
      he: 'כל הפקודות בפונקציה אחת, שאפשר לקרוא לה עוד לפני שמשהו נטען, והיא עונה ב־promise.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'context',
    picture: 119,
    title: { en: 'It knows what is looked at', he: 'הוא יודע על מה מסתכלים' },
    text: {
      en: 'Where the shop allows it, a question takes along which product the page shows: from the page’s own JSON-LD, or told by a script. Shoppers see it, and can leave it out.',
      he: 'אם החנות מרשה, השאלה לוקחת איתה את המוצר שבדף: מתוך ה־JSON-LD של הדף עצמו, או מסקריפט. הקונים רואים זאת ויכולים להשמיט.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'page-tools',
    picture: 164,
    title: { en: 'It asks the page', he: 'הוא שואל את הדף' },
    text: {
      en: 'A function of your page, offered to the assistant: what is free, what is saved, what only the page knows. Where the shop allows it, the assistant calls it when a question needs it, and takes what it returns as data.',
      he: 'פונקציה של הדף שלכם, מוצעת לעוזר: מה פנוי, מה שמור, מה שרק הדף יודע. אם החנות מרשה, העוזר קורא לה כששאלה צריכה אותה, ומתייחס למה שהיא מחזירה כנתונים.',
    },
    files: ['page.html', 'example.js', 'settings/page-tools.json'],
  },
  {
    name: 'greeting',
    picture: 116,
    title: { en: 'The first word', he: 'המילה הראשונה' },
    text: {
      en: 'Once a visit, by a rule of the shop’s: after a while on a page, or with a cart left alone. Only pages that want it load it.',
      he: 'פעם אחת בביקור, לפי כלל של החנות: אחרי זמן מה בדף, או כשעגלה נשארת לבד. רק דפים שרוצים בכך טוענים את זה.',
    },
    files: ['page.html', 'settings/greeting.json'],
  },
  {
    name: 'handoff',
    picture: 146,
    title: { en: 'To the people of the shop', he: 'אל האנשים שבחנות' },
    text: {
      en: 'Who asks for a person gets a form, with the conversation along if they want; it comes by e-mail or webhook. Here the messages are kept: npm run messages shows them.',
      he: 'מי שמבקש אדם מקבל טופס, עם השיחה אם ירצה; הפנייה מגיעה במייל או ב־webhook. כאן ההודעות נשמרות: npm run messages מציג אותן.',
    },
    files: ['page.html'],
  },
  {
    name: 'cart',
    picture: 126,
    title: { en: 'Into your own cart', he: 'לתוך העגלה שלכם' },
    text: {
      en: 'WooCommerce’s and Shopify’s carts are filled without a line of yours. Any other shop listens to one event, and answers how it went.',
      he: 'העגלות של WooCommerce ושל Shopify מתמלאות בלי שורת קוד. כל חנות אחרת מאזינה לאירוע אחד ועונה איך זה נגמר.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'sources',
    picture: 158,
    title: { en: 'Answers that say where they stand', he: 'תשובות שאומרות מאיפה הן' },
    text: {
      en: 'Returns, delivery, care: it answers from the shop’s documents, marks what rests on them, and leads to the page.',
      he: 'החזרות, משלוחים, טיפול: הוא עונה מתוך מסמכי החנות, מסמן על מה הוא נשען, ומוביל לדף.',
    },
    files: ['page.html'],
  },
  {
    name: 'consent',
    picture: 156,
    title: { en: 'Only after a yes', he: 'רק אחרי הסכמה' },
    text: {
      en: 'A shop that demands consent stores and sends nothing before it. The chat asks for it, or your own banner does.',
      he: 'חנות שדורשת הסכמה לא שומרת ולא שולחת דבר לפניה. הצ׳אט מבקש אותה, או הבאנר שלכם.',
    },
    files: ['page.html', 'example.js', 'settings/consent.json'],
  },
  {
    name: 'spa',
    picture: 154,
    title: { en: 'In a single-page app', he: 'באפליקציה של דף אחד' },
    text: {
      en: 'A router that swaps the whole body leaves the chat as it is, in the middle of an answer too.',
      he: 'ניתוב שמחליף את כל ה־body משאיר את הצ׳אט כמו שהוא, גם באמצע תשובה.',
    },
    files: ['page.html', 'example.js'],
  },
  {
    name: 'csp',
    picture: 143,
    title: { en: 'Under the strictest policy', he: 'תחת המדיניות המחמירה ביותר' },
    text: {
      en: 'No inline script, no inline style, Trusted Types, and a version pinned by its hash. What a page must still allow, the console says.',
      he: 'בלי סקריפט או סגנון מוטבעים, עם Trusted Types ועם גרסה שננעלת לפי החתימה שלה. מה שדף עוד צריך להרשות, הקונסולה אומרת.',
    },
    files: ['page.html', 'policy.txt'],
    policy: 'policy.txt',
  },
  {
    name: 'react',
    picture: 101,
    title: { en: 'React', he: 'React' },
    text: {
      en: 'The element as a component: attributes follow props, events come as props, and nothing is left behind when it goes.',
      he: 'האלמנט כקומפוננטה: המאפיינים הולכים אחרי ה־props, האירועים מגיעים כ־props, ושום דבר לא נשאר אחריה.',
    },
    files: ['page.html', 'app.tsx', 'shop-clerk.d.ts'],
    built: true,
  },
  {
    name: 'vue',
    picture: 151,
    title: { en: 'Vue', he: 'Vue' },
    text: {
      en: 'The same in Vue: one option tells its compiler that the element is none of its components.',
      he: 'אותו הדבר ב־Vue: אפשרות אחת אומרת למהדר שהאלמנט אינו קומפוננטה שלו.',
    },
    files: ['page.html', 'app.vue', 'main.js'],
    built: true,
  },
  {
    name: 'svelte',
    picture: 168,
    title: { en: 'Svelte', he: 'Svelte' },
    text: {
      en: 'The same in Svelte, which asks for nothing.',
      he: 'אותו הדבר ב־Svelte, שלא מבקש דבר.',
    },
    files: ['page.html', 'app.svelte', 'main.js'],
    built: true,
  },
];
