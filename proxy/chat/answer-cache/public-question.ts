/** Two questions count as the same only when they are the same words in the same order: nothing here guesses. */
export interface AskedQuestion {
  /** As the shopper wrote it. */
  asWritten: string;
  /** Without what the shop masks. */
  text: string;
  /** The page told what the shopper is looking at. */
  hasPage: boolean;
  /** It begins a thread. */
  isFirst: boolean;
  /** Its shopper has signed in at the shop. */
  identified: boolean;
}

/** UTF-16 code units. Longer questions tell a story, and nobody tells it twice. */
const MAX_LENGTH = 300;

/**
 * The question as the answer cache knows it; null when its answer must not be shared: from whoever signed in, in the middle
 * of a thread, about what is on the page, and whatever may name a person, a phone or an order.
 */
export function publicQuestion(asked: AskedQuestion): string | null {
  const { asWritten, text, hasPage, isFirst, identified } = asked;
  if (!isFirst || identified || hasPage || text !== asWritten || text.length > MAX_LENGTH) return null;
  if (isPersonal(text)) return null;
  const question = normaliseQuestion(text);
  // The model reads the question as it was written. What it makes of a flood of signs that don't count is nobody else's.
  return text.length > 2 * question.length + 16 ? null : question || null;
}

/** Anything with an at sign, five digits in a row, seven in groups, or a digit beside a word for an order or a parcel. */
function isPersonal(text: string): boolean {
  return (
    /[@\uff20]/.test(text) ||
    /\p{Nd}{5}/u.test(text) ||
    /\p{Nd}(?:[\s().\u2010-\u2015/-]{0,3}\p{Nd}){6}/u.test(text) ||
    /[#\u2116]\s*\p{Nd}/u.test(text) ||
    (/\p{Nd}/u.test(text) && ORDER.test(text))
  );
}

const ORDER =
  /\b(?:order|invoice|receipt|track|parcel|refund|booking|reservation|bestell|commande|pedido)|הזמנ|חשבונית|קבלה|מעקב|חביל|החזר|طلب|فاتورة|شحنة|订单|訂單|发票|快递|заказ/iu;

/**
 * Case, width, blanks, quotes, vowel points and what stands at the end of a sentence don't matter; everything else does.
 * Not the catalogue's folding of words: that drops signs and accents, and `-20`, `<5 kg` and `résumé` mean something here.
 */
export function normaliseQuestion(text: string): string {
  return (
    text
      // ½ and ² would become digits of the number beside them.
      .replace(/\P{No}+/gu, (part) => part.normalize('NFKC'))
      .replace(MARKS, '')
      .replace(/[\u2018\u2019\u05f3\u00b4`]/g, "'")
      .replace(/[\u201c-\u201f\u05f4]/g, '"')
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace(/^[\s¿¡]+/, '')
      .replace(/[\s.?!,;:؟،۔。]+$/, '')
  );
}

/** Hebrew points and accents, Arabic ones and its stretching line, and signs without width that steer the direction. */
const MARKS =
  /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670\u0640\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
