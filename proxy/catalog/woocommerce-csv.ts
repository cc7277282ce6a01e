import { checkedShopUrl, type ExportOptions } from './export-settings.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { MAX_VARIANTS } from './product-draft.ts';
import { type Item, readItems } from './reading.ts';
import { Spill } from './spill.ts';
import type { CatalogSource, Money, ReadOptions } from './types.ts';
import {
  type ExportRow,
  groupedProduct,
  listOf,
  priceOf,
  simpleProduct,
  variableProduct,
} from './woocommerce-csv-product.ts';
import { isOn, isPublished, rowsOf, typeOf, whereIs } from './woocommerce-csv-rows.ts';

export type WooCommerceCsvOptions = ExportOptions & {
  /** The clock of sales that begin and end. */
  now?: () => Date;
};

/**
 * WooCommerce's own export of products, taken in English: the columns carry the language of who exports. It has no
 * permalinks, so a product's page is `?p=ID`, which the shop leads on. Variations may stand far from their product and
 * grouped products before their parts, so these are put aside and come after all others.
 */
export function createWooCommerceCsvSource(options: WooCommerceCsvOptions): CatalogSource {
  return {
    name: 'woocommerce-csv',
    async *products(read: ReadOptions) {
      read.signal.throwIfAborted();
      const settings = { ...options, shopUrl: checkedShopUrl(options), now: (options.now ?? (() => new Date()))() };
      const source = await openSource(options, { ...options, signal: read.signal });
      const aside = {
        parents: new Spill<ExportRow>(),
        variations: new Spill<ExportRow>(),
        grouped: new Spill<ExportRow>(),
      };
      try {
        yield* readItems(items(source, settings, aside, read.onSkip), read);
      } finally {
        await Promise.all(Object.values(aside).map((spill) => spill.close()));
        await source.close();
      }
    },
  };
}

interface Settings {
  currency: string;
  shopUrl: string;
  lang?: string;
  now: Date;
}

interface Aside {
  parents: Spill<ExportRow>;
  variations: Spill<ExportRow>;
  grouped: Spill<ExportRow>;
}

async function* items(
  source: OpenedSource,
  settings: Settings,
  { parents, variations, grouped }: Aside,
  onSkip: ReadOptions['onSkip'],
): AsyncGenerator<Item> {
  for await (const row of rowsOf(source, onSkip)) {
    const type = typeOf(row);
    if (type === 'variation') await variations.add(row.cells['parent'] ?? '', row);
    else if (!isPublished(row)) continue;
    else if (type === 'variable') await parents.add(row.cells['id'] ?? '', row);
    else if (type === 'grouped') await grouped.add(row.cells['id'] ?? '', row);
    else yield { where: whereIs(row), read: () => simpleProduct(row, settings, type === 'external') };
  }
  yield* variable(parents, variations, settings, onSkip);
  if ([...grouped.keys()].length === 0) return;
  const prices = await pricesOfParts(source, grouped, settings);
  for (const id of grouped.keys()) {
    for (const row of await grouped.rows(id))
      yield { where: whereIs(row), read: () => groupedProduct(row, prices, settings) };
  }
}

async function* variable(
  parents: Spill<ExportRow>,
  variations: Spill<ExportRow>,
  settings: Settings,
  onSkip: ReadOptions['onSkip'],
): AsyncGenerator<Item> {
  const found = new Set<string>();
  for (const id of parents.keys()) {
    for (const parent of await parents.rows(id)) {
      // A variation names its product by number or, where the number may change on import, by SKU.
      const keys = [`id:${id}`, parent.cells['sku'] ?? ''].filter((key) => variations.has(key));
      const own: ExportRow[] = [];
      for (const key of keys) own.push(...(await variations.rows(key, MAX_VARIANTS - own.length)));
      for (const key of keys) found.add(key);
      const left = keys.reduce((sum, key) => sum + variations.count(key), 0) - own.length;
      if (left > 0)
        onSkip({ item: whereIs(parent), reason: `${left} of its variations, for it has more than ${MAX_VARIANTS}` });
      yield { where: whereIs(parent), read: () => variableProduct(parent, own, settings, onSkip) };
    }
  }
  for (const key of variations.keys()) {
    if (found.has(key)) continue;
    for (const row of await variations.rows(key, 100)) {
      if (isOn(row))
        onSkip({
          item: whereIs(row),
          reason: `its product ("${key.slice(0, 60)}") is not in the file, or not published`,
        });
    }
  }
}

/** Lowest price of what grouped products are made of, by `id:…` and SKU; for these the file is read once more. */
async function pricesOfParts(
  source: OpenedSource,
  grouped: Spill<ExportRow>,
  settings: Settings,
): Promise<Map<string, Money>> {
  const wanted = new Set<string>();
  for (const id of grouped.keys()) {
    for (const { cells } of await grouped.rows(id))
      for (const part of listOf(cells['grouped products'])) wanted.add(part);
  }
  const prices = new Map<string, Money>();
  for await (const row of rowsOf(source, () => undefined)) {
    if (!isOn(row)) continue;
    const names =
      typeOf(row) === 'variation' ? [row.cells['parent']] : [`id:${row.cells['id'] ?? ''}`, row.cells['sku']];
    const price = priceOf(row, settings)?.price;
    for (const name of names) {
      if (price === undefined || name === undefined || !wanted.has(name)) continue;
      if (price.amount < (prices.get(name)?.amount ?? Infinity)) prices.set(name, price);
    }
  }
  return prices;
}
