import { z } from 'zod';
import { plainLine } from './plain-text.ts';
import { SourceError } from './source-error.ts';
import type { CatalogProduct, CatalogSource, ReadOptions } from './types.ts';
import { pagesOf } from './woocommerce-pages.ts';
import {
  isPublic,
  PRODUCT_FIELDS,
  type RestProduct,
  restProduct,
  type RestVariation,
  restVariation,
  toCatalogProduct,
  VARIATION_FIELDS,
} from './woocommerce-rest-product.ts';
import { createRestApi, type RestOptions } from './woocommerce-rest-api.ts';
import { whereIs, whyNot } from './woocommerce-skip.ts';

/** Read again for this long before: a product that was being saved while the last sync looked. */
const OVERLAP_MS = 5 * 60_000;
/** Variable products whose variations are asked for at the same time; each has a list of its own. */
const AT_ONCE = 4;
const MAX_VARIATIONS = 1_000;

/**
 * A WooCommerce shop by REST v3 and a key with "Read" permission: stock counts, and what changed since when. Prices are
 * as they were entered: a shop that shows others (taxes added, plug-ins) is better read by `woocommerceStoreSource`.
 * Renaming a category changes no product's date, and what is trashed is in no list: a full reading finds both.
 */
export function woocommerceRestSource(options: RestOptions): CatalogSource {
  const api = createRestApi(options);
  const list = { status: 'publish', _fields: PRODUCT_FIELDS };

  return {
    name: 'woocommerce-rest',
    products: (read) => listed(list, read),

    // With "Z" and without `dates_are_gmt`: WooCommerce then minds the zone. With both it finds nothing.
    changedSince: (since, read) =>
      listed({ ...list, modified_after: new Date(since.getTime() - OVERLAP_MS).toISOString() }, read),

    async *ids({ signal }) {
      const params = { status: 'publish', _fields: Object.keys(marks.shape).join(',') };
      for await (const { items } of pagesOf(api, '/products', params, signal)) {
        for (const item of items) {
          const parsed = marks.safeParse(item);
          if (parsed.success && isPublic(parsed.data) && parsed.data.price !== '') yield String(parsed.data.id);
        }
      }
    },

    async product(externalId, read) {
      if (!/^[1-9]\d{0,14}$/.test(externalId)) return null;
      const answer = await api.get(`/products/${externalId}`, { _fields: PRODUCT_FIELDS }, read.signal);
      const item = answer && readable(answer.json, read);
      return item ? complete(item, await currency(read), read) : null;
    },
  };

  async function* listed(params: Record<string, string>, read: ReadOptions): AsyncGenerator<CatalogProduct> {
    const code = await currency(read);
    let count = 0;
    for await (const { items, total } of pagesOf(api, '/products', params, read.signal)) {
      const products = items.flatMap((item) => readable(item, read) ?? []);
      for (let start = 0; start < products.length; start += AT_ONCE) {
        const some = products.slice(start, start + AT_ONCE);
        for (const product of await Promise.all(some.map((item) => complete(item, code, read)))) {
          read.signal.throwIfAborted();
          if (product) yield product;
        }
      }
      count += items.length;
      read.onProgress?.(count, total);
    }
  }

  /** No product says its currency. */
  async function currency({ signal }: ReadOptions): Promise<string> {
    const answer = await api.get('/data/currencies/current', { _fields: 'code' }, signal);
    const parsed = z.object({ code: z.string().regex(/^[A-Z]{3}$/) }).safeParse(answer?.json);
    if (!parsed.success) throw new SourceError('The shop does not say what its currency is.');
    return parsed.data.code;
  }

  async function complete(item: RestProduct, code: string, read: ReadOptions): Promise<CatalogProduct | null> {
    const variations = item.type === 'variable' ? await variationsOf(item, read) : [];
    const product = toCatalogProduct(item, variations, code);
    if (product) return product;
    read.onSkip({ item: whereIs('product', item), reason: 'it has no price' });
    return null;
  }

  async function variationsOf({ id, variations }: RestProduct, read: ReadOptions): Promise<RestVariation[]> {
    const found: RestVariation[] = [];
    if (variations.length === 0) return found;
    const params = { status: 'publish', _fields: VARIATION_FIELDS };
    for await (const { items } of pagesOf(api, `/products/${id}/variations`, params, read.signal)) {
      for (const item of items) {
        const parsed = restVariation.safeParse(item);
        if (!parsed.success) read.onSkip({ item: whereIs('variation', item), reason: whyNot(parsed.error) });
        // An owner who unticks "Enabled" makes it private.
        else if (parsed.data.status === 'publish') found.push(parsed.data);
      }
      if (found.length >= MAX_VARIATIONS) break;
    }
    // In the order of the product, which is the owner's.
    const place = new Map(variations.map((variation, index) => [variation, index]));
    found.sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity));
    return found.slice(0, MAX_VARIATIONS);
  }
}

/** What tells whether a product is given at all: one that lost its price is gone. */
const marks = restProduct.pick({
  id: true,
  status: true,
  catalog_visibility: true,
  post_password: true,
  type: true,
  price: true,
});

function readable(item: unknown, { onSkip }: ReadOptions): RestProduct | undefined {
  const parsed = restProduct.safeParse(item);
  const skip = (reason: string) => {
    onSkip({ item: whereIs('product', item), reason });
    return undefined;
  };
  if (!parsed.success) return skip(whyNot(parsed.error));
  // Not worth a line: its owner has hidden it on purpose.
  if (!isPublic(parsed.data)) return undefined;
  if (plainLine(parsed.data.name) === '') return skip('it has no name');
  return parsed.data;
}
