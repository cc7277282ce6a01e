import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CatalogSource } from '../../../proxy/catalog/types.ts';
import { woocommerceRestSource } from '../../../proxy/catalog/woocommerce-rest.ts';
import { type FakeWooCommerce, type Item, recording, startFakeWooCommerce } from '../../fakes/fake-woocommerce.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { type OpenedSource, readAll, testSource } from './source-suite.ts';

const read = () => ({ signal: new AbortController().signal, onSkip: () => undefined });

function sourceOf({ url, key, secret }: FakeWooCommerce): CatalogSource {
  const keys = { consumerKey: key, consumerSecret: secret };
  return woocommerceRestSource({ url, web: loopbackWeb(), ...keys, wait: async () => undefined });
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

testSource('WooCommerce, REST v3', {
  shop: () => opened({}),
  large: () =>
    opened({
      fillers: 5_000,
      change: ({ shop }) => {
        for (const id of shop.products.keys()) if (id < 1_000) shop.products.delete(id);
      },
    }),
  broken: () =>
    opened({
      change: ({ shop }) => {
        shop.products.set(39, { id: 39, name: 'Belt without a price field', status: 'publish' });
        shop.products.get(41)!['permalink'] = 'javascript:alert(1)';
        shop.variations.get(76)!['price'] = null;
      },
    }),
  cut: () =>
    opened({
      fillers: 300,
      change: ({ faults }) => faults.push(({ url }) => (url.searchParams.get('page') === '3' ? 'cut' : undefined)),
    }),
});

describe('REST v3', () => {
  let fake: FakeWooCommerce;
  beforeEach(async () => {
    fake = await startFakeWooCommerce();
  });
  afterEach(() => fake[Symbol.asyncDispose]());

  const all = async () => (await readAll(sourceOf(fake))).products;
  const ids = async () => (await all()).map(({ externalId }) => Number(externalId));
  const one = async (id: number) => (await all()).find(({ externalId }) => externalId === String(id));
  const change = (id: number, fields: Partial<Item>) => Object.assign(fake.shop.products.get(id)!, fields);

  test('has its prices as strings, unrounded: they become whole amounts', async () => {
    const prices = new Map((await all()).map(({ externalId, price }) => [externalId, price.min]));
    expect(prices.get('66')).toEqual({ amount: 14_950, currency: 'ILS' });
    expect(prices.get('64')).toEqual({ amount: 28_900, currency: 'ILS' });
    expect(prices.get('83')).toEqual({ amount: 123_456_789, currency: 'ILS' });
    expect(prices.get('71')).toEqual({ amount: 0, currency: 'ILS' });
  });

  test('says "" for "no price": left out, as are variable products without variations', async () => {
    const { products, skipped } = await readAll(sourceOf(fake));
    expect(products.filter(({ externalId }) => ['81', '93'].includes(externalId))).toEqual([]);
    expect(skipped).toContainEqual({ item: 'product 81 "No price at all"', reason: 'it has no price' });
    expect(skipped).toContainEqual({ item: 'product 93 "Variable without variations"', reason: 'it has no price' });
  });

  test('lets products have no name: left out', async () => {
    change(39, { name: '<b> </b>' });
    expect((await readAll(sourceOf(fake))).skipped).toContainEqual({ item: 'product 39', reason: 'it has no name' });
  });

  test('has no currency in a product: the shop is asked, each time', async () => {
    fake.shop.currency = 'USD';
    expect((await one(62))?.price.min).toEqual({ amount: 21_990, currency: 'USD' });
    fake.shop.currency = 'JPY';
    expect((await one(62))?.price.min).toEqual({ amount: 220, currency: 'JPY' });
    fake.shop.currency = '&#8362;';
    expect((await readAll(sourceOf(fake))).error).toMatchObject({ message: expect.stringContaining('currency') });
  });

  test('has the sale_price of a scheduled sale already: it shows only while on_sale', async () => {
    expect(fake.shop.products.get(72)).toMatchObject({ sale_price: '24.90', on_sale: false });
    const sauce = await one(72);
    expect(sauce).toMatchObject({ price: { min: { amount: 2_990 } } });
    expect(sauce).not.toHaveProperty('listPrice');
    expect((await one(62))?.listPrice).toEqual({ amount: 24_990, currency: 'ILS' });
    change(62, { on_sale: false });
    expect(await one(62)).not.toHaveProperty('listPrice');
  });

  test('calls purchasable what is sold out: the stock decides', async () => {
    expect(await one(68)).toMatchObject({ purchasable: true, availability: 'out_of_stock' });
    expect(await one(69)).toMatchObject({ availability: 'backorder' });
    expect((await one(62))?.variants[0]).toMatchObject({ quantity: 40 });
    expect((await one(64))?.variants[0]).not.toHaveProperty('quantity');
    expect(await one(57)).toMatchObject({ purchasable: false });
    expect(await one(56)).toMatchObject({ purchasable: false });
  });

  test('has no price of its own in a variable product: lowest, highest and sale are of the variations', async () => {
    expect(await one(74)).toMatchObject({
      price: { min: { amount: 8_990 }, max: { amount: 29_990 } },
      variants: [
        { id: '75', title: '3 ק"ג', price: { amount: 8_990 }, availability: 'in_stock' },
        { id: '76', title: '7 ק"ג', price: { amount: 14_990 }, listPrice: { amount: 16_990 } },
        { id: '77', title: '15 ק"ג', price: { amount: 29_990 }, availability: 'out_of_stock' },
      ],
    });
    expect(await one(74)).not.toHaveProperty('listPrice');
  });

  test('leaves an "any" attribute out of a variation', async () => {
    const any = await one(91);
    expect(any?.options).toEqual([{ name: 'Size', values: expect.arrayContaining([expect.any(String)]) }]);
    expect(any?.variants).toMatchObject([{ id: '92', title: '', options: [] }]);
  });

  test('lists variations that are switched off', async () => {
    Object.assign(fake.shop.variations.get(76)!, { status: 'private' });
    expect((await one(74))?.variants.map(({ id }) => id)).toEqual(['75', '77']);
  });

  test('lists drafts and private products unless told not to', async () => {
    expect(await ids()).not.toEqual(expect.arrayContaining([84]));
    expect(await ids()).not.toEqual(expect.arrayContaining([85]));
    const asked = fake.requests.filter(({ url }) => url.pathname.endsWith('/products'));
    expect(asked.every(({ url }) => url.searchParams.get('status') === 'publish')).toBe(true);
  });

  test('lists hidden products', async () => {
    expect(await ids()).not.toEqual(expect.arrayContaining([42]));
    expect(await ids()).not.toEqual(expect.arrayContaining([87]));
  });

  test('lists products that need a password, with the password', async () => {
    expect(JSON.stringify(await all())).not.toMatch(/secret text|Password protected/);
  });

  test('lists the addresses of paid files: only what is used is asked for', async () => {
    await all();
    for (const { url } of fake.requests) {
      expect(url.searchParams.get('_fields')).toMatch(/^[a-z_,]+$/);
      expect(url.searchParams.get('_fields')).not.toMatch(/downloads|meta_data|price_html/);
    }
  });

  test('leaves scripts, styles and page builders in descriptions', async () => {
    change(80, {
      description: '[et_pb_section fb="1"][vc_row]<p>Text [new]</p><script>bad()</script>[/et_pb_section]',
    });
    const text = (await one(80))!.description;
    expect(text).toContain('Text [new]');
    expect(text).not.toMatch(/bad|et_pb|vc_row/);
    change(80, { description: '[a_ '.repeat(2_000_000) });
    expect(await one(80)).toMatchObject({ externalId: '80' });
  });

  test('leaves tags, entities, control characters and overrides of direction in names', async () => {
    expect((await one(90))?.title).toBe('evil \u200fכלב\u200e 🐶 dog');
    expect((await one(78))?.title).toMatch(/^Tom & Jerry’s Cat Bowl/);
    expect((await one(70))?.title).toBe('עצמות לעיסה טבעיות XL & ידידותיות');
  });

  test.each([
    ['the trash', '88'],
    ['a draft', '84'],
    ['a private product', '85'],
    ['a hidden product', '87'],
    ['a product that needs a password', '86'],
    ['nothing of that id', '999999'],
    ['the whole list, for no id', ''],
    ['another path', '62/variations'],
  ])('serves %s by its id: that is no product here', async (_, id) => {
    expect(await sourceOf(fake).product!(id, read())).toBeNull();
  });

  test('serves a variation by its id as if it were a product', async () => {
    const variation = recording('product-variation-as-product').response.body as Item;
    fake.shop.products.set(variation.id, variation);
    expect(await sourceOf(fake).product!(String(variation.id), read())).toBeNull();
  });

  test('gives one product as it is now, with its variations', async () => {
    change(62, { price: '180', regular_price: '180', on_sale: false });
    expect(await sourceOf(fake).product!('62', read())).toMatchObject({ price: { min: { amount: 18_000 } } });
    expect((await sourceOf(fake).product!('74', read()))?.variants).toHaveLength(3);
  });

  test('compares dates right only with a zone and no flag, or the other way round', async () => {
    const changed = async (since: string) => {
      const { products } = await readAll(sourceOf(fake), (options) =>
        sourceOf(fake).changedSince!(new Date(since), options),
      );
      return products.map(({ externalId }) => externalId);
    };
    for (const item of fake.shop.products.values()) {
      Object.assign(item, { date_modified_gmt: '2026-11-21T00:00:00', date_modified: '2026-11-21T02:00:00' });
    }
    change(62, { date_modified_gmt: '2026-11-21T00:26:50', date_modified: '2026-11-21T02:26:50' });
    expect(await changed('2026-11-21T00:20:00Z')).toEqual(['62']);
    // It was being saved while the last sync looked.
    expect(await changed('2026-11-21T00:30:00Z')).toEqual(['62']);
    expect(await changed('2026-11-21T00:40:00Z')).toEqual([]);
    const asked = fake.requests.filter(({ url }) => url.searchParams.has('modified_after'));
    expect(asked.some(({ url }) => url.searchParams.has('dates_are_gmt'))).toBe(false);
  });

  test('tells no one of what was trashed: the sweep over all ids does', async () => {
    const sweep = async () => {
      const found: number[] = [];
      for await (const id of sourceOf(fake).ids!(read())) found.push(Number(id));
      return found;
    };
    expect(await sweep()).toEqual(await ids());
    expect(await sweep()).toContain(62);
    change(62, { status: 'trash' });
    change(64, { price: '' });
    expect(await sweep()).not.toEqual(expect.arrayContaining([62]));
    expect(await sweep()).not.toEqual(expect.arrayContaining([64]));
  });

  test('takes an empty include= for everything: it is never sent', async () => {
    await all();
    expect(fake.requests.some(({ url }) => url.searchParams.get('include') === '')).toBe(false);
  });
});
