import { createCart, createDrawer } from './cart.js';
import { loadProducts } from './catalog.js';
import { el, icon } from './dom.js';
import { language, t } from './texts.js';

/** Loads the catalogue, draws what all pages share, and hands over to `render(main, { products, cart, openCart })`. */
export async function startPage(render) {
  document.querySelector('.skip').textContent = t.skip;
  document.querySelector('footer.site').append(el('p', {}, t.footer), stores());
  const main = document.querySelector('main');
  const header = document.querySelector('header.site');
  let products;
  try {
    products = await loadProducts();
  } catch (error) {
    header.append(brand());
    main.append(el('p', { class: 'failed', role: 'alert' }, t.failed));
    throw error;
  }
  const cart = createCart(products);
  const drawer = createDrawer(cart);
  const openCart = () => drawer.showModal();
  header.append(brand(), navigation(products), languageSwitch(), cartButton(cart, openCart));
  document.body.append(drawer);
  render(main, { products, cart, openCart });
  if (new URLSearchParams(location.search).has('cart')) openCart();
}

function brand() {
  const name = language === 'he' ? 'פיפאלו' : 'Pippalo';
  return el('a', { class: 'brand', href: './' }, el('span', { class: 'mark' }, icon('paw')), name);
}

/** The categories' names in the page's language, by their English ones, in the catalogue's order. */
export function animalsOf(products) {
  return new Map(products.map((product) => [product.animal, product.categories[0]]));
}

function navigation(products) {
  const here = new URLSearchParams(location.search).get('animal');
  const links = [...animalsOf(products)].map(([animal, name]) =>
    el(
      'a',
      { href: `./?animal=${encodeURIComponent(animal)}#products`, 'aria-current': here === animal && 'page' },
      name,
    ),
  );
  return el('nav', { 'aria-label': t.slogan }, links);
}

/** The same shop once more for each kind of cart. */
function stores() {
  const here = document.documentElement.dataset.cart ?? '';
  const links = Object.entries(t.carts).flatMap(([kind, name]) => {
    const path = kind === '' ? '/demo/' : `/demo/${kind}/`;
    return [' · ', el('a', { href: path, 'aria-current': here === kind && 'page' }, name)];
  });
  return el('p', {}, t.stores, links);
}

function languageSwitch() {
  const [other, name] = language === 'he' ? ['en', 'English'] : ['he', 'עברית'];
  const there = new URL(location.href);
  there.searchParams.set('lang', other);
  return el('a', { class: 'language', href: there.href, lang: other, hreflang: other }, name);
}

function cartButton(cart, openCart) {
  const badge = el('span', { class: 'count', 'aria-hidden': 'true' });
  const button = el('button', { class: 'round cart', type: 'button', onclick: openCart }, icon('cart'), badge);
  const update = () => {
    badge.textContent = String(cart.count());
    badge.hidden = cart.count() === 0;
    button.setAttribute('aria-label', t.cart(cart.count()));
  };
  cart.onChange(update);
  update();
  return button;
}
