import { price } from './catalog.js';
import { el, icon } from './dom.js';
import { t } from './texts.js';
import { createBrowserCart } from './carts/browser.js';
import { createShopifyCart } from './carts/shopify.js';
import { createWooCommerceCart } from './carts/woocommerce.js';

/**
 * What is in the cart, by variant id, as this page's store keeps it. `changes` of any other are told to `onChange`:
 * those of the assistant, and of other tabs.
 */
export function createCart(products) {
  const known = new Map(
    products.flatMap((product) => product.variants.map((variant) => [variant.id, { product, variant }])),
  );
  const { cart: kind } = document.documentElement.dataset;
  if (kind === 'woocommerce') return createWooCommerceCart(known);
  return kind === 'shopify' ? createShopifyCart(known) : createBrowserCart(known);
}

/** The cart as a drawer at the page's end. A dialog brings focus, Escape and the backdrop along. */
export function createDrawer(cart) {
  const list = el('ul', { class: 'lines' });
  const foot = el('div', { class: 'drawer-foot' });
  const drawer = el(
    'dialog',
    { class: 'drawer', 'aria-labelledby': 'cart-title', onclick: (event) => event.target === drawer && drawer.close() },
    el(
      'div',
      { class: 'drawer-page' },
      el(
        'div',
        { class: 'drawer-head' },
        el('h2', { id: 'cart-title' }, t.yourCart),
        el(
          'button',
          { class: 'round', type: 'button', 'aria-label': t.close, onclick: () => drawer.close() },
          icon('close'),
        ),
      ),
      list,
      foot,
    ),
  );

  function render() {
    const lines = cart.lines();
    // The buttons are made anew, so the focus has to be carried over by name.
    const focused = document.activeElement?.dataset.focus;
    list.replaceChildren(...lines.map(renderLine));
    foot.replaceChildren(
      ...(lines.length === 0
        ? [el('p', { class: 'muted' }, t.emptyCart)]
        : [
            el('p', { class: 'total' }, el('span', {}, t.total), el('strong', {}, price(totalOf(lines)))),
            el('button', { class: 'primary wide', type: 'button', onclick: showNote }, t.checkout),
            el('p', { class: 'note', role: 'status' }),
          ]),
    );
    if (focused) list.querySelector(`[data-focus="${focused}"]`)?.focus();
  }

  function showNote() {
    foot.querySelector('.note').textContent = t.noCheckout;
  }

  function renderLine({ product, variant, quantity }) {
    const step = (by, label, name) =>
      el(
        'button',
        {
          class: 'round small',
          type: 'button',
          'aria-label': `${label}: ${product.title}`,
          'data-focus': `${variant.id}${name}`,
          onclick: () => cart.set(variant.id, quantity + by),
        },
        icon(name),
      );
    return el(
      'li',
      { class: 'line' },
      el('img', { src: product.images[0].url, alt: '', width: 72, height: 72 }),
      el(
        'div',
        {},
        el('a', { href: variant.url }, product.title),
        el('p', { class: 'muted' }, product.labels?.[variant.title] ?? variant.title),
        el(
          'div',
          { class: 'stepper' },
          step(-1, t.fewer, 'minus'),
          el('span', { 'aria-label': t.quantity }, String(quantity)),
          step(1, t.more, 'plus'),
        ),
      ),
      el(
        'div',
        { class: 'line-end' },
        el('strong', {}, price({ ...variant.price, amount: variant.price.amount * quantity })),
        el(
          'button',
          {
            class: 'link',
            type: 'button',
            'aria-label': `${t.remove}: ${product.title}`,
            onclick: () => cart.set(variant.id, 0),
          },
          t.remove,
        ),
      ),
    );
  }

  cart.onChange(render);
  render();
  return drawer;
}

function totalOf(lines) {
  const amount = lines.reduce((sum, { variant, quantity }) => sum + variant.price.amount * quantity, 0);
  return { amount, currency: lines[0].variant.price.currency };
}
