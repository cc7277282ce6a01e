import { z } from 'zod';
import type { CatalogSource, ReadOptions } from './types.ts';
import { type ApiOptions, createApi } from './woocommerce-api.ts';
import { pagesOf } from './woocommerce-pages.ts';
import { whereIs, whyNot } from './woocommerce-skip.ts';
import {
  hasPrice,
  readStoreProduct,
  type StoreProduct,
  storeProduct,
  type StoreVariation,
  storeVariation,
  toCatalogProduct,
} from './woocommerce-store-product.ts';

export type StoreSourceOptions = Pick<ApiOptions, 'url' | 'web' | 'wait'>;

/** So many variations are held at once; a product with more of its own is asked for alone. */
const MAX_VARIATIONS = 1_000;

/**
 * A WooCommerce shop without keys, by the Store API that its own cart uses: what any visitor may see, with the prices
 * (and taxes) that visitors see, and the currency. It can't tell what changed since when, and gives away the text of
 * products that need a password, as it does to anyone; a shop that has those needs `woocommerceRestSource`.
 */
export function woocommerceStoreSource(options: StoreSourceOptions): CatalogSource {
  const api = createApi({ ...options, namespace: '/wc/store/v1' });
  return {
    name: 'woocommerce-store',

    async *products(read) {
      const hidden = await hiddenIds(read);
      let count = 0;
      for await (const { items, total } of pagesOf(api, '/products', {}, read.signal)) {
        count += items.length;
        yield* catalogProducts(items, hidden, read);
        read.onProgress?.(count, total);
      }
    },

    async *ids(read) {
      const hidden = await hiddenIds(read);
      const params = { _fields: Object.keys(marks.shape).join(',') };
      for await (const { items } of pagesOf(api, '/products', params, read.signal)) {
        for (const item of items) {
          const { data } = marks.safeParse(item);
          if (data && !hidden.has(data.id) && hasPrice(data)) yield String(data.id);
        }
      }
    },

    async product(externalId, read) {
      if (!/^[1-9]\d{0,14}$/.test(externalId)) return null;
      // Not /products/ID: that serves drafts, private products and the trash to anyone. The list doesn't.
      const only = { include: externalId };
      const listed = { ...only, catalog_visibility: 'hidden', _fields: 'id' };
      for await (const { items } of pagesOf(api, '/products', listed, read.signal)) if (items.length > 0) return null;
      for await (const { items } of pagesOf(api, '/products', only, read.signal)) {
        for await (const product of catalogProducts(items, new Set(), read)) return product;
      }
      return null;
    },
  };

  /** The list has hidden products like any other, and doesn't mark them; but it can be asked for them alone. */
  async function hiddenIds({ signal }: ReadOptions): Promise<Set<number>> {
    const hidden = new Set<number>();
    for await (const { items } of pagesOf(api, '/products', { catalog_visibility: 'hidden', _fields: 'id' }, signal)) {
      for (const { id } of z.array(withId).catch([]).parse(items)) hidden.add(id);
    }
    return hidden;
  }

  async function* catalogProducts(items: unknown[], hidden: ReadonlySet<number>, read: ReadOptions) {
    const products: StoreProduct[] = [];
    for (const item of items) {
      const product = readStoreProduct(item, read.onSkip);
      if (product && !hidden.has(product.id)) products.push(product);
    }
    for (const group of groups(products)) {
      const variations = await variationsOf(group, read);
      for (const product of group) {
        read.signal.throwIfAborted();
        yield toCatalogProduct(product, variations.get(product.id) ?? []);
      }
    }
  }

  /** Those of many products in one list; the products' own says which there are, not what each costs. */
  async function variationsOf(products: StoreProduct[], { signal, onSkip }: ReadOptions) {
    const found = new Map<number, StoreVariation[]>();
    const parents = products.filter(({ variations }) => variations.length > 0).map(({ id }) => id);
    if (parents.length === 0) return found;
    const params = { type: 'variation', parent: parents.join(',') };
    for await (const { items } of pagesOf(api, '/products', params, signal)) {
      for (const item of items) {
        const parsed = storeVariation.safeParse(item);
        if (!parsed.success) onSkip({ item: whereIs('variation', item), reason: whyNot(parsed.error) });
        else if (!hasPrice(parsed.data)) onSkip({ item: whereIs('variation', item), reason: 'it has no price' });
        else {
          const others = found.get(parsed.data.parent) ?? [];
          if (others.length < MAX_VARIATIONS) found.set(parsed.data.parent, [...others, parsed.data]);
        }
      }
    }
    return found;
  }
}

const withId = z.object({ id: z.int().positive() });
/** What tells whether a product is given at all: one that lost its price is gone. */
const marks = storeProduct.pick({ id: true, prices: true, is_purchasable: true });

/** Products in their order, so many at a time that their variations fit. */
function* groups(products: readonly StoreProduct[]): Generator<StoreProduct[]> {
  let group: StoreProduct[] = [];
  let held = 0;
  for (const product of products) {
    if (group.length > 0 && held + product.variations.length > MAX_VARIATIONS) {
      yield group;
      [group, held] = [[], 0];
    }
    group.push(product);
    held += product.variations.length;
  }
  if (group.length > 0) yield group;
}
