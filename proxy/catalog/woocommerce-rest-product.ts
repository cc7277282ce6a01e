import { z } from 'zod';
import { parseAmount } from './amount.ts';
import { label, labels } from './shop-text.ts';
import type { Availability, CatalogProduct, CatalogVariant } from './types.ts';
import { isWebUrl } from './web-url.ts';
import { priceRange, salePrices } from './woocommerce-price.ts';
import { descriptionOf, imagesOf, line, names, ratingOf } from './woocommerce-text.ts';

const named = z.object({ name: z.string() });
const page = z.url({ protocol: /^https?$/ }).refine(isWebUrl, 'is no address of a page');
const image = z.object({ src: z.string().default(''), thumbnail: z.string().default(''), alt: z.string().default('') });

/** What products and variations have in common. Prices are decimals in the shop's currency, "" where there is none. */
const sellable = z.object({
  id: z.int().positive(),
  permalink: page,
  status: z.string(),
  sku: z.string().nullable().default(''),
  price: z.string(),
  regular_price: z.string(),
  on_sale: z.boolean(),
  purchasable: z.boolean(),
  stock_status: z.string(),
  stock_quantity: z.number().nullable().catch(null),
});
type Sellable = z.infer<typeof sellable>;

/** What is used of an item of REST v3, `GET /wp-json/wc/v3/products`. */
export const restProduct = sellable.extend({
  name: z.string(),
  type: z.string(),
  catalog_visibility: z.string(),
  /** WooCommerce that is too old doesn't send it; its protected products can't be told apart. */
  post_password: z.string().default(''),
  short_description: z.string().default(''),
  description: z.string().default(''),
  average_rating: z.string().default('0'),
  rating_count: z.int().nonnegative().catch(0),
  images: z.array(image),
  categories: z.array(named).default([]),
  tags: z.array(named).default([]),
  brands: z.array(named).default([]),
  attributes: z.array(z.object({ name: z.string(), options: z.array(z.string()).default([]) })).default([]),
  variations: z.array(z.int().positive()).default([]),
});
export type RestProduct = z.infer<typeof restProduct>;

/** An item of `/products/ID/variations`. Its attributes are named in words; an "any" attribute isn't there. */
export const restVariation = sellable.extend({
  image: image.nullable().catch(null),
  attributes: z.array(z.object({ name: z.string(), option: z.string() })).default([]),
});
export type RestVariation = z.infer<typeof restVariation>;

/** Asked for and nothing else: `downloads` has the addresses of files that are paid for. */
export const PRODUCT_FIELDS = Object.keys(restProduct.shape).join(',');
export const VARIATION_FIELDS = Object.keys(restVariation.shape).join(',');

/** What any visitor of the shop may see. Lists have drafts as well, and single products even the trash. */
export function isPublic(item: Pick<RestProduct, 'status' | 'catalog_visibility' | 'post_password' | 'type'>): boolean {
  const { status, catalog_visibility, post_password, type } = item;
  return status === 'publish' && catalog_visibility !== 'hidden' && post_password === '' && type !== 'variation';
}

/**
 * @param variations the published ones, of a variable product
 * @returns undefined when it has no price
 */
export function toCatalogProduct(
  item: RestProduct,
  variations: readonly RestVariation[],
  currency: string,
): CatalogProduct | undefined {
  const priced = variations.flatMap((variation) => variantOf(variation, currency) ?? []);
  const alone = item.type === 'variable' ? undefined : variantOf(item, currency);
  const variants = priced.length > 0 ? priced : alone ? [alone] : [];
  if (variants.length === 0) return undefined;
  const [brand] = names(item.brands);
  return {
    externalId: String(item.id),
    title: label(item.name),
    url: item.permalink,
    description: descriptionOf(item),
    ...(brand !== undefined && { brand }),
    categories: names(item.categories),
    tags: names(item.tags),
    ...priceRange(variants),
    availability: availabilityOf(item),
    purchasable: item.purchasable,
    images: imagesOf(item.images),
    options: item.attributes.map(({ name, options }) => ({
      name: label(name),
      values: labels(options),
    })),
    variants,
    ...ratingOf(item.average_rating, item.rating_count),
  };
}

/** `regular_price` counts only during a sale: a sale that is planned has its `sale_price` already. */
function variantOf(item: Sellable | RestVariation, currency: string): CatalogVariant | undefined {
  const price = parseAmount(item.price, currency);
  if (!price) return undefined;
  const variation = 'attributes' in item && 'image' in item ? item : undefined;
  const options = (variation?.attributes ?? []).map(({ name, option }) => ({
    name: label(name),
    value: label(option),
  }));
  const [picture] = imagesOf(variation?.image ? [variation.image] : []);
  const sku = line(item.sku ?? '');
  return {
    id: String(item.id),
    title: label(options.map(({ value }) => value).join(' / ')),
    ...(sku !== '' && { sku }),
    ...salePrices(price, item.on_sale ? parseAmount(item.regular_price, currency) : undefined),
    availability: availabilityOf(item),
    ...(item.stock_quantity !== null && { quantity: item.stock_quantity }),
    options,
    ...(picture && { image: picture }),
    ...(variation && { url: item.permalink }),
  };
}

const AVAILABILITY: Readonly<Record<string, Availability>> = {
  instock: 'in_stock',
  outofstock: 'out_of_stock',
  onbackorder: 'backorder',
};

/** By the stock alone: `purchasable` is true of what is sold out. */
function availabilityOf({ stock_status: status }: Sellable): Availability {
  return (Object.hasOwn(AVAILABILITY, status) ? AVAILABILITY[status] : undefined) ?? 'unknown';
}
