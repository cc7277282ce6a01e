/** Which of the products found are worth showing: what a real model does in its head. */
import { wordsOf } from '../../proxy/words.ts';
import { kindOf, type Keyword, type Question } from './question.ts';

/** What the demo model reads of a product in the output of `search_products`. */
export interface Found {
  id: number;
  title: string;
  brand?: string;
  price: number | string;
  highest_price?: number | string;
  regular_price?: number | string;
  availability?: string;
  categories?: string[];
  options?: Record<string, string[]>;
  rating?: number;
  description?: string;
}

/** Cards in one answer. */
const SHOWN = 4;
/** Food for another animal is never a near miss, and a dog's shampoo no kind of dog food. */
const WEIGHT = { animal: 3, goods: 2, quality: 1 } as const;
/** The right thing for the right animal beats a thing for all the animals that were named. */
const THING_FOR_ANIMAL = 4;

/**
 * The products that have most of what was asked for, in the order found or asked for, but with what is sold out last: a
 * search also returns what has only one word of it. Who asks for cheaper ones gets those that fit a little less well, too.
 */
export function choose(products: readonly Found[], { keywords, order }: Question): Found[] {
  if (keywords.length === 0) return oneOfEach(products, 0).slice(0, SHOWN);
  const scored = products
    .filter((product) => isMeant(product, keywords))
    .map((product) => ({ product, fit: fitOf(product, keywords) }))
    .filter(({ fit }) => fit > 0);
  const best = Math.max(0, ...scored.map(({ fit }) => fit));
  const enough = order === 'price' ? Math.min(best, Math.max(best - 2, WEIGHT.animal + WEIGHT.goods)) : best;
  const fitting = scored.filter(({ fit }) => fit >= enough).map(({ product }) => product);

  const animals = keywords.filter((keyword) => kindOf(keyword) === 'animal');
  const inOrder = () => {
    if (order === 'price') return fitting.toSorted((a, b) => Number(a.price) - Number(b.price));
    if (order === 'rating') return fitting.toSorted((a, b) => (b.rating ?? 0) - (a.rating ?? 0));
    if (animals.length === keywords.length) return oneOfEach(fitting, 1);
    return animals.length > 1 ? oneOfEach(fitting, 0) : fitting;
  };
  return soldOutLast(inOrder()).slice(0, SHOWN);
}

function soldOutLast(products: readonly Found[]): Found[] {
  const soldOut = ({ availability }: Found) => Number(availability === 'out_of_stock');
  return products.toSorted((a, b) => soldOut(a) - soldOut(b));
}

/** Words that none of the products chosen has, for the answer to admit it. Only of words that we know. */
export function missingFrom(products: readonly Found[], keywords: readonly Keyword[]): Keyword[] {
  return keywords.filter((keyword) => keyword.concept && !products.some((product) => has(product, keyword)));
}

/** Words that all of the products chosen have, so that the answer may call them by it. */
export function commonTo(products: readonly Found[], keywords: readonly Keyword[]): Keyword[] {
  return keywords.filter((keyword) => products.every((product) => has(product, keyword)));
}

/** A search finds something for most sentences. Of words that are all unknown to us a product has to have half. */
function isMeant(product: Found, keywords: readonly Keyword[]): boolean {
  return (
    keywords.some(({ concept }) => concept) ||
    keywords.filter((keyword) => has(product, keyword)).length * 2 >= keywords.length
  );
}

function fitOf(product: Found, keywords: readonly Keyword[]): number {
  const kinds = keywords.filter((keyword) => has(product, keyword)).map(kindOf);
  const bonus = kinds.includes('goods') && kinds.includes('animal') ? THING_FOR_ANIMAL : 0;
  return kinds.reduce((fit, kind) => fit + WEIGHT[kind], bonus);
}

/** Goods have to be in its label: "no need to change the litter" makes it no litter. */
function has({ title, brand, categories = [], options = {}, description }: Found, keyword: Keyword): boolean {
  const label = [title, ...categories];
  const everything = [...label, brand, ...Object.entries(options).flat(2), description];
  return wordsOf((kindOf(keyword) === 'goods' ? label : everything).join('\n')).some((word) => means(word, keyword));
}

/** Hebrew writes one-letter words together with the next one; a word we don't know may go on ("squeak": "squeaky"). */
function means(word: string, { word: asked, concept }: Keyword): boolean {
  if (concept) return [word, word.slice(1)].some((form) => concept.en.includes(form) || concept.he.includes(form));
  const beginnings = /^[הובכלמש][א-ת]{3,}$/.test(asked) ? [asked, asked.slice(1)] : [asked];
  return beginnings.some(
    (beginning) =>
      word === beginning || word.slice(1) === beginning || (beginning.length > 3 && word.startsWith(beginning)),
  );
}

/** For those who left it open ("what is on sale?", "something for a cat"): first one of each category, then the others. */
function oneOfEach(products: readonly Found[], level: 0 | 1): Found[] {
  const seen = new Set<string | undefined>();
  const first = products.filter(({ categories }) => !seen.has(categories?.[level]) && seen.add(categories?.[level]));
  return [...first, ...products.filter((product) => !first.includes(product))];
}
