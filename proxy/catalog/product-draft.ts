import { productSchema } from './product-schema.ts';
import { description, label, labels } from './shop-text.ts';
import type { Availability, CatalogProduct, CatalogVariant, Money, UnitPrice } from './types.ts';
import { isWebUrl } from './web-url.ts';

/** Why one item is left out, in words for the shop's owner; the source knows where it stands. */
export class ItemError extends Error {
  override readonly name = 'ItemError';
}

/** What a feed or an export says of a product. Texts may hold HTML, URLs may be anything. */
export interface ProductDraft {
  externalId: string;
  title: string;
  url: string;
  description: string;
  brand?: string | undefined;
  categories: readonly string[];
  tags: readonly string[];
  images: readonly { url: string; alt?: string | undefined }[];
  /** In the shop's order. */
  variants: readonly VariantDraft[];
  purchasable?: boolean;
  rating?: { value: number; count: number } | undefined;
  lang?: string | undefined;
}

export interface VariantDraft {
  id: string;
  title?: string | undefined;
  sku?: string | undefined;
  price: Money;
  /** Counts only when it is higher than the price. */
  listPrice?: Money | undefined;
  unitPrice?: UnitPrice | undefined;
  availability: Availability;
  quantity?: number | undefined;
  options: readonly { name: string; value: string }[];
  image?: string | undefined;
  url?: string | undefined;
}

const MAX_IMAGES = 50;
export const MAX_VARIANTS = 1_000;

/** @throws ItemError when it can't be sold like this */
export function productOf(draft: ProductDraft): CatalogProduct {
  const title = label(draft.title);
  if (title === '') throw new ItemError('it has no title');
  if (title.includes('\ufffd')) throw new ItemError('its title holds characters of another encoding than the file');
  if (!isAbsolute(draft.url)) throw new ItemError('its link is no http(s) address');
  const variants = draft.variants.slice(0, MAX_VARIANTS).map(variantOf);
  const cheapest = variants.reduce<CatalogVariant | undefined>(cheaper, undefined);
  if (cheapest === undefined) throw new ItemError('it has no variant');
  const ids = new Set<string>();
  for (const { id } of variants) {
    if (ids.has(id)) throw new ItemError(`two of its variants have the same id, "${label(id)}"`);
    ids.add(id);
  }
  const highest = variants.reduce((max, { price }) => (price.amount > max.amount ? price : max), cheapest.price);
  const product: CatalogProduct = {
    externalId: draft.externalId,
    title,
    url: draft.url,
    description: description(draft.description),
    ...(label(draft.brand ?? '') !== '' && { brand: label(draft.brand ?? '') }),
    categories: labels(draft.categories),
    tags: labels(draft.tags),
    price: { min: cheapest.price, max: highest },
    ...(cheapest.listPrice && { listPrice: cheapest.listPrice }),
    availability: bestOf(variants),
    purchasable: draft.purchasable ?? true,
    images: imagesOf(draft.images),
    options: optionsOf(variants),
    variants,
    ...(draft.rating && { rating: draft.rating }),
    ...(draft.lang !== undefined && { lang: draft.lang }),
  };
  return checked(product);
}

function checked(product: CatalogProduct): CatalogProduct {
  const parsed = productSchema.safeParse(product);
  if (parsed.success) return product;
  const [issue] = parsed.error.issues;
  throw new ItemError(`${issue?.path.join('.')}: ${issue?.message}`);
}

function variantOf(draft: VariantDraft): CatalogVariant {
  const { id, price, listPrice, unitPrice, availability, quantity, image, url } = draft;
  const options = draft.options
    .map(({ name, value }) => ({ name: label(name), value: label(value) }))
    .filter(({ name, value }) => name !== '' && value !== '');
  return {
    id,
    title: label(draft.title ?? options.map(({ value }) => value).join(' / ')),
    ...(label(draft.sku ?? '') !== '' && { sku: label(draft.sku ?? '') }),
    price,
    ...(listPrice && listPrice.currency === price.currency && listPrice.amount > price.amount && { listPrice }),
    ...(unitPrice && { unitPrice }),
    availability,
    ...(quantity !== undefined && Number.isFinite(quantity) && { quantity }),
    options,
    ...(image !== undefined && isAbsolute(image) && { image: { url: image } }),
    ...(url !== undefined && isAbsolute(url) && { url }),
  };
}

/** @throws ItemError for prices of two currencies, which can't be compared */
function cheaper(a: CatalogVariant | undefined, b: CatalogVariant): CatalogVariant {
  if (a !== undefined && a.price.currency !== b.price.currency) {
    throw new ItemError(`it has prices in ${a.price.currency} and in ${b.price.currency}`);
  }
  return a === undefined || b.price.amount < a.price.amount ? b : a;
}

const BEST_FIRST: readonly Availability[] = ['in_stock', 'backorder', 'preorder', 'unknown', 'out_of_stock'];

function bestOf(variants: readonly CatalogVariant[]): Availability {
  const some = new Set(variants.map(({ availability }) => availability));
  return BEST_FIRST.find((availability) => some.has(availability)) ?? 'discontinued';
}

function optionsOf(variants: readonly CatalogVariant[]): { name: string; values: string[] }[] {
  const options = new Map<string, Set<string>>();
  for (const { name, value } of variants.flatMap((variant) => variant.options)) {
    options.set(name, (options.get(name) ?? new Set()).add(value));
  }
  return [...options].map(([name, values]) => ({ name, values: [...values] }));
}

function imagesOf(images: ProductDraft['images']): CatalogProduct['images'] {
  const byUrl = new Map<string, { url: string; alt?: string }>();
  for (const { url, alt } of images) {
    const text = label(alt ?? '');
    if (isAbsolute(url) && !byUrl.has(url)) byUrl.set(url, { url, ...(text !== '' && { alt: text }) });
  }
  return [...byUrl.values()].slice(0, MAX_IMAGES);
}

/** A relative address would lead to the proxy, not to the shop. */
function isAbsolute(url: string): boolean {
  return isWebUrl(url) && URL.canParse(url);
}
