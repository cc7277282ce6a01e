import { language, t } from './texts.js';

/** The catalogue's products with their texts in the page's language. `animal` and `kind` are its English category names. */
export async function loadProducts() {
  const response = await fetch('catalog.json');
  if (!response.ok) throw new Error(`catalog.json was answered with ${response.status}.`);
  const { products } = await response.json();
  return products.map((product) => {
    const translated = product.translations?.[language] ?? {};
    const [animal, kind] = product.categories;
    // Here the store's pages stand side by side, whatever their addresses are elsewhere.
    const url = `product.html?id=${product.id}`;
    const variants = product.variants.map((variant, at) => ({ ...variant, url: `${url}&variant=${at + 1}` }));
    return { ...product, ...translated, animal, kind, url, variants };
  });
}

const formats = new Map();

export function price({ amount, currency }) {
  if (!formats.has(currency)) formats.set(currency, new Intl.NumberFormat(language, { style: 'currency', currency }));
  return formats.get(currency).format(amount / 100);
}

export function stockText({ availability, quantity }) {
  return availability === 'in_stock' && quantity !== undefined ? t.left(quantity) : t.availability[availability];
}
