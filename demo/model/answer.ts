import { commonTo, missingFrom, type Found } from './choice.ts';
import { kindOf, type Keyword, type Question } from './question.ts';
import type { Language } from './words.ts';

export function unclear(language: Language): string {
  return language === 'he'
    ? 'ספרו לי קצת יותר, בבקשה: **מה** אתם מחפשים, ו**עבור מי**?'
    : 'Tell me a little more, please: **what** are you looking for, and **who** is it for?';
}

export function noCatalogue(language: Language): string {
  return language === 'he'
    ? 'אין לי כרגע אפשרות לחפש בקטלוג, ולכן איני יכול לומר מה יש בו. נסו שוב בעוד רגע?'
    : 'I cannot search the catalogue right now, so I cannot say what is in it. Would you try again in a moment?';
}

export function nothingFound(question: Question): string {
  const topic = phrase(question.keywords, question.language);
  const narrowed =
    question.minPrice !== null || question.maxPrice !== null || question.onSaleOnly || question.inStockOnly;
  if (question.language === 'he') {
    return `לא מצאתי בקטלוג דבר ש${topic ? `מתאים ל**${topic}**` : 'מתאים לבקשה'}. ${narrowed ? 'אילו מגבלות אפשר להרחיב?' : 'אפשר לנסות מילה אחרת, או לספר לי עבור מי זה?'}`;
  }
  return `I found nothing in the catalogue ${topic ? `for **${topic}**` : 'that fits'}. ${narrowed ? 'Which of the limits may I widen?' : 'Would you try another word, or tell me who it is for?'}`;
}

export function recommendation(question: Question, products: readonly Found[], currency: string | undefined): string {
  const price = (amount: number | string) => formatPrice(amount, currency, question.language);
  const lines = products.map((product) => `- ${lineOf(product, question, price)}`);
  const caveat = question.unconverted ? [unconverted(question.language, currency)] : [];
  return [...caveat, opening(question, products, price), lines.join('\n'), closing(question, products)].join('\n\n');
}

function unconverted(language: Language, currency: string | undefined): string {
  return language === 'he'
    ? `המחירים כאן הם ב-${currency}, ואיני יודע לפי איזה שער להמיר, לכן לא סיננתי לפי מחיר.`
    : `Prices here are in ${currency}, and I know no exchange rate, so I have not gone by your price.`;
}

/** Heading above the cards. */
export function headingOf(question: Question, currency: string | undefined): string {
  const he = question.language === 'he';
  if (question.onSaleOnly) return he ? 'במבצע' : 'On sale';
  if (question.order === 'price') return he ? 'מהזול ליקר' : 'From the cheapest up';
  if (question.order === 'rating') return he ? 'לפי הדירוג' : 'Best rated first';
  if (question.maxPrice !== null) {
    const limit = formatPrice(question.maxPrice, currency, question.language);
    return he ? `עד ${limit}` : `Up to ${limit}`;
  }
  return he ? 'ההתאמות הטובות ביותר' : 'Best matches';
}

function opening(question: Question, products: readonly Found[], price: (amount: number) => string): string {
  const { language, keywords, order, minPrice, maxPrice } = question;
  const he = language === 'he';
  const missing = phrase(missingFrom(products, keywords), language);
  if (missing) {
    return he
      ? `לא מצאתי **${missing}**, אבל זה הכי קרוב:`
      : `I found nothing with **${missing}**, but this comes closest:`;
  }
  const topic = phrase(commonTo(products, keywords), language);
  const limits = [
    question.onSaleOnly && (he ? 'במבצע' : 'on sale'),
    order === 'price' && (he ? 'מהזול ליקר' : 'cheapest first'),
    order === 'rating' && (he ? 'לפי הדירוג' : 'best rated first'),
    question.inStockOnly && (he ? 'במלאי' : 'in stock'),
    minPrice !== null && (he ? `מ-${price(minPrice)}` : `from ${price(minPrice)}`),
    maxPrice !== null && (he ? `עד ${price(maxPrice)}` : `up to ${price(maxPrice)}`),
  ].filter((limit) => limit !== false);
  const what = [topic && `**${topic}**`, ...limits].filter(Boolean).join(', ');
  if (he) return what ? `זה מה שמצאתי – ${what}:` : 'זה מה שמצאתי:';
  return what ? `Here is what I found – ${what}:` : 'Here is what I found:';
}

function lineOf(
  product: Found,
  { language, asksOptions }: Question,
  price: (amount: number | string) => string,
): string {
  const he = language === 'he';
  const from = product.highest_price === undefined ? '' : he ? 'החל מ-' : 'from ';
  const notes = [
    product.regular_price !== undefined &&
      (he ? `במקום ${price(product.regular_price)}` : `was ${price(product.regular_price)}`),
    product.availability === 'out_of_stock' && (he ? 'אזל כרגע' : 'sold out at the moment'),
    product.availability === 'backorder' && (he ? 'נשלח מאוחר יותר' : 'ships later'),
    asksOptions &&
      Object.values(product.options ?? {})
        .map((values) => values.join(' / '))
        .join('; '),
  ].filter(Boolean);
  return `**${product.title}** – ${from}${price(product.price)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function closing(question: Question, products: readonly Found[]): string {
  const he = question.language === 'he';
  if (products.length === 1) return he ? 'מה עוד לחפש בשבילכם?' : 'What else may I look up for you?';
  const rated = products.filter((product) => product.rating !== undefined).toSorted((a, b) => b.rating! - a.rating!)[0];
  const praise = rated
    ? he
      ? `הדירוג הגבוה מביניהם: **${rated.title}**, \u200f${rated.rating} מתוך 5. `
      : `Best rated of these is **${rated.title}**, with ${rated.rating} out of 5. `
    : '';
  if (question.maxPrice === null && !question.unconverted && question.order !== 'price') {
    return praise + (he ? 'מה התקציב, אם יש?' : 'What is your budget, if there is one?');
  }
  return praise + (he ? 'מה עוד לחפש בשבילכם?' : 'What else may I look up for you?');
}

/** The shopper's words for it; in English in the order of "dry salmon dog food", whatever order they were said in. */
function phrase(keywords: readonly Keyword[], language: Language): string {
  const rank = { quality: 0, animal: 1, goods: 2 } as const;
  const inOrder = language === 'he' ? keywords : keywords.toSorted((a, b) => rank[kindOf(a)] - rank[kindOf(b)]);
  return inOrder.map(({ word }) => word).join(' ');
}

export function formatPrice(amount: number | string, currency: string | undefined, language: Language): string {
  if (currency === undefined) return String(amount);
  const whole = typeof amount === 'number' && Number.isInteger(amount);
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    ...(whole && { maximumFractionDigits: 0 }),
  }).format(Number(amount));
}
