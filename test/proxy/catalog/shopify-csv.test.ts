import { describe, expect, test } from 'vitest';
import type { ExportOptions } from '../../../proxy/catalog/export-settings.ts';
import { createShopifyCsvSource } from '../../../proxy/catalog/shopify-csv.ts';
import { feed, SHOP, sourceOf } from './feed-files.ts';
import { readAll, testSource } from './source-suite.ts';

const create = (input: { file: string } & Partial<ExportOptions>) => createShopifyCsvSource({ ...SHOP, ...input });
const read = (name: string) => readAll(create({ file: feed(name) }));
const large = [
  'Handle,Title,Variant Price',
  ...Array.from({ length: 5_000 }, (_, n) => `ball-${n},Ball ${n},5.00`),
].join('\n');

testSource("Shopify's export", {
  shop: () => ({ source: create({ file: feed('shopify.csv') }) }),
  large: () => sourceOf(large, create),
  broken: () => ({ source: create({ file: feed('shopify.csv') }) }),
  cut: () => sourceOf(`${large}\nlast,"never closed`, create),
});

describe("a product of Shopify's export", () => {
  test('has the variants and pictures of all its rows', async () => {
    const [bed] = (await read('shopify.csv')).products;
    expect(bed).toMatchObject({
      externalId: 'dog-bed',
      title: 'Dog bed "Cloud"',
      url: 'https://shop.example/products/dog-bed',
      brand: 'Fernley',
      categories: ['Beds', 'Animals & Pet Supplies', 'Pet Supplies', 'Dog Supplies'],
      tags: ['dog', 'bed', 'winter'],
      price: { min: { amount: 9_990, currency: 'ILS' }, max: { amount: 19_990 } },
      listPrice: { amount: 12_990 },
    });
    expect(bed!.images).toEqual([
      { url: 'https://cdn.shopify.com/bed.jpg', alt: 'A grey bed' },
      { url: 'https://cdn.shopify.com/bed-2.jpg' },
      { url: 'https://cdn.shopify.com/bed-3.jpg' },
    ]);
    expect(bed!.variants.map(({ title, availability, quantity }) => [title, availability, quantity])).toEqual([
      ['S / Grey', 'in_stock', 3],
      ['L / Grey', 'out_of_stock', 0],
      ['XL / Grey', 'backorder', 0],
    ]);
  });

  test('with nothing to choose has no options, and is always in stock without a tracker', async () => {
    const hebrew = (await read('shopify.csv')).products[1];
    expect(hebrew).toMatchObject({
      title: 'מיטה לכלב',
      url: 'https://shop.example/products/%D7%9E%D7%99%D7%98%D7%94',
      options: [],
      availability: 'in_stock',
      variants: [{ title: '', sku: 'BED-HE', price: { amount: 123_450 } }],
    });
    expect(hebrew).not.toHaveProperty('listPrice');
  });

  test('that is a draft, archived or unpublished is not there, and no mistake', async () => {
    const { products, skipped } = await read('shopify.csv');
    expect(products.map(({ externalId }) => externalId)).toEqual(['dog-bed', 'מיטה', 'ball']);
    expect(skipped.map(({ item }) => item).join()).not.toMatch(/draft|archived/);
  });

  test('that makes no sense is left out with its line and why', async () => {
    expect((await read('shopify.csv')).skipped).toEqual([
      { item: 'line 10 (no-price)', reason: 'it has no price' },
      { item: 'line 11 (bad-price)', reason: 'its price "ask us" (line 11) is no amount' },
      { item: 'line 14', reason: 'it has 30 cells, but the header has 28' },
      { item: 'line 15', reason: 'it has no handle' },
      { item: 'line 12 (twice)', reason: 'two of its variants have the same id, "twice/S"' },
      { item: 'line 17 (dog-bed)', reason: 'the id "dog-bed" came before' },
    ]);
  });
});

test("Shopify's template of 2025 is read as well", async () => {
  expect((await read('shopify-2025.csv')).products).toMatchObject([
    {
      externalId: 'mug',
      description: 'Blue',
      options: [{ name: 'Size', values: ['Small', 'Large'] }],
      variants: [
        { sku: 'MUG-S', listPrice: { amount: 1_500 }, quantity: 4 },
        { sku: 'MUG-L', availability: 'backorder' },
      ],
    },
  ]);
});

test.each([
  [
    'another table',
    { file: feed('google.csv') },
    /no export of Shopify's products: it has no column "handle", "title", "price"/,
  ],
  ['no currency', { file: feed('shopify.csv'), currency: 'shekel' }, /ISO 4217/],
  ['no address of the shop', { file: feed('shopify.csv'), shopUrl: 'javascript:alert(1)' }, /http\(s\) URL/],
])('%s is refused in words', async (_, input, words) => {
  expect((await readAll(create(input))).error).toMatchObject({
    name: 'SourceError',
    message: expect.stringMatching(words),
  });
});
