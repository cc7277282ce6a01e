import type { StoredProduct } from '../catalog/types.ts';
import { toDecimal, type CartOutcome } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { MessageRow, StoredPage } from '../storage/types.ts';
import { Facts } from './claims/facts.ts';

/** Products of the thread whose prices may be named without looking them up again; the newest. */
const MAX_PRODUCTS = 40;
const MAX_DESCRIPTION = 1_000;

const ofShops = new WeakMap<Shop, Facts>();

/**
 * What an answer may state before any tool has run: what the owner wrote, what the shopper said, and today's prices of the
 * products of this thread. Yesterday's are not among them.
 */
export function knownFacts(shop: Shop, messages: readonly MessageRow[], products: readonly StoredProduct[]): Facts {
  const facts = new Facts(ofShop(shop));
  for (const { role, parts, page } of messages) {
    if (role === 'user' && page) learnPage(facts, page);
    for (const part of parts) {
      if (role === 'user' && part.type === 'text') facts.learnFigures(part.content);
      // The shop's own words, which the shopper may ask about again.
      if (part.type === 'citations') for (const { quote = '' } of part.citations) facts.learnText(quote);
    }
  }
  facts.learn(products.slice(-MAX_PRODUCTS).map(pricesOf));
  return facts;
}

/** What a page says is as good as the shopper's word: they read it there. */
function learnPage(facts: Facts, { products = [], cart }: StoredPage): void {
  for (const { price } of products) if (price !== undefined) facts.learnFigures(String(price));
  if (cart) facts.learn(outcomeFacts({ ok: true, cart }));
}

/** Read once as long as the shop's settings stay: they may be forty thousand characters. */
function ofShop(shop: Shop): Facts {
  let facts = ofShops.get(shop);
  if (!facts) {
    facts = new Facts();
    for (const text of [shop.name, shop.prompt, shop.tone]) facts.learnText(text);
    for (const { title, text } of shop.knowledge) {
      facts.learnText(title);
      facts.learnText(text);
    }
    ofShops.set(shop, facts);
  }
  return facts;
}

function pricesOf({ title, description, price, listPrice, variants }: StoredProduct) {
  return {
    title,
    description: description.slice(0, MAX_DESCRIPTION),
    price: toDecimal(price.min),
    highest_price: toDecimal(price.max),
    ...(listPrice && { regular_price: toDecimal(listPrice) }),
    variants: variants.slice(0, 20).map((variant) => ({
      title: variant.title,
      price: toDecimal(variant.price),
      ...(variant.listPrice && { regular_price: toDecimal(variant.listPrice) }),
    })),
  };
}

/** An outcome in words and figures that a model reads: amounts in whole units. */
export function outcomeFacts(outcome: CartOutcome): object {
  if (!outcome.ok) return { ...outcome, meaning: MEANING[outcome.code] };
  if (!outcome.cart) return { ok: true };
  const { count, items, total } = outcome.cart;
  return {
    ok: true,
    cart: {
      count,
      items: items.map(({ title, quantity, price }) => ({
        title,
        quantity,
        ...(price && { price: toDecimal(price) }),
      })),
      ...(total && { total: toDecimal(total), currency: total.currency }),
    },
  };
}

type Failure = Extract<CartOutcome, { ok: false }>['code'];

const MEANING: Record<Failure, string> = {
  declined: 'The shopper does not want it.',
  no_answer: 'The shopper has not answered. Nothing was added; do not ask again unless the shopper does.',
  out_of_stock: 'It is sold out.',
  choose_option: 'A variant has to be chosen first.',
  not_purchasable: 'The shop does not sell it online.',
  quantity: 'The shop does not sell so many at once.',
  network: 'The shop could not be reached. The shopper may try again.',
  unavailable: 'The cart cannot be reached from here. The shopper can use the card or the product page.',
};
