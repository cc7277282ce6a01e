import { priceLine, productCard, rating } from './card.js';
import { stockText } from './catalog.js';
import { el } from './dom.js';
import { startPage } from './page.js';
import { t } from './texts.js';

await startPage((main, { products, cart, openCart }) => {
  const query = new URLSearchParams(location.search);
  const product = products.find(({ id }) => id === Number(query.get('id')));
  if (!product) {
    main.append(el('p', { class: 'nothing' }, t.unknown, ' ', el('a', { href: './' }, t.back)));
    return;
  }
  document.title = `${product.title} · Pippalo`;
  const asked = product.variants[Number(query.get('variant')) - 1];
  let chosen =
    asked ?? product.variants.find(({ availability }) => availability !== 'out_of_stock') ?? product.variants[0];

  // What search engines read, and the assistant where the shop lets it: which product this page is about.
  document.head.append(
    el(
      'script',
      { type: 'application/ld+json' },
      JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'Product',
        name: product.title,
        url: new URL(chosen.url, location.href).href,
        offers: {
          '@type': 'Offer',
          price: (chosen.price.amount / 100).toFixed(2),
          priceCurrency: chosen.price.currency,
        },
      }),
    ),
  );

  const label = (text) => product.labels?.[text] ?? text;
  const offer = el('div', { class: 'offer' });
  const status = el('p', { class: 'note', role: 'status' });

  /** The variant with this value of the option and as many of the others as there are. */
  function choose(name, value) {
    const wanted = chosen.options.map((option) => (option.name === name ? { name, value } : option));
    const agreement = (variant) =>
      variant.options.filter((option, index) => option.value === wanted[index].value).length;
    const candidates = product.variants.filter(({ options }) =>
      options.some((option) => option.name === name && option.value === value),
    );
    chosen = candidates.sort((a, b) => agreement(b) - agreement(a))[0];
    history.replaceState(null, '', chosen.url);
    status.textContent = '';
    render();
  }

  function render() {
    const soldOut = chosen.availability === 'out_of_stock';
    offer.replaceChildren(
      priceLine(chosen.price, chosen.listPrice),
      el('p', { class: `stock ${chosen.availability}` }, stockText(chosen)),
      el(
        'button',
        {
          class: 'primary wide',
          type: 'button',
          disabled: soldOut,
          onclick() {
            cart.set(chosen.id, cart.quantity(chosen.id) + 1);
            status.textContent = t.added;
            openCart();
          },
        },
        soldOut ? t.availability.out_of_stock : t.add,
      ),
    );
  }

  const groups = product.options.map(({ name, values }) =>
    el(
      'fieldset',
      { class: 'option' },
      el('legend', {}, label(name)),
      el(
        'div',
        { class: 'chips' },
        values.map((value) =>
          el(
            'label',
            { class: 'chip' },
            el('input', {
              type: 'radio',
              name,
              value,
              checked: chosen.options.some((option) => option.name === name && option.value === value),
              onchange: () => choose(name, value),
            }),
            label(value),
          ),
        ),
      ),
    ),
  );

  main.append(
    el(
      'nav',
      { class: 'crumbs', 'aria-label': t.home },
      el('a', { href: './' }, t.home),
      el('a', { href: `./?animal=${encodeURIComponent(product.animal)}#products` }, product.categories[0]),
      el(
        'a',
        { href: `./?animal=${encodeURIComponent(product.animal)}&kind=${encodeURIComponent(product.kind)}#products` },
        product.categories[1],
      ),
    ),
    el(
      'article',
      { class: 'product' },
      el('img', { class: 'product-picture', src: product.images[0].url, alt: product.title, width: 400, height: 400 }),
      el(
        'div',
        {},
        el('p', { class: 'brand-line' }, el('bdi', {}, product.brand), rating(product)),
        el('h1', {}, product.title),
        el('p', { class: 'description' }, product.description),
        groups,
        offer,
        status,
      ),
    ),
    related(product, products),
  );
  render();
});

function related(product, products) {
  const likeness = (other) => (other.animal === product.animal ? 2 : 0) + (other.kind === product.kind ? 1 : 0);
  const others = products
    .filter((other) => other !== product && other.animal === product.animal)
    .sort((a, b) => likeness(b) - likeness(a))
    .slice(0, 4);
  return el(
    'section',
    { 'aria-labelledby': 'related-title' },
    el('div', { class: 'section-head' }, el('h2', { id: 'related-title' }, t.related)),
    el(
      'div',
      { class: 'grid' },
      others.map((other) => productCard(other)),
    ),
  );
}
