import type { ProductReader } from '../storage/types.ts';
import { cardOf } from './card.ts';
import { findNamed } from './named.ts';
import { createSearch } from './search.ts';
import type { Catalog } from './types.ts';

/**
 * A shop's catalogue, as the rest of the proxy sees it.
 * @param search searches elsewhere than on this thread
 */
export function createCatalog({
  storage,
  search = createSearch({ storage }),
}: {
  storage: ProductReader;
  search?: Pick<Catalog, 'search' | 'facets'>;
}): Catalog {
  return {
    search: (shop, query) => search.search(shop, query),
    facets: (shop, query) => search.facets(shop, query),
    byIds: (shop, ids) => storage.products(shop, ids),
    named: (shop, names) => findNamed(storage, shop, names),
    count: (shop) => storage.countProducts(shop),
    async currency(shop) {
      return (await storage.catalogState(shop))?.currency ?? undefined;
    },
    card: cardOf,
  };
}
