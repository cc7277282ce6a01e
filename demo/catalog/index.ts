import type { Availability, CatalogProduct, CatalogVariant, Money } from '../../proxy/catalog/types.ts';
import { unitPriceOf } from '../../proxy/catalog/unit-price.ts';
import { birds } from './birds.ts';
import { cats } from './cats.ts';
import { dogs } from './dogs.ts';
import { CATEGORIES, type Entry } from './entry.ts';
import { fish } from './fish.ts';
import { inHebrew } from './labels.ts';
import { smallPets } from './small-pets.ts';

export const entries: readonly Entry[] = [...dogs, ...cats, ...smallPets, ...birds, ...fish];

/** The stores that sell it all, one for each kind of cart, and where their pages are. */
export const STORES = {
  '': { product: (id: number) => `/demo/product.html?id=${id}`, more: '&' },
  'woocommerce/': { product: (id: number) => `/demo/woocommerce/product.html?id=${id}`, more: '&' },
  // As Shopify's pages: the handle is in the path.
  'shopify/': { product: (id: number) => `/demo/shopify/products/${id}`, more: '?' },
} as const;

export type Store = keyof typeof STORES;

/** URLs are paths: whoever loads the catalogue resolves them against the shop's own address. */
export function toProduct(entry: Entry, store: Store = ''): CatalogProduct {
  const { id, brand, en, he, tags, rating } = entry;
  const url = STORES[store].product(id);
  const names = entry.options?.split(' / ') ?? [];
  const variants = entry.variants.map((_, index) => ({
    ...toVariant(entry, index, names),
    url: `${url}${STORES[store].more}variant=${index + 1}`,
  }));
  const cheapest = variants.reduce((low, variant) => (variant.price.amount < low.price.amount ? variant : low));
  const dearest = variants.reduce((high, variant) => (variant.price.amount > high.price.amount ? variant : high));
  const words = variants.flatMap(({ title, options }) => [
    title,
    ...options.flatMap(({ name, value }) => [name, value]),
  ]);
  const labels = Object.fromEntries(
    names.length === 0
      ? []
      : [...new Set(words)].flatMap((word) => {
          const hebrew = inHebrew(word);
          return hebrew === null ? [] : [[word, hebrew]];
        }),
  );
  const availability = best(variants.map((variant) => variant.availability));
  return {
    externalId: String(id),
    id,
    title: en[0],
    url,
    description: en[1],
    brand,
    categories: entry.categories.map((key) => CATEGORIES[key][0]),
    tags: [...tags],
    price: { min: cheapest.price, max: dearest.price },
    ...(cheapest.listPrice && { listPrice: cheapest.listPrice }),
    availability,
    purchasable: true,
    images: [{ url: `/demo/pictures/${id}.svg`, alt: en[0], width: 400, height: 400 }],
    options: names.map((name, index) => ({
      name,
      values: [...new Set(variants.map((variant) => variant.options[index]!.value))],
    })),
    variants,
    ...(rating && { rating: { value: rating[0], count: rating[1] } }),
    lang: 'en',
    translations: {
      he: {
        title: he[0],
        description: he[1],
        categories: entry.categories.map((key) => CATEGORIES[key][1]),
        ...(Object.keys(labels).length > 0 && { labels }),
      },
    },
  };
}

function toVariant(entry: Entry, index: number, names: readonly string[]): CatalogVariant {
  const [title, price, { was, stock } = {}] = entry.variants[index]!;
  const unitPrice = /\d (?:kg|L)$/.test(title) ? unitPriceOf(shekels(price), title) : undefined;
  const values = names.length > 1 ? title.split(' / ') : [title];
  return {
    // As shops number them: the one variant of a product without options is the product.
    id: String(names.length === 0 ? entry.id : entry.id * 100 + index + 1),
    title,
    sku: `PIP-${entry.id}-${index + 1}`,
    price: shekels(price),
    ...(was !== undefined && { listPrice: shekels(was) }),
    ...(unitPrice && { unitPrice }),
    availability: stock === 'backorder' ? 'backorder' : stock === 0 ? 'out_of_stock' : 'in_stock',
    ...(typeof stock === 'number' && { quantity: stock }),
    options: names.map((name, at) => ({ name, value: values[at]! })),
  };
}

/** A product is as available as its most available variant. */
function best(all: readonly Availability[]): Availability {
  return (['in_stock', 'backorder'] as const).find((one) => all.includes(one)) ?? 'out_of_stock';
}

function shekels(price: number): Money {
  return { amount: Math.round(price * 100), currency: 'ILS' };
}
