import type { CartSummary, Money } from '../../proxy/protocol/index.ts';
import { fields, list, number, text } from './answer.ts';

/** What the proxy takes of a cart. */
const MOST_ITEMS = 50;
const LONGEST_TITLE = 500;
const MOST_PIECES = 1e6;

/**
 * What a page says of its cart as the proxy takes it; null for what is no cart. Shops sell by the half pound, have carts of
 * hundreds of lines, and pages say what they like.
 */
export function asSummary(value: unknown): CartSummary | null {
  const cart = fields(value);
  if (!Array.isArray(cart['items'])) return null;
  const total = asMoney(cart['total']);
  return {
    count: Math.round(pieces(cart['count'])),
    items: list(cart['items'])
      .slice(0, MOST_ITEMS)
      .map((item) => {
        const price = asMoney(item['price']);
        const title = text(item['title']).slice(0, LONGEST_TITLE);
        return { title, quantity: pieces(item['quantity']), ...(price && { price }) };
      }),
    ...(total && { total }),
  };
}

function pieces(value: unknown): number {
  return Math.min(Math.max(number(value), 0), MOST_PIECES);
}

function asMoney(value: unknown): Money | undefined {
  const { amount, currency } = fields(value);
  const code = text(currency);
  return Number.isSafeInteger(amount) && /^[A-Z]{3}$/.test(code)
    ? { amount: number(amount), currency: code }
    : undefined;
}
