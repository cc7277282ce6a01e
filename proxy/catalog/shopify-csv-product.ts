import { parseAmount } from './amount.ts';
import type { CsvRow } from './csv-rows.ts';
import { ItemError, productOf, type VariantDraft } from './product-draft.ts';
import type { Availability, CatalogProduct } from './types.ts';

/** The template of 2025 calls columns differently. */
const RENAMED: Record<string, string> = {
  'url handle': 'handle',
  description: 'body (html)',
  'published on online store': 'published',
  'variant sku': 'sku',
  'variant price': 'price',
  'variant compare at price': 'compare-at price',
  'variant inventory tracker': 'inventory tracker',
  'variant inventory qty': 'inventory quantity',
  'variant inventory policy': 'continue selling when out of stock',
  'image src': 'product image url',
  'variant image': 'variant image url',
};

/** A column in the one spelling that is used here. */
export function columnName(header: string): string {
  const name = header.toLowerCase().replace(/\s+/g, ' ');
  return Object.hasOwn(RENAMED, name) ? RENAMED[name]! : name;
}

/**
 * A product of its rows: the first one has its texts, each with a price is a variant, each with a picture adds one.
 * @throws ItemError when it can't be sold like this
 */
export function shopifyCsvProduct(
  rows: readonly CsvRow[],
  { currency, shopUrl, lang }: { currency: string; shopUrl: string; lang?: string },
): CatalogProduct {
  const first = (name: string) => cell(rows[0]!, name);
  const handle = first('handle')!;
  const names = [1, 2, 3].map((n) => first(`option${n} name`));
  const variants = rows.filter((row) => cell(row, 'price') !== undefined);
  if (variants.length === 0) throw new ItemError('it has no price');
  return productOf({
    externalId: handle,
    title: first('title') ?? '',
    url: `${shopUrl}/products/${encodeURIComponent(handle)}`,
    description: first('body (html)') ?? '',
    brand: first('vendor'),
    categories: [first('type') ?? '', ...(first('product category') ?? '').split('>')],
    tags: (first('tags') ?? '').split(','),
    images: rows.map((row) => ({ url: cell(row, 'product image url') ?? '', alt: cell(row, 'image alt text') })),
    variants: variants.map((row) => variantOf(row, handle, names, currency)),
    lang,
  });
}

function variantOf(
  row: CsvRow,
  handle: string,
  names: readonly (string | undefined)[],
  currency: string,
): VariantDraft {
  const price = parseAmount(cell(row, 'price')!, currency);
  if (price === undefined)
    throw new ItemError(`its price "${cell(row, 'price')!.slice(0, 30)}" (line ${row.line}) is no amount`);
  const options = names.flatMap((name, index) => {
    const value = cell(row, `option${index + 1} value`);
    // How Shopify writes that there is nothing to choose.
    return name === undefined || value === undefined || value === 'Default Title' ? [] : [{ name, value }];
  });
  const quantity = Number(cell(row, 'inventory quantity') ?? NaN);
  return {
    id: [handle, ...options.map(({ value }) => value)].join('/').slice(0, 300),
    sku: cell(row, 'sku')?.replace(/^'/, ''),
    price,
    listPrice: parseAmount(cell(row, 'compare-at price') ?? '', currency),
    availability: availabilityOf(row, quantity),
    ...(isTracked(row) && quantity >= 0 && { quantity }),
    options,
    image: cell(row, 'variant image url'),
  };
}

/** Without a tracker Shopify sells on and on. Exports of shops with several places hold no quantity. */
function availabilityOf(row: CsvRow, quantity: number): Availability {
  if (!isTracked(row) || quantity > 0) return 'in_stock';
  if (/^(continue|true)$/i.test(cell(row, 'continue selling when out of stock') ?? '')) return 'backorder';
  return Number.isNaN(quantity) ? 'unknown' : 'out_of_stock';
}

function isTracked(row: CsvRow): boolean {
  return cell(row, 'inventory tracker') !== undefined;
}

function cell(row: CsvRow, name: string): string | undefined {
  return row.cells.get(name)?.[0];
}
