import { z } from 'zod';
import type { CatalogProduct, Skipped } from './types.ts';
import { readStoreProduct, toCatalogProduct } from './woocommerce-store-product.ts';

/** The list itself, or an exchange recorded with it. */
const storeAnswer = z.union([
  z.array(z.unknown()),
  z.object({ response: z.object({ body: z.array(z.unknown()) }) }).transform((exchange) => exchange.response.body),
]);

export interface Imported {
  products: CatalogProduct[];
  /** Items left out, each with its reason. */
  skipped: Skipped[];
}

/**
 * Reads one saved answer of the Store API; without the variations' own prices, which are in another.
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
    const skip = ({ item, reason }: Skipped) => void result.skipped.push({ item: `#${index + 1}, ${item}`, reason });
    const product = readStoreProduct(item, skip);
    if (product) result.products.push(toCatalogProduct(product, []));
  }
  return result;
}
