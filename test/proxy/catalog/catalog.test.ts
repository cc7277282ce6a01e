import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCatalog, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, CatalogSource, ProductQuery } from '../../../proxy/catalog/types.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { product } from '../../fixtures/products.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let storage: Storage;
beforeEach(() => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
});
afterEach(async () => {
  await storage.close();
  dir[Symbol.dispose]();
});

function source(products: readonly CatalogProduct[], failAfter = Infinity): CatalogSource {
  return {
    name: 'test',
    async *products() {
      for (const [index, item] of products.entries()) {
        if (index >= failAfter) throw new Error('the line broke');
        yield item;
      }
    },
  };
}

function sync(
  products: readonly CatalogProduct[],
  { shop = 'pets', failAfter }: { shop?: string; failAfter?: number } = {},
) {
  return syncCatalog({ storage, shop, source: source(products, failAfter), signal: new AbortController().signal });
}

async function search(query: ProductQuery | string, shop = 'pets') {
  const hits = await createCatalog({ storage }).search(shop, typeof query === 'string' ? { query } : query);
  return hits.map(({ product: { title } }) => title);
}

describe('search finds', () => {
  test.each([
    ['a Hebrew word by its stem behind a prefix letter', 'שולחן ולכיסאות', 'כיסאות'],
    ['a Hebrew word with a prefix letter by the bare one in the text', 'מיטה לכלב', 'כלב'],
    ['the bare Hebrew word by a prefixed one in the question', 'מזון כלבים', 'לכלבים'],
    ['a Hebrew singular by its plural', 'קולר לכלב', 'כלבים'],
    ['a pointed Hebrew word without its points', 'שָׁלוֹם', 'שלום'],
    ['a Hebrew abbreviation without its quotes', 'צה"ל', 'צהל'],
    ['a word without its accents', 'Café Müsli', 'cafe musli'],
    ['ß by ss', 'Straße', 'strasse'],
    ['a dotless ı by i', 'ışık', 'isik'],
    ['a Chinese word inside a run', '红色连衣裙', '连衣裙'],
    ['a word by its beginning', 'Kibble for seniors', 'kibb'],
    ['a singular by the plural', 'Bed for a dog', 'dogs'],
    ['a word with a possessive by the word without', "Nature's menu", 'natures'],
    ['a SKU with a dash', 'Lamp AB-12', 'AB-12'],
  ])('%s', async (_, title, query) => {
    await sync([product(1, title), product(2, 'Something else entirely')]);
    expect(await search(query)).toEqual([title]);
  });

  test('words of the description, brand, category, option and translation', async () => {
    await sync([
      product(1, 'One', { description: 'made of bamboo' }),
      product(2, 'Two', { brand: 'Fernley' }),
      product(3, 'Three', { categories: ['Aquariums'] }),
      product(4, 'Four', { options: [{ name: 'Colour', values: ['Turquoise'] }] }),
      product(5, 'Five', { translations: { he: { title: 'קולר' } } }),
    ]);
    expect(await search('bamboo')).toEqual(['One']);
    expect(await search('fernley')).toEqual(['Two']);
    expect(await search('aquarium')).toEqual(['Three']);
    expect(await search('turquoise')).toEqual(['Four']);
    expect(await search('קולר')).toEqual(['Five']);
  });

  test('what matches a synonym', async () => {
    await sync([product(1, 'Leash'), product(2, 'Collar')]);
    expect(await search({ query: 'lead', synonyms: ['leash'] })).toEqual(['Leash']);
  });

  test('everything, what is in stock first, for an empty query', async () => {
    await sync([product(1, 'Gone', { availability: 'out_of_stock' }), product(2, 'Here')]);
    expect(await search('')).toEqual(['Here', 'Gone']);
  });
});

describe('search ranks', () => {
  test('all words before some of them, whatever is rare', async () => {
    await sync([product(1, 'Dog zeppelin'), product(2, 'Dog bed large'), product(3, 'Dog toy')]);
    expect((await search('large dog bed'))[0]).toBe('Dog bed large');
  });

  test('a match in the title before one in the description', async () => {
    await sync([product(1, 'Mat', { description: 'like a hammock' }), product(2, 'Hammock')]);
    expect(await search('hammock')).toEqual(['Hammock', 'Mat']);
  });

  test('what can be bought before what is sold out', async () => {
    await sync([product(1, 'Hammock', { availability: 'out_of_stock' }), product(2, 'Hammock, blue')]);
    expect(await search('hammock')).toEqual(['Hammock, blue', 'Hammock']);
  });
});

describe('search filters', () => {
  const price = (min: number, max = min) => ({
    min: { amount: min, currency: 'ILS' },
    max: { amount: max, currency: 'ILS' },
  });

  test('by price, counting a product whose variants reach into the range', async () => {
    await sync([
      product(1, 'Bed S', { price: price(5_000) }),
      product(2, 'Bed S to L', { price: price(9_000, 20_000) }),
      product(3, 'Bed XL', { price: price(30_000) }),
    ]);
    expect((await search({ query: 'bed', maxPrice: 10_000 })).toSorted()).toEqual(['Bed S', 'Bed S to L']);
    expect((await search({ query: 'bed', minPrice: 15_000 })).toSorted()).toEqual(['Bed S to L', 'Bed XL']);
  });

  test('by stock and by sale', async () => {
    await sync([
      product(1, 'Bed', { availability: 'out_of_stock', listPrice: { amount: 9_999, currency: 'ILS' } }),
      product(2, 'Bed two'),
      product(3, 'Bed three', { listPrice: { amount: 9_999, currency: 'ILS' } }),
    ]);
    expect((await search({ query: 'bed', inStockOnly: true })).toSorted()).toEqual(['Bed three', 'Bed two']);
    expect((await search({ query: 'bed', onSaleOnly: true, inStockOnly: true })).toSorted()).toEqual(['Bed three']);
  });

  test('to the number asked for', async () => {
    await sync([1, 2, 3].map((id) => product(id, `Bed ${id}`)));
    expect(await search({ query: 'bed', limit: 2 })).toHaveLength(2);
  });

  test('to the own shop', async () => {
    await sync([product(1, 'Bed of pets')]);
    await sync([product(1, 'Bed of hotels')], { shop: 'hotels' });
    expect(await search('bed', 'hotels')).toEqual(['Bed of hotels']);
    expect(await search('bed', 'nobody')).toEqual([]);
  });
});

test.each([
  '"',
  "'",
  'title:x',
  'bed" OR "x',
  '-bed',
  'bed*',
  'NEAR(a b)',
  '(',
  'a AND',
  '^',
  '{title}:',
  ' ',
  '\u0000',
  '%',
  "x'; DROP TABLE products; --",
])('search takes %j for words, never for syntax', async (query) => {
  await sync([product(1, 'Lamp')]);
  await expect(search(query)).resolves.toBeInstanceOf(Array);
  expect(await search('lamp')).toEqual(['Lamp']);
});

describe('sync', () => {
  test('replaces the catalogue: changed, new and gone products', async () => {
    await sync([product(1, 'Old name'), product(2, 'Goes')]);
    await sync([product(1, 'New name'), product(3, 'Comes')]);
    expect((await search('')).toSorted()).toEqual(['Comes', 'New name']);
    expect(await search('old')).toEqual([]);
    expect(await search('goes')).toEqual([]);
  });

  test('keeps the old catalogue when the source breaks half-way', async () => {
    await sync([product(1, 'Old')]);
    await expect(sync([product(1, 'New'), product(2, 'Never read')], { failAfter: 1 })).rejects.toThrow(
      'the line broke',
    );
    expect(await search('')).toEqual(['Old']);
  });

  test('takes numeric ids of the shop as they are, and gives the others one that stays', async () => {
    const without = (title: string, externalId: string): CatalogProduct => {
      const { id: _id, ...rest } = product(9, title, { externalId });
      return rest;
    };
    const ids = async () =>
      new Map((await storage.products('pets', [62, 63, 64])).map(({ externalId, id }) => [externalId, id]));
    const numeric = without('Numbered', '62');
    const text = without('Text', 'gid://Product/7');
    await sync([numeric, text]);
    expect(await ids()).toEqual(
      new Map([
        ['62', 62],
        ['gid://Product/7', 63],
      ]),
    );
    const more = without('More', '64');
    await sync([more, text, numeric]);
    expect(await ids()).toEqual(
      new Map([
        ['62', 62],
        ['gid://Product/7', 63],
        ['64', 64],
      ]),
    );
  });

  test('refuses two products with one id', async () => {
    await expect(sync([product(5, 'A'), { ...product(5, 'B'), externalId: 'other' }])).rejects.toThrow(/same id, 5/);
  });
});

describe('cards', () => {
  test('come in the order asked for, without unknown ids', async () => {
    await sync([product(1, 'A'), product(2, 'B'), product(3, 'C')]);
    const found = await createCatalog({ storage }).byIds('pets', [3, 99, 1]);
    expect(found.map(({ id }) => id)).toEqual([3, 1]);
  });

  test('are in the language of the reader where the catalogue has it', () => {
    const { card } = createCatalog({ storage });
    const item = product(1, 'Collar', { lang: 'en', translations: { he: { title: 'קולר' } } });
    expect(card(item, 'he-IL')).toMatchObject({ title: 'קולר', lang: 'he' });
    expect(card(item, 'fr')).toMatchObject({ title: 'Collar', lang: 'en' });
  });

  test('say beside their options what those are called there: carts know them by their own names', () => {
    const { card } = createCatalog({ storage });
    const options = [{ name: 'Size', values: ['Small', 'L'] }];
    const labels = { Size: 'מידה', Small: 'קטן' };
    const item = product(1, 'Collar', { options, translations: { he: { labels } } });
    expect(card(item, 'he-IL')).toMatchObject({ options, labels });
    expect(card(item, 'fr')).not.toHaveProperty('labels');
  });

  test('hold neither stock counts nor descriptions', () => {
    const { card } = createCatalog({ storage });
    const item = product(1, 'Collar', { description: 'secret recipe', tags: ['internal'] });
    expect(JSON.stringify(card(item, 'en'))).not.toMatch(/secret|internal/);
  });
});

test('a source of which nothing is good leaves the catalogue as it was, and says why', async () => {
  await sync([product(1, 'Bowl')]);
  const spoilt: CatalogSource = {
    name: 'test',
    async *products({ onSkip }) {
      onSkip({ item: 'product 1', reason: 'it has no price' });
      yield* [];
    },
  };
  const signal = new AbortController().signal;
  await expect(syncCatalog({ storage, shop: 'pets', source: spoilt, signal })).rejects.toThrow('it has no price');
  expect(await createCatalog({ storage }).count('pets')).toBe(1);
});
