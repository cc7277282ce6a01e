import type { Catalog } from '../catalog/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { searchProducts } from './search-products.ts';
import type { TrySearch } from './types.ts';

/** As many as a model usually asks for. */
const FOUND = 8;

/** What the model would be told, for the owner to see. */
export function createTrySearch(deps: { catalog: Catalog; knowledge: Knowledge; now: () => number }): TrySearch {
  return async (shop, query, signal) => {
    const input = searchProducts.input.parse({
      query,
      synonyms: [],
      category: null,
      options: [],
      min_price: null,
      max_price: null,
      in_stock_only: false,
      on_sale_only: false,
      sort: 'relevance',
      limit: FOUND,
    });
    const { output, named = [] } = await searchProducts.run(input, {
      ...deps,
      shop,
      citable: () => undefined,
      locale: shop.locale,
      shown: new Set(),
      orders: { order: async () => null, countTry: async () => false },
      mayTryOrder: async () => false,
      signal,
    });
    return { output, named };
  };
}
