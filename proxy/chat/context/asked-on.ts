import type { StoredProduct } from '../../catalog/types.ts';
import type { ModelItem } from '../../models/types.ts';
import { toDecimal } from '../../protocol/index.ts';
import type { MessageRow, StoredPage } from '../../storage/types.ts';
import { fence } from './fence.ts';
import { outcomeFacts } from '../known.ts';

const BOUNDS = { maxString: 500, maxOutput: 8_000 };

/**
 * The page that a question was asked on, as the model reads it just before that question: what stands before stays the
 * same from turn to turn, for providers to cache. Products of the catalogue are told as it has them today, whatever the
 * page says; others by the page's own words.
 */
export function askedOn(page: StoredPage, products: readonly StoredProduct[]): ModelItem {
  const byId = new Map(products.map((product) => [product.id, product]));
  const shown = (page.products ?? []).map(({ id, name, sku, price, currency }) => {
    const product = id === undefined ? undefined : byId.get(id);
    return product ? factsOf(product) : { not_in_the_catalogue: true, name, sku, price, currency };
  });
  const data = {
    page: { title: page.title, url: page.url },
    ...(shown.length > 0 && { products: shown }),
    ...cartFacts(page),
  };
  const text = `The shopper asks what follows on a page of the shop: "this" may mean what is on it. The page says:\n${fence(data, BOUNDS)}`;
  return { type: 'message', role: 'developer', text };
}

function factsOf({ id, title, price: { min, max }, listPrice, availability }: StoredProduct) {
  return {
    id,
    title,
    price: toDecimal(min),
    ...(max.amount !== min.amount && { highest_price: toDecimal(max) }),
    ...(listPrice && { regular_price: toDecimal(listPrice) }),
    currency: min.currency,
    availability,
  };
}

function cartFacts({ cart }: StoredPage): object {
  return cart ? outcomeFacts({ ok: true, cart }) : {};
}

/** Products of the catalogue on the pages of these questions. */
export function idsOnPages(messages: readonly Pick<MessageRow, 'page'>[]): number[] {
  const ids = messages.flatMap(({ page }) => (page?.products ?? []).map(({ id }) => id));
  return [...new Set(ids.filter((id) => id !== undefined))];
}
