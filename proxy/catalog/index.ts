import type { RankedProduct, Storage } from '../storage/types.ts';
import { cardOf } from './card.ts';
import { queryGroups } from './normalise.ts';
import type { Catalog, ProductHit, ProductQuery } from './types.ts';

export { fileSource } from './file.ts';
export { createSource } from './source.ts';
export { syncCatalog } from './sync.ts';
export { woocommerceOrders } from './woocommerce-order.ts';
export { woocommerceRestSource } from './woocommerce-rest.ts';
export { woocommerceStoreSource } from './woocommerce-store.ts';
export { readStoreProducts } from './woocommerce-store-file.ts';
export { verifyWebhook } from './woocommerce-webhook.ts';

/** Rows of the full-text index that are ranked again; more would not change the first page. */
const CANDIDATES = 60;
const MAX_LIMIT = 20;

export function createCatalog({ storage }: { storage: Storage }): Catalog {
  return {
    async search(shop, query) {
      const groups = [query.query, ...(query.synonyms ?? [])].map(queryGroups);
      const hits = await storage.searchProducts(shop, {
        ...bounds(query),
        groups: groups.flat(),
        limit: CANDIDATES,
      });
      const limit = Math.min(Math.max(query.limit ?? MAX_LIMIT, 1), MAX_LIMIT);
      return hits
        .map((hit): ProductHit => ({ product: hit.product, score: score(hit, groups) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
    byIds: (shop, ids) => storage.products(shop, ids),
    count: (shop) => storage.countProducts(shop),
    async currency(shop) {
      const [any] = await storage.searchProducts(shop, { groups: [], limit: 1 });
      return any?.product.price.min.currency;
    },
    card: cardOf,
  };
}

function bounds({ minPrice, maxPrice, inStockOnly, onSaleOnly }: ProductQuery) {
  return {
    ...(minPrice !== undefined && { minPrice }),
    ...(maxPrice !== undefined && { maxPrice }),
    ...(inStockOnly !== undefined && { inStockOnly }),
    ...(onSaleOnly !== undefined && { onSaleOnly }),
  };
}

/**
 * The index ranks by how rare the words are; a shopper cares first that all of the words fit, then that it can be
 * bought. `rank` is negative, lower is better, and rarely beyond -30, so it only decides among equals.
 */
function score({ product, rank, terms }: RankedProduct, questions: readonly string[][][]): number {
  const covered = Math.max(...questions.map((groups) => coverage(` ${terms}`, groups)));
  const buyable = product.purchasable && product.availability !== 'out_of_stock' ? 1 : 0;
  return covered * 100 + buyable * 40 + Math.min(-rank, 39);
}

/** Share of the question's words that the product has. */
function coverage(terms: string, groups: readonly (readonly string[])[]): number {
  if (groups.length === 0) return 0;
  return groups.filter((group) => group.some((term) => terms.includes(` ${term}`))).length / groups.length;
}
