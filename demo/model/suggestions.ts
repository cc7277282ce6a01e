/** What a shopper may ask next, as a real model would suggest it: only what this one can answer. */
import { variantNames } from './cart.ts';
import type { Found } from './choice.ts';
import { STORE } from './store.ts';
import type { Language } from './words.ts';

export interface Answered {
  language: Language;
  mayCall(name: string): boolean;
  /** What a tool answered in this turn. */
  outputs(name: string): (object | null)[];
  /** The products that the answer is about. */
  products: readonly Found[];
  /** As asked for. */
  order: 'price' | 'rating' | null;
  /** It was about nothing of the shop yet: a greeting, or nothing that could be looked for. */
  isStart: boolean;
}

type Words = Readonly<Record<Language, string>>;

const COMPARE: Words = { en: 'Compare them for me', he: 'תשוו ביניהם בשבילי' };
const CHEAPER: Words = { en: 'Any cheaper ones?', he: 'יש משהו זול יותר מהם?' };
const BEST: Words = { en: 'Which of them is rated best?', he: 'מי מהם הכי מומלץ?' };
const ADD: Words = { en: 'Add the first one to my cart', he: 'תוסיפו את הראשון לסל' };
const CART: Words = { en: "What's in my cart?", he: 'מה יש לי בסל?' };
const SALE: Words = { en: 'What is on sale?', he: 'מה במבצע?' };
const DELIVERY: Words = { en: 'How long does delivery take?', he: 'כמה זמן לוקח משלוח?' };
const PUPPY: Words = { en: 'Food for a puppy', he: 'אוכל לגור כלבים' };
const TOYS: Words = { en: 'Toys for my cat', he: 'צעצועים לחתול' };

/** @returns none where nothing comes naturally */
export function questionsAfter(answered: Answered): string[] {
  const { language, mayCall, outputs, products, order, isStart } = answered;
  const say = (...asked: (Words | false)[]) => asked.flatMap((words) => (words ? [words[language]] : [])).slice(0, 4);
  const added = outputs('add_to_cart').at(-1);
  const choices = variantNames(added ?? {}, language);
  if (choices.length > 0) return choices.slice(0, 4);
  if (added !== undefined) return say(mayCall('view_cart') && CART, mayCall('get_store_info') && DELIVERY, SALE);
  if (outputs('view_cart').length > 0) return say(mayCall('get_store_info') && DELIVERY, SALE);
  if (outputs('compare_products').length > 0) return say(mayCall('add_to_cart') && ADD, CHEAPER);
  const [store] = outputs('get_store_info');
  if (store) return otherTopics(store, answered);
  if (isStart) return say(SALE, PUPPY, TOYS);
  if (products.length === 0) return [];
  const several = products.length > 1;
  return say(
    several && mayCall('compare_products') && COMPARE,
    several && order !== 'price' && CHEAPER,
    several && order !== 'rating' && products.some(({ rating }) => rating !== undefined) && BEST,
    mayCall('add_to_cart') && ADD,
  );
}

/** What else the shop says of itself. The proxy takes out what the shopper has asked already. */
function otherTopics({ texts = [] }: { texts?: { title: string }[] }, { language }: Answered): string[] {
  return texts
    .filter(({ title }) => STORE.test(title) && /[\u05d0-\u05ea]/.test(title) === (language === 'he'))
    .map(({ title }) => (language === 'he' ? `ומה לגבי ${title}?` : `And what about ${title.toLowerCase()}?`))
    .slice(0, 3);
}
