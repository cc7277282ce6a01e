import type { ProductReader } from '../storage/types.ts';
import { markOf } from '../words.ts';
import { pageKeyOf, pageKeysFor } from './page-key.ts';
import type { ProductName, StoredProduct } from './types.ts';

/** Of several that bear one name, who is meant can't be told from so many. */
const CANDIDATES = 5;
const MAX_SKU = 100;

/** The products that a page names by their own URL or SKU, in the order of `names`; undefined for what is none of the shop's. */
export async function findNamed(
  storage: ProductReader,
  shop: string,
  names: readonly ProductName[],
): Promise<(StoredProduct | undefined)[]> {
  const found: (StoredProduct | undefined)[] = [];
  for (const name of names) found.push(await findOne(storage, shop, name));
  return found;
}

async function findOne(storage: ProductReader, shop: string, { url, sku }: ProductName) {
  const keys = url === undefined ? [] : pageKeysFor(url);
  const onPage = await marked(storage, shop, keys.map(urlMark));
  const best = keys
    .map((key) => onPage.filter((product) => keysOf(product).includes(key)))
    .find(({ length }) => length > 0);
  if (best?.length === 1) return best[0];
  const marks = sku !== undefined && /[\p{L}\p{N}]/u.test(sku) ? [markOf('sku', sku.slice(0, MAX_SKU))] : [];
  const withSku = await marked(storage, shop, marks);
  const both = best ? withSku.filter(({ id }) => best.some((product) => product.id === id)) : withSku;
  return both.length === 1 ? both[0] : undefined;
}

async function marked(storage: ProductReader, shop: string, marks: readonly string[]): Promise<StoredProduct[]> {
  if (marks.length === 0) return [];
  const rows = await storage.searchProducts(shop, { questions: [], words: 'all', marks: [marks], limit: CANDIDATES });
  return rows.map(({ product }) => product);
}

/** A product's own pages; the variants' as well. */
export function keysOf({ url, variants }: Pick<StoredProduct, 'url' | 'variants'>): string[] {
  const keys = [url, ...variants.map((variant) => variant.url)].map((one) => one && pageKeyOf(one));
  return [...new Set(keys.filter((key) => key !== undefined && key !== ''))] as string[];
}

/** As in `markOf`, but as it is written: no word is left out of a path. */
export function urlMark(key: string): string {
  return `url\n${key}`;
}
