/**
 * What a shopper asks for that is no search: to compare, to add to the cart, to look into it, to hear about the shop, to
 * reach its people.
 */
import {
  ADD,
  addedText,
  cartText,
  hasAskedToChoose,
  nothingMeant,
  quantityIn,
  variantIn,
  VIEW,
  type CartResult,
} from './cart.ts';
import type { Asked, Step } from './asked.ts';
import { isForDocuments, readOut } from './documents.ts';
import { askPage } from './page.ts';
import { handedOff, PERSON } from './person.ts';
import { lastShown, meant } from './shown.ts';
import { STORE, storeText } from './store.ts';
import type { Language } from './words.ts';

const COMPARE = /\bcompar(e|ison)\b|\bdifferences? between\b|\bside by side\b|השוו|להשוות|תשוו|ההבדל/iu;

/** @returns undefined for everything else: a search, small talk */
export function actOn(asked: Asked): Step | undefined {
  const text = asked.said.at(-1) ?? '';
  if (PERSON.test(text) && asked.mayCall('hand_off')) return handOff(asked);
  const pageStep = askPage(asked, text);
  if (pageStep) return pageStep;
  if (VIEW.test(text) && asked.mayCall('view_cart')) return look(asked);
  if (asked.mayCall('add_to_cart')) {
    if (ADD.test(text)) return add(asked, text);
    const before = asked.said.at(-2) ?? '';
    // "The large one": the answer to our own question.
    if (
      ADD.test(before) &&
      hasAskedToChoose(asked.answers.at(-1) ?? '', asked.language) &&
      !isForDocuments(text) &&
      !COMPARE.test(text)
    )
      return add(asked, before, text);
  }
  if (COMPARE.test(text) && asked.mayCall('compare_products')) return compare(asked, text);
  if (isForDocuments(text) && (asked.mayCall('search_documents') || asked.outputs('search_documents').length > 0)) {
    const step = readOut(asked, text);
    if (step) return step;
  }
  if (STORE.test(text) && asked.mayCall('get_store_info')) return tell(asked, text);
  return undefined;
}

function handOff({ outputs, language }: Asked): Step {
  const [result] = outputs('hand_off');
  if (result === undefined) return { call: 'hand_off', input: {} };
  return { say: handedOff(result ?? {}, language) };
}

function look({ outputs, language }: Asked): Step {
  const [result] = outputs('view_cart');
  if (result === undefined) return { call: 'view_cart', input: {} };
  return { say: cartText(result ?? {}, language) };
}

function add({ answers, outputs, language }: Asked, text: string, choice = ''): Step {
  const shown = lastShown(answers);
  const product = meant(text, shown)[0] ?? shown[0];
  if (!product) return { say: nothingMeant(language) };
  const results = outputs('add_to_cart');
  const input = { product_id: product.id, variant_id: null, quantity: quantityIn(text) };
  if (results.length === 0) return { call: 'add_to_cart', input };
  const result = (results.at(-1) ?? {}) as CartResult;
  const variant = result.code === 'choose_option' ? variantIn(`${text} ${choice}`, result) : undefined;
  if (variant !== undefined && results.length === 1)
    return { call: 'add_to_cart', input: { ...input, variant_id: variant } };
  return { say: addedText(result, language) };
}

function compare({ answers, outputs, language }: Asked, text: string): Step | undefined {
  const shown = lastShown(answers);
  const named = meant(text, shown);
  const products = (named.length > 1 ? named : shown).slice(0, 4);
  // Nothing to compare yet: what is named is searched first.
  if (products.length < 2) return undefined;
  const [result] = outputs('compare_products');
  if (result === undefined) {
    return { call: 'compare_products', input: { product_ids: products.map(({ id }) => id), title: null } };
  }
  return { say: comparisonText(result ?? {}, language) };
}

interface Comparison {
  compared?: { title: string; price: string; rating?: number }[];
}

function comparisonText({ compared = [] }: Comparison, language: Language): string {
  const [cheapest] = compared.toSorted((a, b) => Number(a.price) - Number(b.price));
  const [best] = compared.filter(({ rating }) => rating !== undefined).toSorted((a, b) => b.rating! - a.rating!);
  if (!cheapest) return language === 'he' ? 'לא הצלחתי להשוות ביניהם.' : 'I could not compare them.';
  if (language === 'he') {
    return `הזול מביניהם: **${cheapest.title}**.${best ? ` הדירוג הגבוה ביותר: **${best.title}**.` : ''} להוסיף אחד מהם לסל?`;
  }
  const praise = best ? ` Best rated is **${best.title}**.` : '';
  return `The cheapest of them is **${cheapest.title}**.${praise} Shall I add one of them to your cart?`;
}

function tell({ outputs, language }: Asked, text: string): Step | undefined {
  const [result] = outputs('get_store_info');
  if (result === undefined) return { call: 'get_store_info', input: {} };
  const said = result && storeText(result, text, language);
  return said ? { say: said } : undefined;
}
