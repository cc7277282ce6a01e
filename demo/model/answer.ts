import type { Language, Question } from './question.ts';

/** What the demo model reads of a product in the output of `search_products`. */
export interface Found {
  id: number;
  title: string;
  price: number | string;
  highest_price?: number | string;
  regular_price?: number | string;
  availability?: string;
  categories?: string[];
  rating?: number;
}

type ByLanguage = Readonly<Record<Language, string>>;

const SMALL_TALK: Readonly<Record<Exclude<Question['intent'], 'search'>, ByLanguage>> = {
  greeting: {
    en: 'Hello! I am the **demo assistant** of this shop. Tell me who you are shopping for and what you need, and I will look through the catalogue. A budget helps, too. What are you looking for?',
    he: 'שלום! אני **עוזר ההדגמה** של החנות. ספרו לי עבור מי הקנייה ומה צריך, ואחפש בקטלוג. גם תקציב עוזר. מה תרצו למצוא?',
  },
  thanks: {
    en: 'You are welcome! Is there anything else I can look up for you?',
    he: 'בשמחה! יש עוד משהו שאוכל לחפש בשבילכם?',
  },
  identity: {
    en: 'I am a **demo model**: a small script that searches this shop’s catalogue and words what it finds. With an API key, the shop’s owner puts a real AI model in my place. What may I search for?',
    he: 'אני **מודל הדגמה**: תוכנה קטנה שמחפשת בקטלוג של החנות ומנסחת את מה שמצאה. עם מפתח API, בעל החנות שם במקומי מודל בינה מלאכותית אמיתי. מה לחפש?',
  },
  service: {
    en: 'As a demo I only know the catalogue, nothing of shipping, returns or orders: please ask the shop itself about that. May I look up a product for you?',
    he: 'כמודל הדגמה אני מכיר רק את הקטלוג, ולא משלוחים, החזרות או הזמנות: כדאי לשאול על כך את החנות עצמה. לחפש בשבילכם מוצר?',
  },
  unclear: {
    en: 'Tell me a little more, please: **what** are you looking for, and **who** is it for?',
    he: 'ספרו לי קצת יותר, בבקשה: **מה** אתם מחפשים, ו**עבור מי**?',
  },
};

export function smallTalk({ language, intent }: Question): string {
  return SMALL_TALK[intent === 'search' ? 'unclear' : intent][language];
}

export function noCatalogue(language: Language): string {
  return language === 'he'
    ? 'אין לי כרגע אפשרות לחפש בקטלוג, ולכן איני יכול לומר מה יש בו. נסו שוב בעוד רגע?'
    : 'I cannot search the catalogue right now, so I cannot say what is in it. Would you try again in a moment?';
}

export function nothingFound(question: Question): string {
  const topic = topicOf(question);
  const narrowed =
    question.minPrice !== null || question.maxPrice !== null || question.onSaleOnly || question.inStockOnly;
  if (question.language === 'he') {
    return `לא מצאתי בקטלוג דבר ש${topic ? `מתאים ל**${topic}**` : 'מתאים לבקשה'}. ${narrowed ? 'אפשר לחפש שוב בלי המגבלות?' : 'אפשר לנסות מילה אחרת, או לספר לי עבור מי זה?'}`;
  }
  return `I found nothing in the catalogue ${topic ? `for **${topic}**` : 'that fits'}. ${narrowed ? 'Shall I search again without the limits?' : 'Would you try another word, or tell me who it is for?'}`;
}

export function recommendation(question: Question, products: readonly Found[], currency: string | undefined): string {
  const price = (amount: number | string) => formatPrice(amount, currency, question.language);
  const lines = products.map((product) => `- ${lineOf(product, question.language, price)}`);
  return [opening(question, price), lines.join('\n'), closing(question, products)].join('\n\n');
}

/** Heading above the cards. */
export function headingOf(question: Question, currency: string | undefined): string {
  const he = question.language === 'he';
  if (question.onSaleOnly) return he ? 'במבצע' : 'On sale';
  if (question.cheapestFirst) return he ? 'מהזול ליקר' : 'From the cheapest up';
  if (question.maxPrice !== null) {
    const limit = formatPrice(question.maxPrice, currency, question.language);
    return he ? `עד ${limit}` : `Up to ${limit}`;
  }
  return he ? 'ההתאמות הטובות ביותר' : 'Best matches';
}

function opening(question: Question, price: (amount: number) => string): string {
  const { language, minPrice, maxPrice } = question;
  const he = language === 'he';
  const topic = topicOf(question);
  const limits = [
    question.onSaleOnly && (he ? 'במבצע' : 'on sale'),
    question.cheapestFirst && (he ? 'מהזול ליקר' : 'cheapest first'),
    question.inStockOnly && (he ? 'במלאי' : 'in stock'),
    minPrice !== null && (he ? `מ-${price(minPrice)}` : `from ${price(minPrice)}`),
    maxPrice !== null && (he ? `עד ${price(maxPrice)}` : `up to ${price(maxPrice)}`),
  ].filter((limit) => limit !== false);
  const what = [topic && `**${topic}**`, ...limits].filter(Boolean).join(', ');
  if (he) return what ? `זה מה שמצאתי – ${what}:` : 'זה מה שמצאתי:';
  return what ? `Here is what I found – ${what}:` : 'Here is what I found:';
}

function lineOf(product: Found, language: Language, price: (amount: number | string) => string): string {
  const he = language === 'he';
  const from = product.highest_price === undefined ? '' : he ? 'החל מ-' : 'from ';
  const notes = [
    product.regular_price !== undefined &&
      (he ? `במקום ${price(product.regular_price)}` : `was ${price(product.regular_price)}`),
    product.availability === 'out_of_stock' && (he ? 'אזל כרגע' : 'sold out at the moment'),
    product.availability === 'backorder' && (he ? 'נשלח מאוחר יותר' : 'ships later'),
  ].filter((note) => note !== false);
  return `**${product.title}** – ${from}${price(product.price)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function closing(question: Question, products: readonly Found[]): string {
  const he = question.language === 'he';
  const rated = products.filter((product) => product.rating !== undefined).sort((a, b) => b.rating! - a.rating!)[0];
  const praise =
    rated && products.length > 1
      ? he
        ? `הדירוג הגבוה מביניהם: **${rated.title}**, \u200f${rated.rating} מתוך 5. `
        : `Best rated of these is **${rated.title}**, with ${rated.rating} out of 5. `
      : '';
  if (question.maxPrice === null && !question.cheapestFirst) {
    return praise + (he ? 'יש תקציב שכדאי שאתחשב בו?' : 'Is there a budget I should keep to?');
  }
  return praise + (he ? 'לחפש גם מוצרים שמתאימים לזה?' : 'Shall I look for something to go with it?');
}

/** The shopper's own words for it; empty when only limits were named. */
function topicOf({ keywords }: Question): string {
  return keywords.map(({ word }) => word).join(' ');
}

function formatPrice(amount: number | string, currency: string | undefined, language: Language): string {
  if (currency === undefined) return String(amount);
  const whole = typeof amount === 'number' && Number.isInteger(amount);
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    ...(whole && { maximumFractionDigits: 0 }),
  }).format(Number(amount));
}
