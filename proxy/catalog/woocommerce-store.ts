import { z } from 'zod';
import { rescale } from '../protocol/index.ts';
import { plainLine, plainText } from './plain-text.ts';
import type { Availability, CatalogProduct } from './types.ts';
import { isWebUrl } from './web-url.ts';

const MAX_LABEL = 300;
const MAX_DESCRIPTION = 2_000;

const named = z.object({ name: z.string() });
/** Digits that still are a safe integer in a currency of more decimals. */
const AMOUNT = /^\d{1,11}$/;
const amount = z.string().regex(AMOUNT, 'is no amount');

/**
 * What is used of an item of WooCommerce's Store API, `GET /wp-json/wc/store/v1/products`. Its amounts are digits in
 * the shop's own number of decimals; its texts are HTML.
 */
const storeProduct = z.object({
  id: z.int().positive(),
  name: z.string(),
  permalink: z.url({ protocol: /^https?$/ }).refine(isWebUrl),
  sku: z.string().default(''),
  type: z.string(),
  short_description: z.string().default(''),
  description: z.string().default(''),
  on_sale: z.boolean(),
  prices: z.object({
    price: amount,
    regular_price: z.string(),
    price_range: z.object({ min_amount: amount, max_amount: amount }).nullable(),
    currency_code: z.string().regex(/^[A-Z]{3}$/),
    currency_minor_unit: z.int().min(0).max(6),
  }),
  average_rating: z.string().default('0'),
  review_count: z.int().nonnegative().catch(0),
  images: z.array(z.object({ src: z.string(), thumbnail: z.string().default(''), alt: z.string().default('') })),
  categories: z.array(named).default([]),
  tags: z.array(named).default([]),
  brands: z.array(named).default([]),
  attributes: z.array(z.object({ name: z.string(), terms: z.array(named).default([]) })).default([]),
  is_purchasable: z.boolean(),
  is_in_stock: z.boolean(),
  is_on_backorder: z.boolean().default(false),
});
type StoreProduct = z.infer<typeof storeProduct>;

/** The list itself, or an exchange recorded with it. */
const storeAnswer = z.union([
  z.array(z.unknown()),
  z.object({ response: z.object({ body: z.array(z.unknown()) }) }).transform((exchange) => exchange.response.body),
]);

export interface Imported {
  products: CatalogProduct[];
  /** Items left out, each with its reason. */
  skipped: { item: string; reason: string }[];
}

/**
 * Reads an answer of the Store API.
 * @throws when it isn't one; single items that make no sense are skipped and listed instead
 */
export function readStoreProducts(json: unknown): Imported {
  const answer = storeAnswer.safeParse(json);
  if (!answer.success) {
    throw new Error(
      'This is no product list of the WooCommerce Store API: expected what /wp-json/wc/store/v1/products answers.',
    );
  }
  const result: Imported = { products: [], skipped: [] };
  for (const [index, item] of answer.data.entries()) {
    const parsed = storeProduct.safeParse(item);
    const label = `#${index + 1}${parsed.success ? ` "${plainLine(parsed.data.name)}"` : ''}`;
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      result.skipped.push({ item: label, reason: `${issue?.path.join('.')}: ${issue?.message}` });
    } else if (plainLine(parsed.data.name) === '') {
      result.skipped.push({ item: label, reason: 'it has no name' });
    } else if (parsed.data.prices.price === '0' && !parsed.data.is_purchasable) {
      // The Store API writes "no price" as 0; a free product is 0 and purchasable.
      result.skipped.push({ item: label, reason: 'it has no price' });
    } else {
      result.products.push(toCatalogProduct(parsed.data));
    }
  }
  return result;
}

function toCatalogProduct(item: StoreProduct): CatalogProduct {
  const { prices } = item;
  const money = (digits: string) => rescale(Number(digits), prices.currency_minor_unit, prices.currency_code);
  const price = money(prices.price);
  const onSale =
    item.on_sale && AMOUNT.test(prices.regular_price) && Number(prices.regular_price) > Number(prices.price);
  const listPrice = onSale ? { listPrice: money(prices.regular_price) } : {};
  const externalId = String(item.id);
  const availability = availabilityOf(item);
  const rating = Number(item.average_rating);
  return {
    externalId,
    title: label(item.name),
    url: item.permalink,
    description: cut(
      [item.short_description, item.description].map(plainText).filter(Boolean).join('\n\n'),
      MAX_DESCRIPTION,
    ),
    ...(item.brands[0] && { brand: label(item.brands[0].name) }),
    categories: item.categories.map(({ name }) => label(name)),
    tags: item.tags.map(({ name }) => label(name)),
    price: prices.price_range
      ? { min: money(prices.price_range.min_amount), max: money(prices.price_range.max_amount) }
      : { min: price, max: price },
    ...listPrice,
    availability,
    purchasable: item.is_purchasable,
    images: item.images
      .map(({ src, thumbnail, alt }) => ({
        url: thumbnail || src,
        ...(alt !== '' && { alt: label(alt) }),
      }))
      .filter((image) => isWebUrl(image.url)),
    options: item.attributes.map(({ name, terms }) => ({
      name: label(name),
      values: terms.map((term) => label(term.name)),
    })),
    // The list says which variations there are but not what each costs, so the product stands for all of them.
    variants: [
      {
        id: externalId,
        title: '',
        ...(item.sku !== '' && { sku: cut(item.sku, MAX_LABEL) }),
        price,
        ...listPrice,
        availability,
        options: [],
      },
    ],
    ...(item.review_count > 0 && isRating(rating) && { rating: { value: rating, count: item.review_count } }),
  };
}

function isRating(value: number): boolean {
  return value >= 0 && value <= 5;
}

/** A name on one line, no longer than a catalogue file takes. */
function label(html: string): string {
  return cut(plainLine(html), MAX_LABEL);
}

/** At most `length` UTF-16 code units, no pair of surrogates cut in two. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
}

function availabilityOf(item: StoreProduct): Availability {
  if (item.is_on_backorder) return 'backorder';
  return item.is_in_stock ? 'in_stock' : 'out_of_stock';
}
