/**
 * What the carts need of the page they are in: where its shop answers, and that its mini-cart shows what has changed.
 */
import { fields, list, text, type Fields } from './answer.ts';

/** The REST API that WordPress names in the head of every page; a shop may stand in a folder or have plain permalinks. */
export function restRootOf({ head, location }: { head: ParentNode; location: Location }): string {
  const href = head.querySelector('link[rel="https://api.w.org/"]')?.getAttribute('href') ?? '/wp-json/';
  const named = URL.canParse(href, location.href) ? new URL(href, location.href) : null;
  // Cookies and nonce are this origin's. A page under another name than the shop's own is the shop all the same.
  const { pathname, search } = named ?? { pathname: '/wp-json/', search: '' };
  return location.origin + pathname + search;
}

/** Blocks listen to the events, classic themes to jQuery's. The names of the events are WooCommerce's. */
export function tellWooCommerce(change: 'added' | 'removed'): void {
  const detail = { preserveCartData: false };
  document.body.dispatchEvent(
    new CustomEvent(`wc-blocks_${change}_${change === 'added' ? 'to' : 'from'}_cart`, {
      bubbles: true,
      cancelable: true,
      detail,
    }),
  );
  const { jQuery } = window as { jQuery?: (element: Element) => { trigger(name: string): void } };
  jQuery?.(document.body).trigger('wc_fragment_refresh');
}

/** The shop's root in the page's language and market. */
export function shopifyRootOf(location: Location): string {
  const root = text(fields(fields(fields(window)['Shopify'])['routes'])['root']);
  return location.origin + (/^\/([^/].*)?$/.test(root) ? root : '/');
}

/** Dawn's, and of the many themes made after it. */
interface ThemeCart extends HTMLElement {
  getSectionsToRender(): { id: string }[];
  renderContents(answer: Fields): void;
}

function themeCart(): ThemeCart | null {
  const cart = document.querySelector<ThemeCart>('cart-notification, cart-drawer');
  return typeof cart?.getSectionsToRender === 'function' && typeof cart.renderContents === 'function' ? cart : null;
}

export function themeSections(): Fields {
  const ids = list(themeCart()?.getSectionsToRender()).map(({ id }) => text(id));
  return ids.length > 0 ? { sections: ids, sections_url: location.pathname } : {};
}

/**
 * There is no one event of Shopify's. Themes after Dawn draw what `themeSections` asked for, as after their own button;
 * themes after Horizon listen to `cart:update`, and many others to `cart:refresh`.
 */
export function tellTheme(change: 'added' | 'removed', answer: Fields, cart: Fields): void {
  // It also opens the cart, which nobody wants who has just taken something out.
  if (change === 'added' && 'sections' in answer) themeCart()?.renderContents(answer);
  const data = { itemCount: cart['item_count'], source: 'shop-clerk', sections: answer['sections'] };
  const detail = { resource: cart, sourceId: 'shop-clerk', data };
  document.dispatchEvent(new CustomEvent('cart:update', { bubbles: true, detail }));
  document.dispatchEvent(new CustomEvent('cart:refresh', { bubbles: true, detail: cart }));
}
