/** Putting things into the cart and looking into it. */
import { inHebrew } from '../catalog/labels.ts';
import { formatPrice } from './answer.ts';
import type { Language } from './words.ts';

export interface CartResult {
  ok?: boolean;
  code?: string;
  cart?: {
    count: number;
    items: { title: string; quantity: number; price?: string }[];
    total?: string;
    currency?: string;
  };
  /** Of what has to be chosen first. */
  variants?: { variant_id: string; title?: string; options?: Record<string, string>; price: string }[];
}

export const ADD =
  /\b(?:add|put)\b[^.?!]*\b(?:cart|basket|bag)\b|\b(?:i'?ll take|i want to buy|buy) (?:it|this|that|the|one|two)\b|(?:הוסי|תוסי|להוסי|שימו|שים|שימי|תשימ|תכניס|להכניס)[^.?!]*(?:סל|עגלה)/iu;
export const VIEW =
  /\b(?:what'?s|what is|what do i have|show|see|view|open|look)\b[^.?!]*\b(?:cart|basket|bag)\b|מה (?:יש )?(?:לי )?(?:כבר )?ב(?:סל|עגלה)|ה(?:סל|עגלה) שלי/iu;

const NUMBERS: readonly [said: RegExp, quantity: number][] = [
  [/\b(?:two|a pair|2)\b|(?<![א-ת])(?:שני|שניים|שתי|שתיים)(?=\s)/iu, 2],
  [/\b(?:three|3)\b|(?<![א-ת])שלושה?(?=\s)/iu, 3],
  [/\b(?:four|4)\b|(?<![א-ת])ארבעה?(?=\s)/iu, 4],
];

export function quantityIn(text: string): number {
  return NUMBERS.find(([said]) => said.test(text))?.[1] ?? 1;
}

/** The variant whose options a message names; the only one it fits. */
export function variantIn(text: string, { variants = [] }: CartResult): string | undefined {
  const plain = (words: string) => words.toLowerCase().replace(/\s+/g, '');
  const said = plain(text);
  const fitting = variants.filter(({ options = {}, title = '' }) => {
    const values = Object.values(options);
    return (values.length > 0 ? values : [title]).every((value) =>
      [value, inHebrew(value) ?? value].some(
        (name) => isSaid(name, text) || (plain(name).length > 2 && said.includes(plain(name))),
      ),
    );
  });
  return fitting.length === 1 ? fitting[0]!.variant_id : undefined;
}

/** "M" is a word of its own, not a letter of "mine". */
function isSaid(value: string, text: string): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .includes(value.toLowerCase());
}

const WORDS: Record<Language, Record<string, string>> = {
  en: {
    added: 'Done, it is in your cart.',
    declined: 'All right, I left it out.',
    no_answer: 'I have added nothing: tell me when you want it.',
    out_of_stock: 'I am sorry, that one is sold out at the moment.',
    quantity: 'There are not so many of it left.',
    network: 'The cart could not be reached just now. Would you try again?',
    other: 'That did not work from here. You can add it on the card or on its page.',
    empty: 'Your cart is empty. What may I look up for you?',
    unknown: 'The shop does not tell me what is in your cart; you find it at the top of the page.',
    choose: 'Which one would you like',
    nothing: 'Which product do you mean? Tell me what to look for, and I will show it first.',
  },
  he: {
    added: 'בוצע, זה בסל שלכם.',
    declined: 'בסדר, לא הוספתי.',
    no_answer: 'לא הוספתי דבר: אמרו לי כשתרצו.',
    out_of_stock: 'מצטער, זה אזל כרגע.',
    quantity: 'לא נשארו כל כך הרבה.',
    network: 'לא הצלחתי להגיע לסל. ננסה שוב?',
    other: 'זה לא הצליח מכאן. אפשר להוסיף בכרטיס המוצר או בעמוד שלו.',
    empty: 'הסל שלכם ריק. מה לחפש בשבילכם?',
    unknown: 'החנות לא מספרת לי מה בסל; הוא מופיע בראש העמוד.',
    choose: 'במה לבחור',
    nothing: 'לאיזה מוצר הכוונה? ספרו לי מה לחפש, ואציג אותו קודם.',
  },
};

export function nothingMeant(language: Language): string {
  return WORDS[language]['nothing']!;
}

/** Of those that the shopper can choose from; none where nothing has to be chosen. */
export function variantNames({ code, variants = [] }: CartResult, language: Language): string[] {
  if (code !== 'choose_option') return [];
  const names = variants.map(({ options = {}, title = '' }) => Object.values(options).join(' / ') || title);
  return language === 'he' ? names.map((name) => inHebrew(name) ?? name) : names;
}

export function addedText(result: CartResult, language: Language): string {
  const words = WORDS[language];
  if (result.ok) return words['added']!;
  if (result.code !== 'choose_option') return words[result.code ?? ''] ?? words['other']!;
  return `${words['choose']!}: ${variantNames(result, language)
    .map((name) => `**${name}**`)
    .join(', ')}?`;
}

/** Whether the answer before was the question which variant it shall be. */
export function hasAskedToChoose(answer: string, language: Language): boolean {
  return answer.includes(`${WORDS[language]['choose']!}: **`);
}

export function cartText({ ok, cart, code }: CartResult, language: Language): string {
  const words = WORDS[language];
  if (!ok) return words[code ?? ''] ?? words['other']!;
  if (!cart) return words['unknown']!;
  if (cart.items.length === 0) return words['empty']!;
  const price = (amount: string) => formatPrice(amount, cart.currency, language);
  const lines = cart.items.map(
    (item) => `- ${item.quantity} × **${item.title}**${item.price === undefined ? '' : ` – ${price(item.price)}`}`,
  );
  const head = language === 'he' ? 'זה מה שבסל שלכם:' : 'This is in your cart:';
  const total = cart.total === undefined ? '' : `\n\n${language === 'he' ? 'סך הכול' : 'In all'}: ${price(cart.total)}`;
  return `${head}\n\n${lines.join('\n')}${total}`;
}
