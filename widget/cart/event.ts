import { CART_ERROR_CODES, type CartSummary } from '../../proxy/protocol/index.ts';

import type { AddToCartEvent, CartAnswer, ViewCartEvent } from '../cart-events.ts';
import { asSummary } from './summary.ts';
import type { Cart, CartResult } from './types.ts';

/** A page may ask its shopper something first; after this it is taken for one that will not answer. */
const LIMIT_MS = 60_000;

/**
 * How the page did what it took upon itself (`event.defaultPrevented`). A page that says nothing has done it.
 * @throws the signal's reason when it is aborted
 */
export async function outcomeOf({ answer }: Pick<AddToCartEvent, 'answer'>, signal: AbortSignal): Promise<CartResult> {
  return answer === null ? { ok: true, cart: null, undo: null } : settled(answer, signal);
}

/**
 * What is in the cart that the page keeps; null where it doesn't tell.
 * @throws the signal's reason when it is aborted
 */
export async function contentsOf(
  { answer }: Pick<ViewCartEvent, 'answer'>,
  signal: AbortSignal,
): Promise<CartSummary | null> {
  try {
    return asSummary(await inTime(answer, signal));
  } catch (error) {
    signal.throwIfAborted();
    console.error('Shop Clerk: the page could not say what is in its cart.', error);
    return null;
  }
}

/** Where the shop's `cart` is `event`: what comes here, no listener has taken. */
export function createEventCart(): Cart {
  return {
    async add() {
      console.error(
        'Shop Clerk: nobody put it into the cart. Add a listener for "shopclerk-add-to-cart" to the <shop-clerk> element and ' +
          'call event.respondWith(), or set the shop’s "cart" to the cart that it has.',
      );
      return { ok: false, code: 'unavailable' };
    },
    view: async () => null,
  };
}

async function settled(answer: PromiseLike<CartAnswer> | CartAnswer, signal: AbortSignal): Promise<CartResult> {
  try {
    return resultOf(await inTime(answer, signal));
  } catch (error) {
    signal.throwIfAborted();
    console.error('Shop Clerk: the page could not fill its cart.', error);
    return { ok: false, code: 'unavailable' };
  }
}

async function inTime<T>(answer: PromiseLike<T> | T, signal: AbortSignal): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const stopped = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const give = () => reject(limit.reason as Error);
    if (limit.aborted) give();
    limit.addEventListener('abort', give, { signal: stopped.signal });
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    stopped.abort();
  }
}

/** Whatever a page says as what it may say. */
function resultOf(answer: CartAnswer): CartResult {
  if (!answer || answer.ok) {
    const { cart, undo } = answer || {};
    const takeOut = async () => undo?.();
    return { ok: true, cart: asSummary(cart), undo: undo ? (signal) => settled(takeOut(), signal) : null };
  }
  return { ok: false, code: CART_ERROR_CODES.includes(answer.code) ? answer.code : 'unavailable' };
}
