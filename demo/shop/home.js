import { productCard } from './card.js';
import { el } from './dom.js';
import { animalsOf, startPage } from './page.js';
import { t } from './texts.js';

const SORTS = {
  featured: () => 0,
  cheap: (a, b) => a.price.min.amount - b.price.min.amount,
  dear: (a, b) => b.price.min.amount - a.price.min.amount,
  rated: (a, b) => (b.rating?.value ?? 0) - (a.rating?.value ?? 0),
};
/** Pictures of the hero: the dog in his coat, the tank, the carrier, the bird. */
const HERO = [122, 167, 146, 163];

await startPage((main, { products }) => {
  const filters = filtersFromUrl();
  const results = el('div', { class: 'grid' });
  const bar = el('div', { class: 'filters' });
  const count = el('p', { class: 'muted', role: 'status' });

  function set(change) {
    Object.assign(filters, change);
    history.replaceState(null, '', urlOf(filters));
    render();
  }

  function render() {
    const ofAnimal = products.filter(({ animal }) => !filters.animal || animal === filters.animal);
    const kinds = new Map(ofAnimal.map((product) => [product.kind, product.categories[1]]));
    if (!kinds.has(filters.kind)) filters.kind = '';
    const shown = ofAnimal
      .filter(({ kind }) => !filters.kind || kind === filters.kind)
      .filter(({ listPrice }) => !filters.sale || listPrice)
      .filter(({ availability }) => !filters.stock || availability === 'in_stock')
      .sort(SORTS[filters.sort]);
    // The chips are made anew, so the focus has to be carried over.
    const focused = document.activeElement?.closest('.filters') && document.activeElement.dataset.focus;
    bar.replaceChildren(chips(kinds), options());
    if (focused) bar.querySelector(`[data-focus="${focused}"]`)?.focus();
    count.textContent = t.found(shown.length);
    results.replaceChildren(...shown.map((product, index) => productCard(product, { eager: index < 4 })));
    if (shown.length === 0) results.append(nothing());
  }

  function chips(kinds) {
    const chip = (kind, name) =>
      el(
        'button',
        {
          class: 'chip',
          type: 'button',
          'aria-pressed': String(filters.kind === kind),
          'data-focus': `kind-${kind}`,
          onclick: () => set({ kind }),
        },
        name,
      );
    return el(
      'div',
      { class: 'chips' },
      chip('', t.everyKind),
      [...kinds].map(([kind, name]) => chip(kind, name)),
    );
  }

  function options() {
    const check = (name, text) =>
      el(
        'label',
        { class: 'check' },
        el('input', {
          type: 'checkbox',
          checked: filters[name],
          'data-focus': name,
          onchange: (event) => set({ [name]: event.target.checked }),
        }),
        text,
      );
    const sorts = Object.entries(t.sorts).map(([value, text]) =>
      el('option', { value, selected: filters.sort === value }, text),
    );
    return el(
      'div',
      { class: 'options' },
      check('sale', t.onSale),
      check('stock', t.inStock),
      el(
        'label',
        { class: 'sort' },
        `${t.sort} `,
        el('select', { 'data-focus': 'sort', onchange: (event) => set({ sort: event.target.value }) }, sorts),
      ),
    );
  }

  function nothing() {
    return el(
      'p',
      { class: 'nothing' },
      `${t.nothing} `,
      el(
        'button',
        { class: 'link', type: 'button', onclick: () => set({ kind: '', sale: false, stock: false }) },
        t.reset,
      ),
    );
  }

  const title = animalsOf(products).get(filters.animal) ?? t.allAnimals;
  main.append(
    hero(products),
    el(
      'section',
      { id: 'products', 'aria-labelledby': 'products-title' },
      el('div', { class: 'section-head' }, el('h2', { id: 'products-title' }, title), count),
      bar,
      results,
    ),
  );
  render();
  if (location.hash === '#products') document.querySelector('#products').scrollIntoView();
});

function hero(products) {
  const pictures = HERO.map((id) => products.find((product) => product.id === id)).filter(Boolean);
  return el(
    'section',
    { class: 'hero' },
    el(
      'div',
      { class: 'hero-text' },
      el('h1', {}, t.heroTitle),
      el('p', {}, t.heroText),
      el('a', { class: 'primary', href: './?sale=1#products' }, t.heroAction),
      el('p', { class: 'hint' }, t.heroHint),
    ),
    el(
      'div',
      { class: 'hero-pictures', 'aria-hidden': 'true' },
      pictures.map(({ images }) => el('img', { src: images[0].url, alt: '', width: 400, height: 400 })),
    ),
  );
}

function filtersFromUrl() {
  const query = new URLSearchParams(location.search);
  const sort = query.get('sort');
  return {
    animal: query.get('animal') ?? '',
    kind: query.get('kind') ?? '',
    sale: query.has('sale'),
    stock: query.has('stock'),
    sort: Object.hasOwn(SORTS, sort ?? '') ? sort : 'featured',
  };
}

function urlOf({ animal, kind, sale, stock, sort }) {
  const query = new URLSearchParams();
  if (animal) query.set('animal', animal);
  if (kind) query.set('kind', kind);
  if (sale) query.set('sale', '1');
  if (stock) query.set('stock', '1');
  if (sort !== 'featured') query.set('sort', sort);
  return `?${query}`;
}
