import { createHash } from 'node:crypto';
import type { IndexedProduct } from '../storage/types.ts';
import { indexTerms, markOf } from '../words.ts';
import { keysOf, urlMark } from './named.ts';
import type { CatalogProduct } from './types.ts';

/** Raised when products are to be indexed in another way: the next sync then writes all of them anew. */
const INDEX_VERSION = 2;

/** SHA-256 of all that a source says of a product, and of how it is indexed. */
export function hashOf(product: CatalogProduct): string {
  return createHash('sha256')
    .update(`${INDEX_VERSION}\n${JSON.stringify(product)}`)
    .digest('base64url');
}

/** The id that a product has a right to: the source's own, else the shop's where that is a number (WooCommerce). */
export function ownIdOf({ id, externalId }: CatalogProduct): number | undefined {
  return id ?? (/^[1-9]\d{0,14}$/.test(externalId) ? Number(externalId) : undefined);
}

/** With the words and marks it is found by. Costs about a millisecond. */
export function indexed(product: CatalogProduct, hash: string): IndexedProduct {
  const { id: _id, ...kept } = product;
  const translations = Object.values(product.translations ?? {});
  const titles = [product.title, ...translations.map((text) => text.title ?? '')];
  const categories = [...product.categories, ...translations.flatMap((text) => text.categories ?? [])];
  const skus = product.variants.flatMap((variant) => (variant.sku === undefined ? [] : [variant.sku]));
  const labels = [
    product.brand ?? '',
    ...categories,
    ...product.tags,
    ...product.options.flatMap((option) => [option.name, ...option.values]),
    ...translations.flatMap((text) => Object.values(text.labels ?? {})),
    ...skus,
  ];
  const bodies = [product.description, ...translations.map((text) => text.description ?? '')];
  return {
    product: kept,
    hash,
    ownId: ownIdOf(product),
    marks: [...new Set(marks(product, categories, skus))],
    facets: {
      ...(product.categories.length > 0 && { c: product.categories.slice(0, 10) }),
      ...(product.brand !== undefined && { b: product.brand }),
      ...(product.options.length > 0 && { o: optionsOf(product).slice(0, 40) }),
    },
    titleTerms: indexTerms(titles.join('\n')),
    labelTerms: indexTerms(labels.join('\n')),
    bodyTerms: indexTerms(bodies.join('\n')),
  };
}

function* marks(product: CatalogProduct, categories: readonly string[], skus: readonly string[]): Generator<string> {
  for (const category of categories) yield markOf('category', category);
  const labels = Object.values(product.translations ?? {}).map((text) => new Map(Object.entries(text.labels ?? {})));
  for (const [name, value] of optionsOf(product)) {
    for (const words of [new Map<string, string>(), ...labels]) {
      yield markOf('option', words.get(name) ?? name, words.get(value) ?? value);
      yield markOf('option', '', words.get(value) ?? value);
    }
  }
  for (const sku of [product.externalId, ...skus]) yield markOf('sku', sku);
  for (const key of keysOf(product)) yield urlMark(key);
}

function optionsOf({ options }: CatalogProduct): [string, string][] {
  return options.flatMap(({ name, values }) => values.map((value): [string, string] => [name, value]));
}
