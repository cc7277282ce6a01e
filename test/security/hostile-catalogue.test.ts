/** What a catalogue may hold, by mistake or because somebody else wrote the shop's products. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog, readStoreProducts, syncCatalog } from '../../proxy/catalog/index.ts';
import { fileSource } from '../../proxy/catalog/file.ts';
import { plainText } from '../../proxy/catalog/plain-text.ts';
import type { CatalogProduct } from '../../proxy/catalog/types.ts';
import { isWebUrl } from '../../proxy/catalog/web-url.ts';
import { searchProducts } from '../../proxy/tools/search-products.ts';
import { product } from '../fixtures/products.ts';
import { sourceOf as fileOf } from '../proxy/catalog/feed-files.ts';
import { readAll } from '../proxy/catalog/source-suite.ts';
import { question, shop, workshop } from '../proxy/chat/workshop.ts';
import { scriptedModel } from '../fakes/scripted-model.ts';

const file = (...products: object[]) => read(JSON.stringify({ products }));
async function read(json: string) {
  using opened = fileOf(json, fileSource);
  return await readAll(opened.source);
}

const SCRIPTS = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  'tel:+1',
];

describe('a link or picture', () => {
  test.each(SCRIPTS)('%j is refused wherever it stands', async (url) => {
    const variant = product(1, 'Bed').variants[0]!;
    for (const [where, rest] of Object.entries({
      url: { url },
      'images.0.url': { images: [{ url }] },
      'variants.0.url': { variants: [{ ...variant, url }] },
      'variants.0.image.url': { variants: [{ ...variant, image: { url } }] },
    })) {
      const { products, skipped } = await file({ ...product(1, 'Bed'), ...rest });
      expect(products).toEqual([]);
      expect(skipped[0]!.reason).toContain(`${where}: must be an http(s) URL`);
    }
  });

  test.each([
    'https://shop.example/p/1',
    'http://shop.example',
    '/demo/product.html?id=1',
    'p/1',
    '//cdn.example/1.jpg',
    '?p=1',
  ])('%j is taken', (url) => {
    expect(isWebUrl(url)).toBe(true);
  });

  test('is taken only if a browser goes to http(s) with it', () => {
    const page = 'https://shop.example/x';
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constantFrom(...SCRIPTS)), (url) => {
        if (isWebUrl(url)) expect(new URL(url, page).protocol).toMatch(/^https?:$/);
      }),
      { seed: 7 },
    );
  });
});

describe('a file', () => {
  test.each([
    ['a name without end', { title: 'n'.repeat(1_000_000) }, 'title'],
    ['a description without end', { description: 'd'.repeat(1_000_000) }, 'description'],
    ['categories without end', { categories: Array.from({ length: 5_000 }, () => 'c') }, 'categories'],
    [
      'an amount that is none',
      { price: { min: { amount: NaN, currency: 'ILS' }, max: { amount: 1, currency: 'ILS' } } },
      'price.min.amount',
    ],
    [
      'an amount below zero',
      { price: { min: { amount: -1, currency: 'ILS' }, max: { amount: 1, currency: 'ILS' } } },
      'price.min.amount',
    ],
    ['an amount beyond reason', { listPrice: { amount: 1e300, currency: 'ILS' } }, 'listPrice.amount'],
    ['a currency that is none', { listPrice: { amount: 1, currency: 'שקל' } }, 'listPrice.currency'],
  ])('with %s is refused, and says where', async (_, rest, where) => {
    const { products, skipped } = await file({ ...product(1, 'Bed'), ...rest });
    expect(products).toEqual([]);
    expect(skipped[0]!.reason).toContain(`${where}: `);
  });

  test('with keys of prototypes changes no prototype, and no card', async () => {
    const json = JSON.stringify({ products: [product(1, 'Bed')] });
    const odd = json.replace(
      '"title":"Bed"',
      '"title":"Bed","translations":{"__proto__":{"title":"Evil"},"constructor":{"title":"Evil"}}',
    );
    const [bed] = (await read(odd)).products;
    expect({}).not.toHaveProperty('title');
    const { storage } = await workshop(scriptedModel());
    for (const locale of ['en', '__proto__', 'toString', 'valueOf'])
      expect(createCatalog({ storage }).card({ ...bed!, id: 1 }, locale).title).toBe('Bed');
  });

  test('in which two products share the id of the shop is refused by that id', async () => {
    await expect(synced([[product(1, 'A'), { ...product(2, 'B'), externalId: 'sku-1' }]])).rejects.toThrow('"sku-1"');
  });

  test('that brings the number of an older product gives that one another, and can be read', async () => {
    const first = { ...product(1, 'Bed'), externalId: 'bed' } as CatalogProduct;
    const second = { ...product(2, 'Bowl'), externalId: '1' } as CatalogProduct;
    delete first.id;
    delete second.id;
    const ids = await synced([[first], [first, second]]);
    expect(ids.get('1')).toBe(1);
    expect(ids.get('bed')).toBeGreaterThan(1);
  });
});

describe('a WooCommerce item', () => {
  const recording = path.resolve(import.meta.dirname, '../fixtures/woocommerce/store-products.json');
  const [recorded] = (JSON.parse(readFileSync(recording, 'utf8')) as { response: { body: Record<string, object>[] } })
    .response.body;
  const prices = recorded!['prices'];

  test.each([
    ['a price of 400 digits', { prices: { ...prices, price: '9'.repeat(400) } }],
    ['a price of 20 digits', { prices: { ...prices, price: '9'.repeat(20) } }],
    [
      'a price range without end',
      { prices: { ...prices, price_range: { min_amount: '1', max_amount: '9'.repeat(30) } } },
    ],
    ['a price before the sale without end', { on_sale: true, prices: { ...prices, regular_price: '9'.repeat(400) } }],
    ['a rating that is none', { average_rating: 'abc', review_count: 3 }],
    ['a rating of 9', { average_rating: '9', review_count: 3 }],
    ['half a review', { average_rating: '4', review_count: 1.5 }],
    ['a script for a picture', { images: [{ src: 'javascript:alert(1)', thumbnail: '', alt: '' }] }],
    ['no picture', { images: [{ src: '', thumbnail: '', alt: '' }] }],
    ['a script for its page', { permalink: 'java\tscript:alert(1)' }],
    ['a page without end', { permalink: `https://shop.example/${'p'.repeat(10_000)}` }],
    ['a name without end', { name: 'n'.repeat(1_000_000) }],
    ['a name of markup only', { name: '<img src=x onerror=alert(1)>' }],
    ['a description nested 40,000 deep', { description: '<div>'.repeat(40_000) }],
    ['a description of emoji', { description: '🐕'.repeat(2_000), short_description: 'a' }],
    ['categories with names without end', { categories: [{ name: 'c'.repeat(10_000) }] }],
  ])('with %s is left out or mended, so that what is written can be read', async (_, rest) => {
    const { products, skipped } = readStoreProducts([{ ...recorded, ...rest }]);
    expect(products.length + skipped.length).toBe(1);
    const written = await file(...products);
    expect(written.skipped).toEqual([]);
    expect(JSON.stringify(written.products)).not.toMatch(/script:|\\ud[89a-f]/);
  });
});

test.each([
  ['tags', '<div>'.repeat(40_000)],
  ['lists', '<ul><li>'.repeat(20_000)],
  ['tables', '<table><tr><td>'.repeat(10_000)],
  ['angles', '<'.repeat(200_000)],
  ['comments', '<!--'.repeat(50_000)],
])('HTML of endless %s becomes text', (_, html) => {
  expect(typeof plainText(html)).toBe('string');
});

test('a description without spaces reaches the model cut like any other', async () => {
  const { deps } = await workshop(scriptedModel());
  const descriptions = ['狗粮'.repeat(5_000), '🐕'.repeat(5_000), `a${'🐕'.repeat(5_000)}`, 'word '.repeat(5_000)];
  await syncCatalog({
    storage: deps.storage,
    shop: shop.slug,
    source: sourceOf(descriptions.map((description, index) => product(index + 1, 'Bed', { description }))),
    signal: new AbortController().signal,
  });
  const input = {
    query: 'bed',
    synonyms: [],
    category: null,
    options: [],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'relevance' as const,
    limit: 20,
  };
  const context = {
    shop,
    catalog: deps.catalog,
    knowledge: deps.knowledge,
    citable: () => undefined,
    locale: question('').locale,
    shown: new Set<number>(),
    orders: deps.orders,
    mayTryOrder: async () => true,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const { output } = await searchProducts.run(input, context);
  const found = (output as { products: { description: string }[] }).products;
  expect(found).toHaveLength(4);
  for (const { description } of found) {
    expect(description.length).toBeLessThanOrEqual(242);
    expect(description.isWellFormed()).toBe(true);
  }
});

test('a search for any text finds what it finds, and never fails', async () => {
  const { deps } = await workshop(scriptedModel());
  const odd = fc.constantFrom(
    '"',
    '*',
    '^',
    'NEAR(',
    ' AND ',
    ' OR ',
    'NOT ',
    'title:',
    '-',
    '\u0000',
    '\ud83d',
    "';--",
    '%',
    '_',
    '(',
    '{',
  );
  const text = fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('dog', 'bed')), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      const hits = await deps.catalog.search(shop.slug, { query: parts.join(''), synonyms: parts });
      expect(hits.length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 300, seed: 7 },
  );
  expect(await deps.catalog.count(shop.slug)).toBe(3);
});

function sourceOf(products: readonly CatalogProduct[]) {
  return {
    name: 'test',
    async *products() {
      yield* products;
    },
  };
}

/** The ids that the shop's own got after these catalogues, one after another. */
async function synced(catalogues: readonly CatalogProduct[][]): Promise<Map<string, number>> {
  const { storage } = await workshop(scriptedModel());
  for (const products of catalogues) {
    await syncCatalog({ storage, shop: 'new', source: sourceOf(products), signal: new AbortController().signal });
  }
  const found = await storage.searchProducts('new', { questions: [], words: 'all', limit: 100 });
  return new Map(found.map(({ product }) => [product.externalId, product.id]));
}
