import type { ShopSettings } from '../../proxy/protocol/index.ts';
import { createEventCart } from './event.ts';
import { restRootOf, shopifyRootOf, tellTheme, tellWooCommerce, themeSections } from './page.ts';
import { createShopifyCart } from './shopify.ts';
import type { Cart, CartResult } from './types.ts';
import { createWooCommerceCart } from './woocommerce.ts';

export { contentsOf, outcomeOf } from './event.ts';
export type { Cart, CartLine, CartResult } from './types.ts';

/** The page's cart. What its page has taken upon itself (see AddToCartEvent) doesn't come here. */
export function createCart(kind: Exclude<ShopSettings['cart'], 'none'>): Cart {
  if (kind === 'event') return createEventCart();
  return inTurn(
    kind === 'woocommerce'
      ? createWooCommerceCart({ root: restRootOf(document), onChange: tellWooCommerce })
      : createShopifyCart({ root: shopifyRootOf(location), sections: themeSections, onChange: tellTheme }),
  );
}

/**
 * One addition after the other, in all tabs of the shop: two first ones at once would begin two sessions, and of two changes
 * of one session the later would overwrite the earlier. Without a secure context there are no locks, and the tabs take
 * their chance.
 */
function inTurn({ add, view }: Cart): Cart {
  async function alone(signal: AbortSignal, act: () => Promise<CartResult>): Promise<CartResult> {
    const result = await ('locks' in navigator ? navigator.locks.request('shop-clerk-cart', { signal }, act) : act());
    if (!result.ok || !result.undo) return result;
    const { undo } = result;
    return { ...result, undo: (later) => alone(later, () => undo(later)) };
  }
  return { add: (line, signal) => alone(signal, () => add(line, signal)), view };
}
