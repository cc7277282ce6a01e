import type { Availability, CatalogProduct, CatalogVariant, Money } from '../../proxy/catalog/types.ts';
import { birds } from './birds.ts';
import { cats } from './cats.ts';
import { dogs } from './dogs.ts';
import { CATEGORIES, type Entry } from './entry.ts';
import { fish } from './fish.ts';
import { smallPets } from './small-pets.ts';

export const entries: readonly Entry[] = [...dogs, ...cats, ...smallPets, ...birds, ...fish];

/** URLs are paths: whoever loads the catalogue resolves them against the shop's own address. */
export function toProduct(entry: Entry): CatalogProduct {
  const { id, brand, en, he, tags, rating } = entry;
  const url = `/demo/product.html?id=${id}`;
  const names = entry.options?.split(' / ') ?? [];
  const variants = entry.variants.map((_, index) => toVariant(entry, index, names));
  const cheapest = variants.reduce((low, variant) => (variant.price.amount < low.price.amount ? variant : low));
  const dearest = variants.reduce((high, variant) => (variant.price.amount > high.price.amount ? variant : high));
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
      he: { title: he[0], description: he[1], categories: entry.categories.map((key) => CATEGORIES[key][1]) },
    },
  };
}

function toVariant(entry: Entry, index: number, names: readonly string[]): CatalogVariant {
  const [title, price, { was, stock } = {}] = entry.variants[index]!;
  const values = names.length > 1 ? title.split(' / ') : [title];
  return {
    id: `${entry.id}-${index + 1}`,
    title,
    sku: `PIP-${entry.id}-${index + 1}`,
    price: shekels(price),
    ...(was !== undefined && { listPrice: shekels(was) }),
    availability: stock === 'backorder' ? 'backorder' : stock === 0 ? 'out_of_stock' : 'in_stock',
    ...(typeof stock === 'number' && { quantity: stock }),
    options: names.map((name, at) => ({ name, value: values[at]! })),
    url: `/demo/product.html?id=${entry.id}&variant=${index + 1}`,
  };
}

/** A product is as available as its most available variant. */
function best(all: readonly Availability[]): Availability {
  return (['in_stock', 'backorder'] as const).find((one) => all.includes(one)) ?? 'out_of_stock';
}

function shekels(price: number): Money {
  return { amount: Math.round(price * 100), currency: 'ILS' };
}
