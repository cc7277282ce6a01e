import { createHash } from 'node:crypto';
import type { IndexedProduct, Storage } from '../storage/types.ts';
import { indexTerms } from './normalise.ts';
import type { CatalogProduct, CatalogSource, Skipped, StoredProduct } from './types.ts';

/**
 * Reads the whole source first and swaps then: a source that fails half-way leaves yesterday's catalogue in place, and so
 * does one of which nothing is good.
 */
export async function syncCatalog(options: {
  storage: Storage;
  shop: string;
  source: CatalogSource;
  signal: AbortSignal;
}): Promise<{ products: number; skipped: number; firstSkipped?: Skipped }> {
  const { storage, shop, source, signal } = options;
  const products: CatalogProduct[] = [];
  let skipped = 0;
  let firstSkipped: Skipped | undefined;
  function onSkip(item: Skipped): void {
    skipped++;
    firstSkipped ??= item;
  }
  for await (const product of source.products({ signal, onSkip })) products.push(product);
  if (products.length === 0 && firstSkipped) {
    throw new Error(`None of the catalogue's ${skipped} products can be read; the first: ${firstSkipped.reason}`);
  }
  const ids = assignIds(products, await storage.productIds(shop));
  await storage.replaceProducts(
    shop,
    products.map((product, index) => indexed({ ...product, id: ids[index]! })),
  );
  return { products: products.length, skipped, ...(firstSkipped && { firstSkipped }) };
}

/**
 * The integer that the model sees: the source's own, else the shop's id where that is a number (WooCommerce), else the
 * one given before unless another product has a better right to it now, else the next free one.
 * @throws when two products share an id or the shop's id
 */
function assignIds(products: readonly CatalogProduct[], known: ReadonlyMap<string, number>): number[] {
  const wanted = products.map((product) => product.id ?? numeric(product.externalId));
  const owners = new Map<number, string>();
  const seen = new Set<string>();
  for (const [index, { externalId }] of products.entries()) {
    if (seen.has(externalId)) throw new Error(`Two products have the externalId "${externalId}".`);
    seen.add(externalId);
    const id = wanted[index];
    if (id === undefined) continue;
    const owner = owners.get(id);
    if (owner !== undefined) throw new Error(`Products "${owner}" and "${externalId}" have the same id, ${id}.`);
    owners.set(id, externalId);
  }
  let next = 1;
  for (const ids of [known.values(), owners.keys()]) for (const id of ids) next = Math.max(next, id + 1);
  return products.map(({ externalId }, index) => {
    const before = known.get(externalId);
    return wanted[index] ?? (before !== undefined && !owners.has(before) ? before : next++);
  });
}

function numeric(externalId: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(externalId) ? Number(externalId) : undefined;
}

function indexed(product: StoredProduct): IndexedProduct {
  const translations = Object.values(product.translations ?? {});
  const titles = [product.title, ...translations.map((text) => text.title ?? '')];
  const labels = [
    product.brand ?? '',
    ...product.categories,
    ...translations.flatMap((text) => text.categories ?? []),
    ...product.tags,
    ...product.options.flatMap((option) => [option.name, ...option.values]),
    ...product.variants.flatMap((variant) => (variant.sku === undefined ? [] : [variant.sku])),
  ];
  const bodies = [product.description, ...translations.map((text) => text.description ?? '')];
  const json = JSON.stringify(product);
  return {
    product,
    hash: createHash('sha256').update(json).digest('base64url'),
    titleTerms: indexTerms(titles.join('\n')),
    labelTerms: indexTerms(labels.join('\n')),
    bodyTerms: indexTerms(bodies.join('\n')),
  };
}
