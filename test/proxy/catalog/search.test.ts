import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSearch, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, ProductQuery } from '../../../proxy/catalog/types.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { measureRecall } from '../../bench/recall.ts';
import { product } from '../../fixtures/products.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

const ILS = (amount: number) => ({ min: { amount, currency: 'ILS' }, max: { amount, currency: 'ILS' } });
const size = (...values: string[]) => [{ name: 'Size', values }];
const products: CatalogProduct[] = [
  product(1, 'Dog bed', {
    categories: ['Dogs', 'Beds'],
    price: ILS(300),
    options: size('S', 'XL'),
    brand: 'Snoozle',
    translations: { he: { labels: { Size: 'מידה', XL: 'ענק' } } },
  }),
  product(2, 'Dog bed, round', { categories: ['Dogs', 'Beds'], price: ILS(100), options: size('M'), brand: 'Snoozle' }),
  product(3, 'Cat bed', {
    categories: ['Cats', 'Beds'],
    price: ILS(200),
    rating: { value: 4.9, count: 3 },
    translations: { he: { title: 'מיטה לחתול', categories: ['חתולים'] } },
  }),
  product(4, 'Dog bed that is gone', { categories: ['Dogs'], price: ILS(50), availability: 'out_of_stock' }),
  product(5, '红色连衣裙', {}),
  product(6, 'Lamp', {
    variants: [{ id: 'l', title: '', sku: 'BED-77/X', price: ILS(1).min, availability: 'in_stock', options: [] }],
  }),
];

let dir: ReturnType<typeof tempDir>;
let storage: Storage;
beforeAll(async () => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
  const source = {
    name: 'test',
    async *products() {
      yield* products;
    },
  };
  for (const shop of ['pets', 'books']) {
    await syncCatalog({ storage, shop, source, signal: new AbortController().signal });
  }
});
afterAll(async () => {
  await storage.close();
  dir[Symbol.dispose]();
});

async function found(query: ProductQuery): Promise<number[]> {
  return (await createSearch({ storage }).search('pets', query)).map(({ product: { id } }) => id);
}

describe('a search is narrowed', () => {
  test('by category, in any language and case', async () => {
    expect(await found({ query: 'bed', category: 'CATS' })).toEqual([3]);
    expect(await found({ query: '', category: 'חתולים' })).toEqual([3]);
    expect(await found({ query: 'bed', category: 'Horses' })).toEqual([]);
  });

  test('by options, with or without their name', async () => {
    expect(await found({ query: 'bed', options: [{ name: 'size', value: 'xl' }] })).toEqual([1]);
    expect(await found({ query: 'bed', options: [{ value: 'M' }] })).toEqual([2]);
    expect(await found({ query: 'bed', options: [{ name: 'מידה', value: 'ענק' }] })).toEqual([1]);
    expect(await found({ query: 'bed', options: [{ name: 'מידה', value: 's' }] })).toEqual([1]);
    expect(await found({ query: 'ענק' })).toEqual([1]);
    expect(await found({ query: 'bed', options: [{ name: 'Colour', value: 'M' }] })).toEqual([]);
  });
});

describe('a search is sorted', () => {
  test('by price, among what has all the words', async () => {
    expect(await found({ query: 'dog bed', sort: 'price_up', inStockOnly: true })).toEqual([2, 1]);
    expect(await found({ query: 'dog bed', sort: 'price_down' })).toEqual([1, 2, 4]);
  });

  test('by rating', async () => {
    expect((await found({ query: 'bed', sort: 'rating' }))[0]).toBe(3);
  });
});

test('facets count what was found, and nothing else', async () => {
  const facets = await createSearch({ storage }).facets('pets', { query: 'dog bed' });
  expect(facets).toEqual({
    categories: [
      { value: 'Dogs', count: 3 },
      { value: 'Beds', count: 2 },
    ],
    brands: [{ value: 'Snoozle', count: 2 }],
    options: [{ name: 'Size', values: ['M', 'S', 'XL'].map((value) => ({ value, count: 1 })) }],
    price: { min: 50, max: 300 },
    inStock: 2,
    counted: 3,
  });
});

test('a SKU goes before all that only sounds like it', async () => {
  expect((await found({ query: 'BED-77/X' }))[0]).toBe(6);
  expect((await found({ query: 'do you have bed-77/x ?' }))[0]).toBe(6);
});

test.each(['裙', '衣', '红'])('one Chinese sign is enough to find a word that has it: %s', async (sign) => {
  expect(await found({ query: sign })).toEqual([5]);
});

test('no text of a question makes a search fail', async () => {
  const signs = `"'*^()[]{}:;,.-+~\\/%_|&<>= \t\n\0ANDORNOTNEAR title scope שלום裙é\ud800😀`.split('');
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const { search } = createSearch({ storage });
  for (let n = 0; n < 500; n++) {
    const text = () => Array.from({ length: random(40) }, () => signs[random(signs.length)]).join('');
    const query = { query: text(), synonyms: [text()], category: text(), options: [{ name: text(), value: text() }] };
    await expect(search('pets', n % 2 ? query : { query: text() })).resolves.toBeInstanceOf(Array);
  }
});

test('judged questions find what is right among the first five, as often as when it was measured', async () => {
  const { questions, at5, byLanguage } = await measureRecall();
  expect(questions.length).toBeGreaterThanOrEqual(80);
  expect(questions.filter(({ lang }) => lang === 'he').length).toBeGreaterThanOrEqual(30);
  expect(at5).toBeGreaterThanOrEqual(0.98);
  expect(byLanguage.en).toBeGreaterThanOrEqual(0.98);
  expect(byLanguage.he).toBeGreaterThanOrEqual(0.98);
});
