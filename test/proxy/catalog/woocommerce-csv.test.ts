import { describe, expect, test } from 'vitest';
import { createWooCommerceCsvSource, type WooCommerceCsvOptions } from '../../../proxy/catalog/woocommerce-csv.ts';
import { feed, SHOP, sourceOf } from './feed-files.ts';
import { readAll, testSource } from './source-suite.ts';

const create = (input: { file: string } & Partial<WooCommerceCsvOptions>) =>
  createWooCommerceCsvSource({ ...SHOP, ...input });
const read = (settings: Partial<WooCommerceCsvOptions> = {}) =>
  readAll(create({ file: feed('woocommerce.csv'), ...settings }));
const byId = async (id: string) => (await read()).products.find(({ externalId }) => externalId === id);
const header = 'ID,Type,SKU,Name,Published,In stock?,Regular price,Parent';
const large = [header, ...Array.from({ length: 5_000 }, (_, n) => `${n + 1},simple,S${n},Ball ${n},1,1,5,`)].join('\n');

testSource("WooCommerce's export", {
  shop: () => ({ source: create({ file: feed('woocommerce.csv') }) }),
  large: () => sourceOf(large, create),
  broken: () => ({ source: create({ file: feed('woocommerce.csv') }) }),
  cut: () => sourceOf(`${large}\n9999,"never closed`, create),
});

describe("a product of WooCommerce's export", () => {
  test('that is simple has its prices, categories, attributes of one value and page', async () => {
    expect(await byId('101')).toMatchObject({
      title: 'Bowl',
      url: 'https://shop.example/?p=101',
      description: 'Steel\nbowl',
      categories: ['Dogs', 'Bowls'],
      price: { min: { amount: 3_990, currency: 'ILS' } },
      listPrice: { amount: 4_990 },
      options: [{ name: 'Material', values: ['Steel'] }],
      variants: [{ sku: 'BOWL', quantity: 12 }],
    });
  });

  test('that is variable has its variations, whether they name it by number or SKU, before or after it', async () => {
    expect(await byId('200')).toMatchObject({
      title: 'Shirt & scarf',
      description: 'Short.\n\nTwo.\n\nLong',
      brand: 'Fernley',
      categories: ['Dogs', 'Clothes', 'Winter, cold'],
      images: [{ url: 'https://shop.example/a.jpg' }, { url: 'https://shop.example/b,c.jpg' }],
      price: { min: { amount: 7_000 }, max: { amount: 8_000 } },
      variants: [
        { id: '201', title: 'S', availability: 'in_stock', quantity: 7, image: { url: 'https://shop.example/a.jpg' } },
        { id: '202', title: 'M', availability: 'out_of_stock', image: { url: 'https://shop.example/m.jpg' } },
      ],
    });
  });

  test('that is external or grouped can not be bought here; a group costs what its cheapest part does', async () => {
    expect(await byId('107')).toMatchObject({ purchasable: false, price: { min: { amount: 123_450 } } });
    expect(await byId('108')).toMatchObject({ purchasable: false, price: { min: { amount: 3_990 } } });
  });

  test('is on sale from the day on that the sale begins', async () => {
    expect((await byId('102'))!.price.min.amount).toBe(10_000);
    const january = await read({ now: () => new Date('2027-01-15') });
    expect(january.products.find(({ externalId }) => externalId === '102')).toMatchObject({
      price: { min: { amount: 5_000 } },
      listPrice: { amount: 10_000 },
    });
  });

  test('on backorder, free, or named like a formula is read as it is meant', async () => {
    expect(await byId('111')).toMatchObject({ availability: 'backorder', price: { min: { amount: 0 } } });
    expect((await byId('110'))!.title).toBe('@home cushion');
  });

  test('that is a draft, private or hidden is not there, and no mistake', async () => {
    const { products, skipped } = await read();
    expect(products.map(({ externalId }) => externalId)).toEqual(['101', '102', '107', '110', '111', '200', '108']);
    expect(skipped.map(({ item }) => item).join()).not.toMatch(/10[456]/);
  });

  test('that makes no sense is left out with its line, its number and why', async () => {
    expect((await read()).skipped).toEqual([
      { item: 'line 6 (103)', reason: 'it has no price' },
      { item: 'line 19', reason: 'it has 40 cells, but the header has 39' },
      { item: 'line 17 (204)', reason: 'it has no price' },
      { item: 'line 18 (900, ORPHAN)', reason: 'its product ("id:899") is not in the file, or not published' },
      { item: 'line 12 (109)', reason: 'none of its parts has a price' },
    ]);
  });
});

test('an export in another language is refused in words', async () => {
  using opened = sourceOf('מזהה,סוג,שם\n1,simple,קערה\n', create);
  expect((await readAll(opened.source)).error).toMatchObject({
    name: 'SourceError',
    message: expect.stringMatching(/in English: it has no column "id", "type"/),
  });
});
