import { type CsvRow, csvRows } from './csv-rows.ts';
import { checkedShopUrl, type ExportOptions } from './export-settings.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { ItemError } from './product-draft.ts';
import { type Item, placeOf, readItems } from './reading.ts';
import { columnName, shopifyCsvProduct } from './shopify-csv-product.ts';
import { SourceError } from './source-error.ts';
import type { CatalogSource, ReadOptions } from './types.ts';

/** A thousand variants, and as many pictures. */
const MAX_ROWS = 2_000;

/**
 * Shopify's own export of products. Rows of one handle stand together in it, so one product is held at a time. The
 * export has no ids of variants: those of this source are handle and options, good for showing, not for Shopify's cart.
 */
export function createShopifyCsvSource(options: ExportOptions): CatalogSource {
  return {
    name: 'shopify-csv',
    async *products(read: ReadOptions) {
      read.signal.throwIfAborted();
      const shopUrl = checkedShopUrl(options);
      const source = await openSource(options, { ...options, signal: read.signal });
      try {
        yield* readItems(items(source, { ...options, shopUrl }, read), read);
      } finally {
        await source.close();
      }
    },
  };
}

async function* items(source: OpenedSource, settings: ExportOptions, { onSkip }: ReadOptions): AsyncGenerator<Item> {
  for await (const rows of byHandle(rowsOf(source), onSkip)) {
    const where = placeOf(rows[0]!.line, rows[0]!.cells.get('handle')?.[0]);
    const read = () => {
      if (rows.length > MAX_ROWS) throw new ItemError(`it has more than ${MAX_ROWS} rows`);
      return shopifyCsvProduct(rows, settings);
    };
    if (isPublished(rows[0]!)) yield { where, read };
  }
}

function rowsOf(source: OpenedSource): AsyncIterable<CsvRow> {
  return csvRows(source.text(), {
    name: source.name,
    column: columnName,
    onHeader: (columns) => {
      const missing = ['handle', 'title', 'price'].filter((name) => !columns.has(name));
      if (missing.length === 0) return;
      throw new SourceError(
        `${source.name} is no export of Shopify's products: it has no column "${missing.join('", "')}".`,
      );
    },
  });
}

async function* byHandle(rows: AsyncIterable<CsvRow>, onSkip: ReadOptions['onSkip']): AsyncGenerator<CsvRow[]> {
  let product: CsvRow[] = [];
  for await (const row of rows) {
    const handle = row.cells.get('handle')?.[0];
    if (row.broken !== undefined || handle === undefined) {
      onSkip({ item: placeOf(row.line), reason: row.broken ?? 'it has no handle' });
      continue;
    }
    if (product.length > 0 && product[0]!.cells.get('handle')?.[0] !== handle) {
      yield product;
      product = [];
    }
    // One more than allowed is enough to know.
    if (product.length <= MAX_ROWS) product.push(row);
  }
  if (product.length > 0) yield product;
}

/** Drafts and archived products are no mistake, they are just not for sale. */
function isPublished({ cells }: CsvRow): boolean {
  const status = cells.get('status')?.[0]?.toLowerCase() ?? 'active';
  return status === 'active' && cells.get('published')?.[0]?.toLowerCase() !== 'false';
}
