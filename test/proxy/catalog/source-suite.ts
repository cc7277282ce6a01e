/**
 * What every source of a catalogue keeps to, whatever it reads. A test file hands in how to open its source:
 * `testSource('Google feed (XML)', { shop, large, broken, cut })`.
 */
import { describe, expect, test } from 'vitest';
import { productSchema } from '../../../proxy/catalog/product-schema.ts';
import { SourceError } from '../../../proxy/catalog/source-error.ts';
import type { CatalogProduct, CatalogSource, ReadOptions, Skipped } from '../../../proxy/catalog/types.ts';

/** A source over something real (a loopback server, a file), and how to put that away. */
export interface OpenedSource {
  source: CatalogSource;
  /** Bytes, pages or products that have left for the source so far, if that can be told: it must stay small. */
  given?: () => number;
  close?: () => PromiseLike<void> | void;
}

export interface SourceCases {
  /** A small shop with every oddity that this kind of source knows. */
  shop: () => Promise<OpenedSource> | OpenedSource;
  /** One with 5,000 products. */
  large: () => Promise<OpenedSource> | OpenedSource;
  /** One with some items that make no sense among others that do. */
  broken: () => Promise<OpenedSource> | OpenedSource;
  /** One that breaks for good after products were given, or at once. */
  cut: () => Promise<OpenedSource> | OpenedSource;
}

export interface Read {
  products: CatalogProduct[];
  skipped: Skipped[];
  error: unknown;
}

/** Reads to the end, or to the error. */
export async function readAll(
  source: CatalogSource,
  read: (options: ReadOptions) => AsyncIterable<CatalogProduct> = (options) => source.products(options),
): Promise<Read> {
  const result: Read = { products: [], skipped: [], error: undefined };
  const options = { signal: new AbortController().signal, onSkip: (item: Skipped) => void result.skipped.push(item) };
  try {
    for await (const product of read(options)) result.products.push(product);
  } catch (error) {
    result.error = error;
  }
  return result;
}

export function testSource(name: string, cases: SourceCases): void {
  const withSource = (open: keyof SourceCases, run: (opened: OpenedSource) => Promise<void>) => async () => {
    const opened = await cases[open]();
    try {
      await run(opened);
    } finally {
      await opened.close?.();
    }
  };

  describe(`${name}, as every source,`, () => {
    test(
      'gives products that a catalogue takes, each once',
      withSource('shop', async ({ source }) => {
        const { products, error } = await readAll(source);
        expect(error).toBeUndefined();
        expect(products.length).toBeGreaterThan(0);
        for (const product of products) expect(productSchema.safeParse(product).error?.message).toBeUndefined();
        expect(new Set(products.map(({ externalId }) => externalId)).size).toBe(products.length);
        const ids = products.flatMap(({ id }) => (id === undefined ? [] : [id]));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { variants } of products) {
          expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
        }
      }),
    );

    test(
      'gives plain texts: labels on one line, no markup, no entities, no control characters',
      withSource('shop', async ({ source }) => {
        for (const product of (await readAll(source)).products) {
          for (const label of labelsOf(product)) {
            expect(label).toBe(label.trim());
            expect(label).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
            expect(label).not.toMatch(MARKUP);
          }
          // Markup that the shop shows as text, `&lt;b&gt;`, is text.
          expect(product.description).not.toMatch(/<\/?(p|div|br|li|h\d|t[dr]|script|style|iframe|img)\b[^<>]*>/i);
          expect(product.description).not.toMatch(/[^\P{Cc}\n]/u);
          expect(JSON.stringify(product)).not.toMatch(/\\ud[89a-f]/);
        }
      }),
    );

    test(
      'gives http(s) addresses only',
      withSource('shop', async ({ source }) => {
        for (const product of (await readAll(source)).products) {
          for (const url of urlsOf(product))
            expect(new URL(url, 'https://shop.example/').protocol).toMatch(/^https?:$/);
        }
      }),
    );

    test(
      'gives whole amounts, of one currency, the lowest and highest of the variants',
      withSource('shop', async ({ source }) => {
        const { products } = await readAll(source);
        const currencies = new Set<string>();
        for (const { price, listPrice, variants } of products) {
          for (const money of [price.min, price.max, ...(listPrice ? [listPrice] : [])]) {
            expect(Number.isSafeInteger(money.amount)).toBe(true);
            currencies.add(money.currency);
          }
          expect(price.min.amount).toBeLessThanOrEqual(price.max.amount);
          for (const variant of variants) {
            expect(variant.price.amount).toBeGreaterThanOrEqual(price.min.amount);
            expect(variant.price.amount).toBeLessThanOrEqual(price.max.amount);
            if (variant.listPrice) expect(variant.listPrice.amount).toBeGreaterThan(variant.price.amount);
          }
        }
        expect(currencies.size).toBe(1);
      }),
    );

    test(
      'streams: the first of 5,000 products is there before most of the rest was read',
      withSource('large', async ({ source, given }) => {
        const read = source.products({ signal: new AbortController().signal, onSkip: () => undefined });
        const iterator = read[Symbol.asyncIterator]();
        expect((await iterator.next()).done).toBe(false);
        const early = given?.() ?? 0;
        let count = 1;
        while (!(await iterator.next()).done) count++;
        expect(count).toBe(5_000);
        if (given) expect(early).toBeLessThan(given() / 2);
      }),
    );

    test(
      'stops at once when it is aborted, with the reason',
      withSource('large', async ({ source }) => {
        const reason = new Error('the owner pressed Stop');
        const stop = new AbortController();
        const read = source.products({ signal: stop.signal, onSkip: () => undefined });
        let count = 0;
        const reading = (async () => {
          for await (const _ of read) if (++count === 150) stop.abort(reason);
        })();
        await expect(reading).rejects.toBe(reason);
        // What stands in a buffer may still come; another page may not.
        expect(count).toBeLessThan(1_000);
      }),
    );

    test(
      'asks for nothing when it was aborted before',
      withSource('shop', async ({ source }) => {
        const reason = new Error('too late');
        const read = source.products({ signal: AbortSignal.abort(reason), onSkip: () => undefined });
        await expect(read[Symbol.asyncIterator]().next()).rejects.toBe(reason);
      }),
    );

    test(
      'leaves out what makes no sense, says where it stands and why, and goes on',
      withSource('broken', async ({ source }) => {
        const { products, skipped, error } = await readAll(source);
        expect(error).toBeUndefined();
        expect(products.length).toBeGreaterThan(0);
        expect(skipped.length).toBeGreaterThan(0);
        for (const { item, reason } of skipped) {
          expect(item).toMatch(/\S/);
          expect(reason).toMatch(/\S/);
          expect(`${item} ${reason}`).not.toMatch(/undefined|\[object|\n/);
        }
      }),
    );

    test(
      'ends with a SourceError in words when it breaks, not as if it were complete',
      withSource('cut', async ({ source }) => {
        const { products, error } = await readAll(source);
        expect(error).toBeInstanceOf(SourceError);
        expect((error as SourceError).message).toMatch(/\w+ \w+ \w+/);
        expect((error as SourceError).message).not.toMatch(/undefined|\[object|^Error/);
        for (const product of products) expect(productSchema.safeParse(product).success).toBe(true);
      }),
    );
  });
}

/** Tags, and entities that were not decoded. A lone "<" or "&" is text. */
const MARKUP = /<\/?[a-z][^<>]*>|<!--|&(#\d+|#x[\da-f]+|amp|lt|gt|quot|nbsp);/i;

function labelsOf(product: CatalogProduct): string[] {
  return [
    product.title,
    ...(product.brand === undefined ? [] : [product.brand]),
    ...product.categories,
    ...product.tags,
    ...product.options.flatMap(({ name, values }) => [name, ...values]),
    ...product.variants.flatMap(({ title, options }) => [title, ...options.flatMap((o) => [o.name, o.value])]),
    ...product.images.flatMap(({ alt }) => (alt === undefined ? [] : [alt])),
  ];
}

function urlsOf(product: CatalogProduct): string[] {
  const images = [...product.images, ...product.variants.flatMap(({ image }) => (image ? [image] : []))];
  const pages = [product.url, ...product.variants.flatMap(({ url }) => (url === undefined ? [] : [url]))];
  return [...pages, ...images.map(({ url }) => url)];
}
