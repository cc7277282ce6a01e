import { ItemError } from './product-draft.ts';
import { SourceError } from './source-error.ts';
import type { CatalogProduct, ReadOptions } from './types.ts';

/** Most products of one source; what is remembered of each is its id. */
export const MAX_PRODUCTS = 500_000;
const PROGRESS_EVERY = 1_000;

/** One thing a source came across, and how it becomes a product. */
export interface Item {
  /** `line 17 (SKU-4)` */
  where: string;
  /** @throws ItemError */
  read(): CatalogProduct;
}

/**
 * What all sources do with their items: read each, skip those that make no sense and those whose id came before, count
 * them, and stop at once when aborted.
 */
export async function* readItems(items: AsyncIterable<Item>, options: ReadOptions): AsyncGenerator<CatalogProduct> {
  const { signal, onSkip, onProgress } = options;
  const seen = new Set<string>();
  let count = 0;
  try {
    signal.throwIfAborted();
    for await (const item of items) {
      signal.throwIfAborted();
      if (++count > MAX_PRODUCTS) throw new SourceError(`It holds more than ${MAX_PRODUCTS} products.`);
      if (count % PROGRESS_EVERY === 0) onProgress?.(count);
      try {
        const product = item.read();
        if (seen.has(product.externalId)) throw new ItemError(`the id "${product.externalId}" came before`);
        seen.add(product.externalId);
        yield product;
      } catch (error) {
        if (!(error instanceof ItemError)) throw error;
        onSkip({ item: item.where, reason: error.message });
      }
      signal.throwIfAborted();
    }
    onProgress?.(count);
  } catch (error) {
    // A stream that is aborted says so in its own words.
    signal.throwIfAborted();
    throw error;
  }
}

/** `line 17 (SKU-4)`: without line breaks or markup, whatever the id is. */
export function placeOf(line: number, id = ''): string {
  const known = id
    .replace(/[\s\u0000-\u001f]+/g, ' ')
    .trim()
    .slice(0, 60);
  return known === '' ? `line ${line}` : `line ${line} (${known})`;
}
