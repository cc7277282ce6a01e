/**
 * WooCommerce's own cart, through the Store API on the shop's origin: the session is the shopper's cookie. A request that
 * changes something carries a nonce, which every answer hands out, also the one that refuses an old nonce. A page that a
 * cache keeps has the nonce of somebody else, so it is never taken from the page.
 */
import { ask, asked, type Answer, type Send } from './answer.ts';
import type { Cart, CartLine, CartResult } from './types.ts';
import { codeOf, isCart, linesOf, refusalOf, summaryOf } from './woocommerce-cart.ts';

export interface WooCommerceCartOptions {
  /** Where the shop's REST API is, with its slash: `https://shop.example/wp-json/`, or `…/?rest_route=/`. */
  root: string;
  send?: Send;
  /** The cart has changed: the page's mini-cart has to follow. */
  onChange?: (change: 'added' | 'removed') => void;
}

const STALE_NONCE = ['missing_nonce', 'invalid_nonce'];
const WANTS_OPTIONS = ['missing_attributes', 'missing_variation_data'];

export function createWooCommerceCart({ root, send = fetch, onChange = () => {} }: WooCommerceCartOptions): Cart {
  const url = (route: string) => `${root}wc/store/v1/cart${route}`;

  async function read(signal: AbortSignal): Promise<Answer> {
    return ask(send, url(''), { method: 'GET' }, signal);
  }

  /** With the nonce of `last`; once more with that of the refusal, for a shopper who has signed in meanwhile. */
  async function post(route: string, body: object, last: Answer, signal: AbortSignal): Promise<Answer> {
    const once = (nonce: string) => {
      const headers = { 'content-type': 'application/json', nonce };
      return ask(send, url(route), { method: 'POST', headers, body: JSON.stringify(body) }, signal);
    };
    const answer = await once(last.headers.get('nonce') ?? '');
    const fresh = answer.headers.get('nonce');
    return STALE_NONCE.includes(codeOf(answer.body)) && fresh !== null ? once(fresh) : answer;
  }

  async function add(line: CartLine, signal: AbortSignal): Promise<CartResult> {
    // An id that WooCommerce never gave, from a feed with ids of its own, could be another product's.
    if (!/^[1-9]\d{0,15}$/.test(line.variantId)) return { ok: false, code: 'unavailable' };
    const before = await read(signal);
    if (!isCart(before.body)) return { ok: false, code: 'unavailable' };
    const wanted = { id: Number(line.variantId), quantity: line.quantity };
    let answer = await post('/add-item', wanted, before, signal);
    // A variation that leaves an attribute open ("any size") has to be told it; one that doesn't may refuse our spelling.
    if (WANTS_OPTIONS.includes(codeOf(answer.body)) && line.options.length > 0) {
      const variation = line.options.map(({ name, value }) => ({ attribute: name, value }));
      answer = await post('/add-item', { ...wanted, variation }, answer, signal);
    }
    if (!answer.ok || !isCart(answer.body)) return { ok: false, code: refusalOf(answer.body) };
    onChange('added');
    const added = addedTo(linesOf(before.body), linesOf(answer.body), line);
    return { ok: true, cart: summaryOf(answer.body), undo: added && ((later) => asked(() => remove(added, later))) };
  }

  /** Takes as many pieces of the line out as were added, whatever else has been done with it since. */
  async function remove({ key, quantity }: Added, signal: AbortSignal): Promise<CartResult> {
    const now = await read(signal);
    if (!isCart(now.body)) return { ok: false, code: 'unavailable' };
    const left = (linesOf(now.body).get(key)?.quantity ?? 0) - quantity;
    const answer =
      left > 0
        ? await post('/update-item', { key, quantity: left }, now, signal)
        : await post('/remove-item', { key }, now, signal);
    // 409: it is gone already, and here is the cart without it.
    const cart = answer.status === 409 ? now : answer;
    if (!cart.ok || !isCart(cart.body)) return { ok: false, code: refusalOf(answer.body) };
    onChange('removed');
    return { ok: true, cart: summaryOf(cart.body), undo: null };
  }

  return {
    add: (line, signal) => asked(() => add(line, signal)),
    async view(signal) {
      const answer = await asked(() => read(signal));
      return 'body' in answer && isCart(answer.body) ? summaryOf(answer.body) : null;
    },
  };
}

interface Added {
  key: string;
  quantity: number;
}

type Lines = ReturnType<typeof linesOf>;

/** The line that has grown; of several, as when another tab added as well, the one of this product. */
function addedTo(before: Lines, after: Lines, { variantId, quantity }: CartLine): Added | null {
  const grown = [...after].filter(([key, line]) => line.quantity > (before.get(key)?.quantity ?? 0));
  const [key] = grown.find(([, { id }]) => id === variantId) ?? grown[0] ?? [];
  return key === undefined ? null : { key, quantity };
}
