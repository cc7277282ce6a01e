import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCatalog, syncCatalog } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, ProductName } from '../../../proxy/catalog/types.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { product } from '../../fixtures/products.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

const ILS = { amount: 100, currency: 'ILS' };
const variant = (id: string, sku: string, url?: string) => ({
  id,
  title: id,
  sku,
  price: ILS,
  availability: 'in_stock' as const,
  options: [],
  ...(url !== undefined && { url }),
});
const goods: CatalogProduct[] = [
  product(1, 'Bed', { url: 'https://shop.example/products/blue-bed', variants: [variant('1', 'BED-1')] }),
  product(2, 'Bowl', { url: '/demo/product.html?id=2' }),
  product(3, 'Rope', { url: '/demo/product.html?id=3', variants: [variant('a', 'ROPE'), variant('b', 'ROPE-L')] }),
  product(4, 'Two of a kind', { url: 'https://shop.example/twins', variants: [variant('4', 'TWIN-4')] }),
  product(5, 'Two of a kind', { url: 'https://shop.example/twins', variants: [variant('5', 'TWIN-5')] }),
  product(6, 'מיטה', { url: 'https://shop.example/מוצר/מיטה/' }),
  product(7, 'Same number', { variants: [variant('7', 'SAME')] }),
  product(8, 'Same number', { variants: [variant('8', 'SAME')] }),
];

let dir: ReturnType<typeof tempDir>;
let storage: Storage;
beforeAll(async () => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
  const source = {
    name: 'test',
    async *products() {
      yield* goods;
    },
  };
  await syncCatalog({ storage, shop: 'pets', source, signal: new AbortController().signal });
});
afterAll(async () => {
  await storage.close();
  dir[Symbol.dispose]();
});

test.each<[string, ProductName, number | undefined]>([
  ['its own page', { url: 'https://shop.example/products/blue-bed' }, 1],
  ['the same on another host, with a slash at its end', { url: 'https://m.shop.example/products/blue-bed/' }, 1],
  [
    'how somebody came there, and a place in it',
    { url: 'https://shop.example/products/blue-bed?utm_source=x&variant=9#top' },
    1,
  ],
  ['the page in a collection', { url: 'https://shop.example/collections/beds/products/blue-bed' }, 1],
  ['the page in another language', { url: 'https://shop.example/he/products/blue-bed' }, 1],
  ['a query that says which', { url: 'https://demo.example/demo/product.html?lang=he&from=home&id=3' }, 3],
  ['letters of another alphabet, written out or not', { url: 'https://shop.example/%D7%9E%D7%95%D7%A6%D7%A8/מיטה' }, 6],
  ['a SKU', { sku: 'rope-l' }, 3],
  ['the shop’s own number', { sku: 'sku-2' }, 2],
  ['a page of two, and the SKU of one', { url: 'https://shop.example/twins', sku: 'TWIN-5' }, 5],
  ['a page of two alone', { url: 'https://shop.example/twins' }, undefined],
  ['a page of two, and a SKU of neither', { url: 'https://shop.example/twins', sku: 'BED-1' }, undefined],
  ['a SKU of two', { sku: 'SAME' }, undefined],
  ['a page that tells no product', { url: 'https://shop.example/demo/product.html' }, undefined],
  ['the front page', { url: 'https://shop.example/' }, undefined],
  ['no page at all', { url: 'javascript:alert(1)' }, undefined],
  ['half a word of it', { sku: 'ROP' }, undefined],
  ['nothing', {}, undefined],
  ['signs only', { sku: '"--' }, undefined],
])('finds a product by %s', async (_, name, id) => {
  const [found] = await createCatalog({ storage }).named('pets', [name]);
  expect(found?.id).toBe(id);
});

test('answers for each name, and from this shop only', async () => {
  const catalog = createCatalog({ storage });
  const names = [{ sku: 'nothing' }, { sku: 'BED-1' }];
  expect((await catalog.named('pets', names)).map((one) => one?.id)).toEqual([undefined, 1]);
  expect(await catalog.named('books', names)).toEqual([undefined, undefined]);
});
