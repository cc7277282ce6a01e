import type { CartSummary, PageContext, PageProduct } from '../../proxy/protocol/index.ts';
import { fields, list, text } from '../cart/answer.ts';
import { asSummary } from '../cart/summary.ts';
import { ownPage, productsOf } from './product-markup.ts';

const MOST_PRODUCTS = 5;
const LONGEST_TITLE = 200;

/** What the shop's script says a product is, as the wire has it. */
function givenProduct(value: object): PageProduct {
  const { name, sku, url, price, currency } = value as Record<string, unknown>;
  return {
    ...(text(name) && { name: text(name).slice(0, LONGEST_TITLE) }),
    ...(text(sku) && { sku: text(sku).slice(0, LONGEST_TITLE) }),
    ...(ownPage(url) && { url: ownPage(url)! }),
    ...((typeof price === 'number' || text(price)) && { price: typeof price === 'number' ? price : text(price) }),
    ...(text(currency) && { currency: text(currency) }),
  };
}

/** What the page is about by its own markup; what the shop's script says (`given`) goes before it. No forms, no other text of the page. */
export function readPage(given: unknown): Omit<PageContext, 'cart'> {
  const said = fields(given);
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  const url = ownPage(said['url']) ?? ownPage(canonical) ?? ownPage(location.href);
  const title = (text(said['title']) || document.title).trim().slice(0, LONGEST_TITLE);
  const products = Array.isArray(said['products'])
    ? list(said['products']).map(givenProduct).slice(0, MOST_PRODUCTS)
    : productsOf(document);
  return { ...(url && { url }), ...(title && { title }), ...(products.length > 0 && { products }) };
}

/** The cart that the page's script tells of. */
export function givenCart(given: unknown): CartSummary | null {
  return asSummary(fields(given)['cart']);
}
