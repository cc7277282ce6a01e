import { z } from 'zod';
import { rescale } from '../protocol/index.ts';
import { plainLine } from './plain-text.ts';
import { label } from './shop-text.ts';
import type { Availability, CatalogProduct, CatalogVariant, Skipped } from './types.ts';
import { isWebUrl } from './web-url.ts';
import { priceRange, salePrices } from './woocommerce-price.ts';
import { whereIs, whyNot } from './woocommerce-skip.ts';
import { descriptionOf, imagesOf, line, names, ratingOf } from './woocommerce-text.ts';

const named = z.object({ name: z.string() });
/** Digits that still are a safe integer in a currency of more decimals. */
const AMOUNT = /^\d{1,11}$/;
const amount = z.string().regex(AMOUNT, 'is no amount');
const page = z.url({ protocol: /^https?$/ }).refine(isWebUrl, 'is no address of a page');
const image = z.object({ src: z.string(), thumbnail: z.string().default(''), alt: z.string().default('') });

/** What products and variations have in common. Amounts are digits in the shop's own number of decimals. */
const sellable = z.object({
  id: z.int().positive(),
  name: z.string(),
  permalink: page,
  sku: z.string().default(''),
  on_sale: z.boolean(),
  prices: z.object({
    price: amount,
    regular_price: z.string(),
    price_range: z.object({ min_amount: amount, max_amount: amount }).nullable(),
    currency_code: z.string().regex(/^[A-Z]{3}$/),
    currency_minor_unit: z.int().min(0).max(6),
  }),
  images: z.array(image),
  is_purchasable: z.boolean(),
  is_in_stock: z.boolean(),
  is_on_backorder: z.boolean().default(false),
});

/** What is used of an item of the Store API, `GET /wp-json/wc/store/v1/products`. Its texts are HTML. */
export const storeProduct = sellable.extend({
  type: z.string(),
  short_description: z.string().default(''),
  description: z.string().default(''),
  average_rating: z.string().default('0'),
  review_count: z.int().nonnegative().catch(0),
  categories: z.array(named).default([]),
  tags: z.array(named).default([]),
  brands: z.array(named).default([]),
  attributes: z
    .array(z.object({ name: z.string(), terms: z.array(named.extend({ slug: z.string().default('') })).default([]) }))
    .default([]),
  variations: z
    .array(
      z.object({
        id: z.int(),
        attributes: z.array(z.object({ name: z.string(), value: z.string().nullable() })).default([]),
      }),
    )
    .default([]),
});
export type StoreProduct = z.infer<typeof storeProduct>;

/** An item of the same list with `type=variation`. */
export const storeVariation = sellable.extend({ parent: z.int() });
export type StoreVariation = z.infer<typeof storeVariation>;

/** The Store API writes "no price" as 0; a free product is 0 and purchasable. */
export function hasPrice(item: Pick<z.infer<typeof sellable>, 'prices' | 'is_purchasable'>): boolean {
  return item.prices.price !== '0' || item.is_purchasable;
}

/** @returns undefined when it can't be in a catalogue; `onSkip` is told why */
export function readStoreProduct(item: unknown, onSkip: (skipped: Skipped) => void): StoreProduct | undefined {
  const parsed = storeProduct.safeParse(item);
  const skip = (reason: string) => {
    onSkip({ item: whereIs('product', item), reason });
    return undefined;
  };
  if (!parsed.success) return skip(whyNot(parsed.error));
  if (plainLine(parsed.data.name) === '') return skip('it has no name');
  if (!hasPrice(parsed.data)) return skip('it has no price');
  return parsed.data;
}

/** @param variations those of this product that have a price; none where it has none, or where they were not asked for */
export function toCatalogProduct(item: StoreProduct, variations: readonly StoreVariation[]): CatalogProduct {
  const alone = { ...variantOf(item, []), title: '' };
  delete alone.url;
  delete alone.image;
  const variants = variations.map((variation) => variantOf(variation, optionsOf(item, variation.id)));
  const { price_range: range } = item.prices;
  return {
    externalId: String(item.id),
    title: label(item.name),
    url: item.permalink,
    description: descriptionOf(item),
    ...(item.brands[0] && label(item.brands[0].name) !== '' && { brand: label(item.brands[0].name) }),
    categories: names(item.categories),
    tags: names(item.tags),
    ...priceRange(variants.length > 0 ? variants : [alone]),
    ...(variants.length === 0 &&
      range && { price: { min: money(item, range.min_amount), max: money(item, range.max_amount) } }),
    availability: availabilityOf(item),
    purchasable: item.is_purchasable,
    images: imagesOf(item.images),
    options: item.attributes.map(({ name, terms }) => ({ name: label(name), values: names(terms) })),
    variants: variants.length > 0 ? variants : [alone],
    ...ratingOf(item.average_rating, item.review_count),
  };
}

function variantOf(item: z.infer<typeof sellable>, options: CatalogVariant['options']): CatalogVariant {
  const { price, regular_price: regular } = item.prices;
  const [image] = imagesOf(item.images);
  return {
    id: String(item.id),
    title: label(options.map(({ value }) => value).join(' / ')),
    ...(line(item.sku) !== '' && { sku: line(item.sku) }),
    ...salePrices(money(item, price), item.on_sale && AMOUNT.test(regular) ? money(item, regular) : undefined),
    availability: availabilityOf(item),
    options,
    ...(image && { image }),
    url: item.permalink,
  };
}

/** The list names a variation's values by their slugs ("red"), "any" by null: the shopper may choose. */
function optionsOf(product: StoreProduct, variation: number): CatalogVariant['options'] {
  const attributes = product.variations.find(({ id }) => id === variation)?.attributes ?? [];
  return attributes.flatMap(({ name, value }) => {
    if (value === null || value === '') return [];
    const terms = product.attributes.find((attribute) => attribute.name === name)?.terms ?? [];
    const term = terms.find(({ slug }) => slug === value) ?? terms.find(({ name }) => name === value);
    return [{ name: label(name), value: label(term?.name ?? value) }];
  });
}

function money(item: z.infer<typeof sellable>, digits: string) {
  return rescale(Number(digits), item.prices.currency_minor_unit, item.prices.currency_code);
}

function availabilityOf(item: z.infer<typeof sellable>): Availability {
  if (item.is_on_backorder) return 'backorder';
  return item.is_in_stock ? 'in_stock' : 'out_of_stock';
}
