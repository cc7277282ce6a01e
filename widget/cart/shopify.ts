/**
 * Shopify's own cart, through the Ajax API of the theme: the session is the shopper's cookie. Its errors are sentences in the
 * shop's language, so what is wrong with a product is asked of the product.
 */
import type { CartErrorCode, CartSummary } from '../../proxy/protocol/index.ts';
import { ask, asked, fields, list, money, number, text, type Answer, type Fields, type Send } from './answer.ts';
import { asSummary } from './summary.ts';
import type { Cart, CartLine, CartResult } from './types.ts';

export interface ShopifyCartOptions {
  /** The shop in the page's language and market, with its slash: `https://shop.example/`, `https://shop.example/he/`. */
  root: string;
  send?: Send;
  /** What the theme wants answered with the request, so that it can draw its cart anew. */
  sections?: () => Fields;
  /** The cart has changed. `answer` is what the request was answered with, `cart` the cart now. */
  onChange?: (change: 'added' | 'removed', answer: Fields, cart: Fields) => void;
}

/** A variant's number: by itself, as the Storefront API writes it, or as in a Google feed of Shopify's. */
const VARIANT = /^(?:gid:\/\/shopify\/ProductVariant\/|shopify_[A-Z]{2}_\d+_)?([1-9]\d{0,15})$/;

export function createShopifyCart(options: ShopifyCartOptions): Cart {
  const { root, send = fetch, sections = () => ({}), onChange = () => {} } = options;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };

  const get = (path: string, signal: AbortSignal) => ask(send, root + path, { method: 'GET', headers }, signal);
  const post = (path: string, body: object, signal: AbortSignal) =>
    ask(send, root + path, { method: 'POST', headers, body: JSON.stringify(body) }, signal);

  async function add(line: CartLine, signal: AbortSignal): Promise<CartResult> {
    const id = Number(VARIANT.exec(line.variantId)?.[1]);
    if (Number.isNaN(id)) return { ok: false, code: 'unavailable' };
    const answer = await post('cart/add.js', { items: [{ id, quantity: line.quantity }], ...sections() }, signal);
    const added = list(fields(answer.body)['items']).find((item) => number(item['variant_id']) === id);
    if (!answer.ok || !added) return { ok: false, code: await refusalOf(answer, id, line, signal) };
    const cart = await changed('added', answer, signal);
    const key = text(added['key']);
    return { ok: true, cart, undo: (later) => asked(() => remove(key, line.quantity, later)) };
  }

  /** Takes as many pieces of the line out as were added, whatever else has been done with it since. */
  async function remove(key: string, pieces: number, signal: AbortSignal): Promise<CartResult> {
    const now = await get('cart.js', signal);
    if (!isCart(now)) return { ok: false, code: 'unavailable' };
    const line = list(fields(now.body)['items']).find((item) => item['key'] === key);
    if (!line) return { ok: true, cart: summaryOf(now.body), undo: null };
    const quantity = Math.max(0, number(line['quantity']) - pieces);
    const answer = await post('cart/change.js', { id: key, quantity, ...sections() }, signal);
    if (!isCart(answer)) return { ok: false, code: 'unavailable' };
    onChange('removed', fields(answer.body), fields(answer.body));
    return { ok: true, cart: summaryOf(answer.body), undo: null };
  }

  /** The cart after an addition, told to the page; null if it can't be read: the addition itself has worked. */
  async function changed(change: 'added', answer: Answer, signal: AbortSignal): Promise<CartSummary | null> {
    const now = await asked(() => get('cart.js', signal));
    const known = 'body' in now && isCart(now);
    onChange(change, fields(answer.body), known ? fields(now.body) : {});
    return known ? summaryOf(now.body) : null;
  }

  /** 422 is sold out and too many alike. */
  async function refusalOf(answer: Answer, id: number, line: CartLine, signal: AbortSignal): Promise<CartErrorCode> {
    if (answer.status === 404) return 'not_purchasable';
    if (answer.status !== 422) return 'unavailable';
    const [, handle] = /\/products\/([^/?#]+)/.exec(line.url) ?? [];
    if (handle === undefined) return 'out_of_stock';
    const product = await get(`products/${handle}.js`, signal);
    const variant = list(fields(product.body)['variants']).find((one) => number(one['id']) === id);
    return variant?.['available'] === true ? 'quantity' : 'out_of_stock';
  }

  return {
    add: (line, signal) => asked(() => add(line, signal)),
    async view(signal) {
      const answer = await asked(() => get('cart.js', signal));
      return 'body' in answer && isCart(answer) ? summaryOf(answer.body) : null;
    },
  };
}

function isCart({ ok, body }: Answer): boolean {
  return ok && Array.isArray(fields(body)['items']);
}

/** Amounts have two decimals in every currency: 1,000 yen are 100000. */
function summaryOf(body: unknown): CartSummary | null {
  const cart = fields(body);
  return asSummary({
    count: cart['item_count'],
    items: list(cart['items']).map((item) => ({
      title: item['title'],
      quantity: item['quantity'],
      price: money(item['final_price'] ?? item['price'], 2, cart['currency']),
    })),
    total: money(cart['total_price'], 2, cart['currency']),
  });
}
