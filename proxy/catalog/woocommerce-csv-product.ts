import { parseAmount } from './amount.ts';
import { ItemError, type ProductDraft, productOf, type VariantDraft } from './product-draft.ts';
import { placeOf } from './reading.ts';
import type { Availability, CatalogProduct, Money, ReadOptions } from './types.ts';
import { withoutShortcodes } from './woocommerce-text.ts';

/** A row of the export, cells by the column's name in lower case. */
export interface ExportRow {
  line: number;
  cells: Record<string, string | undefined>;
}

export interface ExportSettings {
  currency: string;
  shopUrl: string;
  lang?: string;
  now: Date;
}

const MAX_ATTRIBUTES = 50;

/** @throws ItemError */
export function simpleProduct(row: ExportRow, settings: ExportSettings, external: boolean): CatalogProduct {
  const attributes = attributesOf(row);
  const variant = variantOf(row, settings);
  // Several values are for choosing in words only: a simple product has one price, and one thing to buy.
  const options = attributes.flatMap(({ name, values }) => (values.length === 1 ? [{ name, value: values[0]! }] : []));
  return productOf({
    ...draftOf(row, settings),
    variants: [{ ...variant, title: '', options }],
    purchasable: !external,
  });
}

/** @throws ItemError */
export function variableProduct(
  parent: ExportRow,
  variations: readonly ExportRow[],
  settings: ExportSettings,
  onSkip: ReadOptions['onSkip'],
): CatalogProduct {
  const variants: VariantDraft[] = [];
  for (const row of variations.filter(({ cells }) => cells['published'] === '1')) {
    try {
      variants.push({ ...variantOf(row, settings, parent), image: imagesOf(row)[0] ?? imagesOf(parent)[0] });
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      onSkip({ item: placeOf(row.line, row.cells['id']), reason: error.message });
    }
  }
  if (variants.length === 0) throw new ItemError('it has no variation with a price');
  return productOf({ ...draftOf(parent, settings), variants });
}

/** @throws ItemError */
export function groupedProduct(
  row: ExportRow,
  prices: ReadonlyMap<string, Money>,
  settings: ExportSettings,
): CatalogProduct {
  const parts = listOf(row.cells['grouped products']).flatMap((part) => prices.get(part) ?? []);
  const [first, ...others] = parts;
  if (first === undefined) throw new ItemError('none of its parts has a price');
  const price = others.reduce((min, part) => (part.amount < min.amount ? part : min), first);
  const variant = {
    id: row.cells['id']!,
    title: '',
    sku: row.cells['sku'],
    price,
    availability: availabilityOf(row),
    options: [],
  };
  return productOf({ ...draftOf(row, settings), variants: [variant], purchasable: false });
}

function draftOf({ cells, ...row }: ExportRow, { shopUrl, lang }: ExportSettings): Omit<ProductDraft, 'variants'> {
  const id = cells['id']!;
  const texts = [cells['short description'], cells['description']].map((text) =>
    withoutShortcodes(text ?? '').replace(/\\n/g, '<br>'),
  );
  return {
    externalId: id,
    title: cells['name'] ?? '',
    url: `${shopUrl}/?p=${encodeURIComponent(id)}`,
    description: texts.map((text) => (text === '' ? '' : `<div>${text}</div>`)).join('\n'),
    brand: listOf(cells['brands'])[0],
    categories: listOf(cells['categories']).flatMap((category) => category.split('>')),
    tags: listOf(cells['tags']),
    images: imagesOf({ cells, ...row }).map((url) => ({ url })),
    lang,
  };
}

function variantOf(row: ExportRow, settings: ExportSettings, parent?: ExportRow): VariantDraft {
  const prices = priceOf(row, settings);
  if (prices === undefined) throw new ItemError('it has no price');
  const stock = row.cells['stock'] === 'parent' ? parent?.cells['stock'] : row.cells['stock'];
  return {
    id: row.cells['id']!,
    sku: row.cells['sku'],
    ...prices,
    availability: availabilityOf(row),
    ...(stock !== undefined && Number(stock) >= 0 && { quantity: Number(stock) }),
    options: attributesOf(row).flatMap(({ name, values }) =>
      values.length === 1 ? [{ name, value: values[0]! }] : [],
    ),
  };
}

/** What it costs now, and before the sale while one is on; undefined for no price. */
export function priceOf({ cells }: ExportRow, { currency, now }: { currency: string; now: Date }) {
  const regular = parseAmount(cells['regular price'] ?? '', currency);
  const sale = parseAmount(cells['sale price'] ?? '', currency);
  // The export writes the shop's own time without its zone; a sale may begin and end half a day off.
  const from = Date.parse(`${cells['date sale price starts'] ?? ''}Z`);
  const to = Date.parse(`${cells['date sale price ends'] ?? ''}Z`);
  const isOn = !(from > now.getTime()) && !(to < now.getTime());
  if (sale === undefined || !isOn) return regular && { price: regular };
  return { price: sale, ...(regular && { listPrice: regular }) };
}

/** 1, 0 or "backorder". */
function availabilityOf({ cells }: ExportRow): Availability {
  const stock = cells['in stock?']?.toLowerCase();
  if (stock === 'backorder') return 'backorder';
  return stock === undefined ? 'unknown' : stock === '1' ? 'in_stock' : 'out_of_stock';
}

function attributesOf({ cells }: ExportRow): { name: string; values: string[] }[] {
  const attributes: { name: string; values: string[] }[] = [];
  for (let n = 1; n <= MAX_ATTRIBUTES; n++) {
    const name = cells[`attribute ${n} name`];
    const values = listOf(cells[`attribute ${n} value(s)`]);
    if (name !== undefined && values.length > 0) attributes.push({ name, values });
  }
  return attributes;
}

function imagesOf({ cells }: ExportRow): string[] {
  return (cells['images'] ?? '')
    .split(/,(?=\s*https?:)/)
    .map((url) => url.trim())
    .filter(Boolean);
}

/** "A, B\, C" → ["A", "B, C"] */
export function listOf(cell = ''): string[] {
  return cell
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .filter(Boolean);
}
