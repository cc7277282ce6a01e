import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { woocommerceStoreSource } from '../../../proxy/catalog/woocommerce-store.ts';
import { type FakeWooCommerce, startFakeWooCommerce, times } from '../../fakes/fake-woocommerce.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { type OpenedSource, readAll, testSource } from './source-suite.ts';

const read = () => ({ signal: new AbortController().signal, onSkip: () => undefined });

function sourceOf(fake: FakeWooCommerce) {
  return woocommerceStoreSource({ url: fake.url, web: loopbackWeb(), wait: async () => undefined });
}

async function opened(options: { fillers?: number; change?: (fake: FakeWooCommerce) => void }): Promise<OpenedSource> {
  const fake = await startFakeWooCommerce(options);
  options.change?.(fake);
  return {
    source: sourceOf(fake),
    given: () => fake.requests.length,
    close: async () => fake[Symbol.asyncDispose](),
  };
}

testSource('WooCommerce, Store API', {
  shop: () => opened({}),
  large: () =>
    opened({
      fillers: 5_000,
      change: ({ shop }) => {
        for (const id of shop.storeProducts.keys()) if (id < 1_000) shop.storeProducts.delete(id);
      },
    }),
  broken: () =>
    opened({
      change: ({ shop }) => {
        shop.storeProducts.set(39, { id: 39, name: 'Belt without a price field' });
        shop.storeProducts.get(41)!['permalink'] = 'javascript:alert(1)';
        shop.storeVariations.get(76)!['prices'] = null;
      },
    }),
  cut: () =>
    opened({
      fillers: 300,
      change: ({ faults }) => faults.push(({ url }) => (url.searchParams.get('page') === '3' ? 'cut' : undefined)),
    }),
});

describe('the Store API', () => {
  let fake: FakeWooCommerce;
  beforeEach(async () => {
    fake = await startFakeWooCommerce();
  });
  afterEach(() => fake[Symbol.asyncDispose]());

  const all = async () => (await readAll(sourceOf(fake))).products;
  const one = async (id: number) => (await all()).find(({ externalId }) => externalId === String(id));

  test('needs no keys', async () => {
    expect((await all()).length).toBeGreaterThan(30);
    expect(fake.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('gives Hebrew names with their quotes, decoded', async () => {
    expect((await one(62))?.title).toBe('מזון יבש לכלבים בוגרים – עוף ואורז 15 ק”ג');
    expect((await one(78))?.title).toContain('Tom & Jerry’s Cat Bowl – 5" &');
  });

  test('gives each variation its price, sale, stock, SKU, picture and page', async () => {
    const gourmet = await one(74);
    expect(gourmet).toMatchObject({
      price: { min: { amount: 8_990, currency: 'ILS' }, max: { amount: 29_990, currency: 'ILS' } },
      options: [{ name: 'משקל', values: ['3 ק"ג', '7 ק"ג', '15 ק"ג'] }],
    });
    expect(gourmet?.listPrice).toBeUndefined();
    const variants = Object.fromEntries(gourmet!.variants.map((variant) => [variant.id, variant]));
    expect(variants['76']).toMatchObject({
      title: '7 ק"ג',
      sku: 'HE-GOURMET-1',
      price: { amount: 14_990 },
      listPrice: { amount: 16_990 },
      availability: 'in_stock',
      options: [{ name: 'משקל', value: '7 ק"ג' }],
      image: { url: expect.stringContaining('he-gourmet') },
      url: expect.stringContaining('attribute_'),
    });
    expect(variants['77']).toMatchObject({ availability: 'out_of_stock' });
    expect(variants['75']).not.toHaveProperty('listPrice');
  });

  test('names a variation by the words of its values, not by their slugs; "any" is left to the shopper', async () => {
    const shirt = (await one(34))!;
    expect(shirt.variants.map(({ title }) => title).sort()).toEqual(['Blue', 'Green', 'Red']);
    expect(shirt.variants[0]!.options).toHaveLength(1);
    expect(shirt.options.map(({ name }) => name)).toEqual(['Color', 'Size']);
  });

  test('asks for the variations of a page of products at once', async () => {
    await all();
    const asked = fake.requests.filter(({ url }) => url.searchParams.get('type') === 'variation');
    expect(asked.map(({ url }) => url.searchParams.get('parent'))).toEqual(['34,35,74,91']);
  });

  test('says "0" for "no price": left out; a free product stays', async () => {
    const { products, skipped } = await readAll(sourceOf(fake));
    expect(skipped).toContainEqual({ item: 'product 81 "No price at all"', reason: 'it has no price' });
    expect(products.find(({ externalId }) => externalId === '71')?.price.min.amount).toBe(0);
  });

  test('has a sale_price beside every price: only what is on sale has a price before', async () => {
    expect((await one(62))?.listPrice).toEqual({ amount: 24_990, currency: 'ILS' });
    expect(await one(72)).not.toHaveProperty('listPrice');
    fake.shop.storeProducts.get(62)!['on_sale'] = false;
    expect(await one(62)).not.toHaveProperty('listPrice');
  });

  test('lists hidden products like any other: they are left out', async () => {
    const ids = (await all()).map(({ externalId }) => externalId);
    expect(ids).not.toContain('42');
    expect(ids).not.toContain('87');
    expect(ids).toContain('62');
  });

  test('tells the ids of what it gives, and of nothing else', async () => {
    const ids: string[] = [];
    for await (const id of sourceOf(fake).ids!(read())) ids.push(id);
    expect(ids).toEqual((await all()).map(({ externalId }) => externalId));
  });

  test.each([
    ['a draft', '84'],
    ['a private one', '85'],
    ['one in the trash', '88'],
    ['a hidden one', '87'],
    ['a variation', '76'],
    ['none of that number', '999999'],
    ['no number', 'abc'],
    ['the empty id, which would be the whole catalogue', ''],
  ])('serves %s to anyone by its id, and is not asked that way', async (_, id) => {
    expect(await sourceOf(fake).product!(id, read())).toBeNull();
    expect(fake.requests.some(({ url }) => /products\/\d/.test(url.pathname))).toBe(false);
    expect(fake.requests.some(({ url }) => url.searchParams.get('include') === '')).toBe(false);
  });

  test('gives one product as it is now', async () => {
    const prices = fake.shop.storeProducts.get(39)!['prices'] as Record<string, string>;
    prices['price'] = '4200';
    const belt = await sourceOf(fake).product!('39', read());
    expect(belt).toMatchObject({ title: 'Belt', price: { min: { amount: 4_200 } } });
    expect((await sourceOf(fake).product!('74', read()))?.variants).toHaveLength(3);
  });

  test('gives each product once, and all, when others are deleted while it is read', async () => {
    await using large = await startFakeWooCommerce({ fillers: 500 });
    large.faults.push(({ url: { searchParams } }) => {
      // Between page 2 and 3: what is on page 3 moves up by 60 places.
      if (searchParams.get('page') === '3') for (let id = 1_000; id < 1_060; id++) large.shop.storeProducts.delete(id);
      return undefined;
    });
    const ids = (await readAll(sourceOf(large))).products.map(({ externalId }) => Number(externalId));
    expect(new Set(ids).size).toBe(ids.length);
    const left = [...large.shop.storeProducts.keys()].filter((id) => id >= 1_000);
    expect(left.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('counts what it read', async () => {
    const counts: [number, number | undefined][] = [];
    const onProgress = (done: number, total?: number) => void counts.push([done, total]);
    for await (const _ of sourceOf(fake).products({ ...read(), onProgress }));
    const size = fake.shop.storeProducts.size;
    expect(counts).toEqual([[size, size]]);
  });

  test('of a shop with plain permalinks is found at its other address', async () => {
    await using plain = await startFakeWooCommerce({ plainPermalinks: true });
    const { products, error } = await readAll(sourceOf(plain));
    expect(error).toBeUndefined();
    expect(products.length).toBeGreaterThan(30);
    expect(plain.requests.filter(({ url }) => url.pathname.startsWith('/wp-json'))).toHaveLength(2);
  });

  test('that drops the counting headers is read to its end all the same', async () => {
    await using bare = await startFakeWooCommerce({ fillers: 150 });
    const web = loopbackWeb();
    const source = woocommerceStoreSource({
      url: bare.url,
      web: async (...request) => ({
        ...(await web(...request)),
        headers: new Headers({ 'content-type': 'application/json' }),
      }),
    });
    const complete = (await readAll(sourceOf(bare))).products.length;
    expect((await readAll(source)).products).toHaveLength(complete);
  });

  test('gives the rest when it had a bad moment', async () => {
    fake.faults.push(times(2, 'cut'));
    const { products, error } = await readAll(sourceOf(fake));
    expect(error).toBeUndefined();
    expect(products.length).toBeGreaterThan(30);
  });
});
