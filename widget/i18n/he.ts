import { launcherStrings } from './launcher.ts';
import type { Strings } from './types.ts';

const busy = 'העוזר עמוס מאוד כרגע.';
const away = 'העוזר אינו זמין כרגע.';
const reload = 'משהו השתבש כאן. טענו מחדש את העמוד.';
const interrupted = 'התשובה נקטעה בדרך.';

export const he: Strings = {
  ...launcherStrings.he,
  $lang: 'he',
  dialog: (shop) => (shop ? `${shop}: צ׳אט עם עוזר הבינה המלאכותית` : 'צ׳אט עם עוזר הבינה המלאכותית'),
  assistant: 'עוזר בינה מלאכותית',
  disclosure: 'אתם משוחחים עם בינה מלאכותית. היא עלולה לטעות; המידע הקובע הוא זה שבעמוד המוצר.',
  demoModel: 'מודל הדגמה: תשובות כתובות מראש, ללא בינה מלאכותית',
  close: 'סגירת הצ׳אט',
  newChat: 'שיחה חדשה',
  conversation: 'שיחה',
  loading: 'הצ׳אט נטען…',
  youSaid: 'אתם:',
  assistantSaid: 'העוזר:',
  typing: 'העוזר כותב…',
  tool: (name) =>
    name === 'search_products' ? 'מחפש בקטלוג…' : name === 'show_products' ? 'בוחר מוצרים…' : 'בודק את זה…',
  reconnecting: 'מתחברים מחדש…',
  waiting: 'ממתינה לסיום התשובה שלמעלה',
  stopped: 'נעצר',
  cut: 'התשובה ארוכה מדי ונקטעת כאן. אפשר לבקש את ההמשך.',
  jump: 'מעבר להודעה האחרונה',
  question: 'השאלה שלכם',
  placeholder: 'שאלו על מוצרים, מידות, מתנות…',
  send: 'שליחה',
  stop: 'עצירת התשובה',
  left: (count) => {
    const number = Math.abs(count);
    const characters = number === 1 ? 'תו אחד' : `${number} תווים`;
    return count < 0 ? `${characters} מעל המותר` : number === 1 ? 'נותר תו אחד' : `נותרו ${characters}`;
  },
  products: 'מוצרים',
  productCount: (count) => (count === 1 ? 'מוצר אחד' : count === 2 ? 'שני מוצרים' : `${count} מוצרים`),
  position: (index, count) => `${index} מתוך ${count}`,
  previous: 'המוצרים הקודמים',
  next: 'מוצרים נוספים',
  from: 'החל מ־',
  salePrice: 'מחיר מבצע',
  regularPrice: 'מחיר רגיל',
  availability: {
    in_stock: 'במלאי',
    out_of_stock: 'אזל מהמלאי',
    backorder: 'זמין בהזמנה',
    preorder: 'הזמנה מוקדמת',
    discontinued: 'לא נמכר עוד',
    unknown: '',
  },
  rating: (value, count) => `דירוג ${value} מתוך 5, ${count === 1 ? 'ביקורת אחת' : `${count} ביקורות`}`,
  view: 'לצפייה במוצר',
  newTab: '(נפתח בלשונית חדשה)',
  retry: 'ניסיון נוסף',
  retryIn: (seconds) => (seconds === 1 ? 'נסו שוב בעוד שנייה.' : `נסו שוב בעוד ${seconds} שניות.`),
  failures: {
    network: 'אין חיבור. בדקו את האינטרנט ונסו שוב.',
    interrupted,
    invalid_request: reload,
    invalid_json: reload,
    unsupported_media_type: reload,
    body_too_large: 'ההודעה ארוכה מדי. נסו לקצר אותה.',
    message_empty: 'כתבו קודם שאלה.',
    message_too_long: 'ההודעה ארוכה מדי. נסו לקצר אותה.',
    unauthorized: 'תוקף הצ׳אט פג. טענו מחדש את העמוד.',
    origin_not_allowed: 'הצ׳אט עדיין לא הוגדר לאתר הזה.',
    shop_not_found: 'הצ׳אט עדיין לא הוגדר לחנות הזאת.',
    thread_not_found: 'השיחה הזאת כבר לא קיימת. התחילו שיחה חדשה.',
    turn_not_found: interrupted,
    turn_active: 'תשובה עדיין נכתבת, אולי בלשונית אחרת. המתינו לה ונסו שוב.',
    not_found: reload,
    method_not_allowed: reload,
    overloaded: busy,
    model_unavailable: away,
    model_rate_limited: busy,
    model_quota: away,
    model_config: away,
    model_timeout: 'התשובה התעכבה יותר מדי.',
    model_interrupted: interrupted,
    model_refused: 'בזה אני לא יכול לעזור. אולי משהו אחר שאתם מחפשים?',
    context_too_long: 'השיחה ארוכה מדי. התחילו שיחה חדשה.',
    shutting_down: 'הצ׳אט מתעדכן ויחזור בעוד רגע.',
    internal: 'משהו השתבש אצלנו.',
  },
};
