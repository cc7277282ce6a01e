import type { CartOutcome, CartSummary, Product, ProductVariant, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Cart, CartLine, CartResult } from '../cart/types.ts';
import type { AddToCartEvent, ViewCartEvent } from '../cart-events.ts';

/** What a shopper has chosen on a card, or agreed to. */
export interface Addition {
  product: Product;
  variant: ProductVariant;
  options: CartLine['options'];
  quantity: number;
}

/** The one way into the shopper's cart, whoever asks: a card or the assistant. Nothing here rejects. */
export interface CartDesk {
  add(addition: Addition, signal: AbortSignal): Promise<CartResult>;
  look(signal: AbortSignal): Promise<CartOutcome>;
}

/** What is loaded when the first thing goes into the cart: `cart/index.ts`. */
export interface CartRoom {
  createCart(kind: Exclude<ShopSettings['cart'], 'none'>): Cart;
  outcomeOf(event: AddToCartEvent, signal: AbortSignal): Promise<CartResult>;
  contentsOf(event: ViewCartEvent, signal: AbortSignal): Promise<CartSummary | null>;
}

export interface CartDeskOptions {
  /** Which cart the page has; `none` also while it isn't known. */
  kind: () => ShopSettings['cart'];
  load: () => Promise<CartRoom>;
  /** Tells the page what is about to happen; it may do it itself. */
  announce: (line: CartLine, product: Product) => AddToCartEvent;
  /** Asks the page what is in the cart that it keeps itself. */
  inquire: () => ViewCartEvent;
  onUpdated: (cart: CartSummary | null) => void;
  /** How long it may take in all, in milliseconds; a page may have something to ask. Each request is bounded by itself. */
  patienceMs?: number;
}

const LOST = { ok: false, code: 'network' } as const;
const NO_CART = { ok: false, code: 'unavailable' } as const;

export function createCartDesk(options: CartDeskOptions): CartDesk {
  const { kind, load, announce, inquire, onUpdated, patienceMs = 75_000 } = options;
  let cart: Cart | null = null;

  /** Null where the page has none. */
  async function open(): Promise<Cart | null> {
    const { createCart } = await load();
    const which = kind();
    return which === 'none' ? null : (cart ??= createCart(which));
  }

  /** What never comes, breaks or is broken off: it isn't known what the shop has done. */
  async function bounded<T>(act: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T | typeof LOST> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const over = new Promise<never>((_, reject) =>
      limit.addEventListener('abort', () => reject(limit.reason as Error), { once: true }),
    );
    try {
      limit.throwIfAborted();
      return await Promise.race([act(limit), over]);
    } catch (error) {
      if (!limit.aborted) console.error('The cart failed.', error);
      return LOST;
    }
  }

  async function fill({ product, variant, options, quantity }: Addition, signal: AbortSignal): Promise<CartResult> {
    const line: CartLine = {
      productId: product.external_id,
      variantId: variant.id,
      quantity,
      options,
      title: product.title,
      url: variant.url ?? product.url,
    };
    const event = announce(line, product);
    if (event.defaultPrevented) return (await load()).outcomeOf(event, signal);
    return (await open())?.add(line, signal) ?? NO_CART;
  }

  /** Tells the page of a success, and of one that is taken back. */
  function told(result: CartResult): CartResult {
    if (!result.ok) return result;
    onUpdated(result.cart);
    const { undo } = result;
    return undo ? { ...result, undo: async (signal) => told(await bounded(undo, signal)) } : result;
  }

  return {
    add: async (addition, signal) => told(await bounded((signal) => fill(addition, signal), signal)),

    look: (signal) =>
      bounded(async (signal): Promise<CartOutcome> => {
        const event = inquire();
        const summary = event.defaultPrevented
          ? await (await load()).contentsOf(event, signal)
          : await (await open())?.view(signal);
        return summary ? { ok: true, cart: summary } : NO_CART;
      }, signal),
  };
}
