import { parsePrice } from './amount.ts';
import { cut, label } from './shop-text.ts';
import { ItemError, type VariantDraft } from './product-draft.ts';
import type { Availability, Money } from './types.ts';
import { unitPriceOf } from './unit-price.ts';

/** An item of a feed before it is understood: attributes by name, each with its values. */
export interface MerchantItem {
  line: number;
  fields: ReadonlyMap<string, readonly string[]>;
}

/** An item of a feed: one variant, and what it says of its product. */
export interface MerchantRow {
  line: number;
  group: string | undefined;
  title: string;
  url: string;
  description: string;
  brand: string | undefined;
  categories: string[];
  images: string[];
  variant: VariantDraft;
}

/** By these the variants of a group differ (support.google.com/merchants/answer/6324507). */
const OPTIONS = ['color', 'size', 'material', 'pattern', 'gender', 'age_group'] as const;

const AVAILABILITY: Record<string, Availability> = {
  instock: 'in_stock',
  availablefororder: 'in_stock',
  limitedavailability: 'in_stock',
  outofstock: 'out_of_stock',
  soldout: 'out_of_stock',
  preorder: 'preorder',
  presale: 'preorder',
  backorder: 'backorder',
  discontinued: 'discontinued',
};

/** Much more than Google takes, and little enough for 100,000 rows on the disk. */
const MAX_DESCRIPTION = 20_000;

/** @throws ItemError when it can't be sold like this */
export function merchantRow({ line, fields }: MerchantItem, now: Date): MerchantRow {
  const one = (name: string) => fields.get(name)?.[0];
  const all = (name: string) => fields.get(name) ?? [];
  const id = one('id');
  if (id === undefined) throw new ItemError('it has no id');
  const url = one('link');
  if (url === undefined) throw new ItemError('it has no link');
  const title = one('title') ?? '';
  const image = one('image_link');
  const prices = pricesOf(one('price'), one('sale_price'), one('sale_price_effective_date'), now);
  const content = one('unit_pricing_measure');
  const more = all('additional_image_link').flatMap((value) => value.split(/,(?=\s*https?:)/));
  return {
    line,
    group: one('item_group_id'),
    title,
    url,
    description: cut(one('description') ?? one('summary') ?? one('content') ?? '', MAX_DESCRIPTION),
    brand: one('brand'),
    categories: all('product_type').flatMap((value) => value.split(/[>,]/)),
    images: [image ?? '', ...more].map((link) => link.trim()).filter(Boolean),
    variant: {
      id,
      sku: one('mpn') ?? one('gtin'),
      ...prices,
      unitPrice:
        content === undefined ? undefined : unitPriceOf(prices.price, content, one('unit_pricing_base_measure')),
      availability: availabilityOf(one('availability')),
      options: OPTIONS.flatMap((name) => {
        const value = one(name);
        return value === undefined ? [] : [{ name: label(name.replace('_', ' ')), value }];
      }),
      image,
      url,
    },
  };
}

function pricesOf(price: string | undefined, sale: string | undefined, dates: string | undefined, now: Date) {
  if (price === undefined) throw new ItemError('it has no price');
  const full = parsePrice(price);
  if (full === undefined)
    throw new ItemError(`its price "${price.slice(0, 30)}" is no amount with a currency, like "15.00 USD"`);
  const reduced = sale === undefined || !isDuring(dates, now) ? undefined : saleOf(sale, full);
  return reduced === undefined ? { price: full } : { price: reduced, listPrice: full };
}

function saleOf(sale: string, full: Money): Money | undefined {
  const reduced = parsePrice(sale);
  return reduced?.currency === full.currency && reduced.amount < full.amount ? reduced : undefined;
}

/**
 * Whether a sale is on: "2026-11-01T00:00+0200/2026-11-30T23:59+0200". Without dates it is; with dates that make no
 * sense it isn't, for a price that may be too high disappoints less than one that is too low.
 */
function isDuring(dates: string | undefined, now: Date): boolean {
  if (dates === undefined) return true;
  const [from, to] = dates.split('/').map((date) => Date.parse(date.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2')));
  return from !== undefined && to !== undefined && from <= now.getTime() && now.getTime() <= to;
}

/** New spellings ("in_stock"), old ones ("in stock") and schema.org's. */
function availabilityOf(text = ''): Availability {
  const key = text
    .toLowerCase()
    .replace(/^https?:\/\/schema\.org\//, '')
    .replace(/[\s_-]/g, '');
  return Object.hasOwn(AVAILABILITY, key) ? AVAILABILITY[key]! : 'unknown';
}
