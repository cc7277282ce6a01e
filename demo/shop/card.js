import { price } from './catalog.js';
import { el, icon } from './dom.js';
import { t } from './texts.js';

export function productCard(product, { eager = false } = {}) {
  const soldOut = product.availability === 'out_of_stock';
  return el(
    'a',
    { class: 'card', href: product.url },
    el(
      'div',
      { class: 'picture' },
      el('img', {
        src: product.images[0].url,
        alt: '',
        width: 400,
        height: 400,
        loading: eager ? 'eager' : 'lazy',
        decoding: 'async',
      }),
      soldOut
        ? el('span', { class: 'badge quiet' }, t.availability.out_of_stock)
        : product.listPrice && el('span', { class: 'badge' }, t.sale),
    ),
    el('p', { class: 'brand-line' }, el('bdi', {}, product.brand), rating(product)),
    el('h3', {}, product.title),
    priceLine(product.price.min, product.listPrice, product.price.max.amount > product.price.min.amount),
  );
}

export function priceLine(now, before, from = false) {
  return el(
    'p',
    { class: 'price' },
    from && el('span', { class: 'muted' }, t.from),
    el('strong', { class: before ? 'sale' : undefined }, price(now)),
    before && el('s', {}, el('span', { class: 'hidden' }, `${t.was} `), price(before)),
  );
}

export function rating({ rating }) {
  if (!rating) return null;
  const { value, count } = rating;
  return el(
    'span',
    { class: 'rating', role: 'img', 'aria-label': t.rating(value, count) },
    icon('star'),
    value.toFixed(1),
  );
}
