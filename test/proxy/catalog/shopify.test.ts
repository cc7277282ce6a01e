import { describe, expect, test } from 'vitest';
import { createShopifySource, type ShopifyOptions } from '../../../proxy/catalog/shopify.ts';
import { SourceError } from '../../../proxy/catalog/source-error.ts';
import {
  type FakeShopify,
  type FakeShopifyOptions,
  type FakeShopifyProduct,
  startFakeShopify,
} from '../../fakes/fake-shopify.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { readAll, testSource } from './source-suite.ts';

const money = (amount: string, currencyCode = 'ILS') => ({ amount, currencyCode });
const gid = (kind: string, id: number) => `gid://shopify/${kind}/${id}`;

function variant(id: number, rest: object = {}) {
  const usual = {
    id: gid('ProductVariant', id),
    title: 'Default Title',
    sku: `SKU-${id}`,
    availableForSale: true,
    currentlyNotInStock: false,
  };
  return {
    ...usual,
    price: money('49.9'),
    compareAtPrice: null,
    selectedOptions: [{ name: 'Title', value: 'Default Title' }],
    image: null,
    ...rest,
  };
}

function item(id: number, rest: Partial<FakeShopifyProduct> = {}): FakeShopifyProduct {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, id)).toISOString();
  return {
    id: gid('Product', id),
    createdAt: at,
    updatedAt: at,
    title: `Product ${id}`,
    handle: `product-${id}`,
    descriptionHtml: '<p>Soft &amp; <b>warm</b></p><script>alert(1)</script>',
    vendor: 'Fernley',
    productType: 'Beds',
    tags: ['dog'],
    onlineStoreUrl: `https://shop.example/products/product-${id}`,
    images: [{ url: 'https://cdn.shopify.com/1.jpg', altText: 'A <i>bed</i>', width: 1, height: 1 }],
    variants: [variant(id)],
    ...rest,
  };
}

const sized = (id: number, value: string, rest: object = {}) =>
  variant(id, { title: value, selectedOptions: [{ name: 'Size', value }], ...rest });
const oddities = () => [
  item(1, {
    title: 'Bed <b>&amp;</b> cover\n',
    images: [
      { url: 'javascript:alert(1)', altText: null },
      { url: 'https://cdn.shopify.com/2.jpg', altText: '' },
    ],
  }),
  item(2, {
    title: 'מיטה לכלב',
    variants: [
      sized(21, 'S', { price: money('99.90'), compareAtPrice: money('129.90') }),
      sized(22, 'L', { availableForSale: false, price: money('149.90'), compareAtPrice: money('149.90') }),
      sized(23, 'XL', { currentlyNotInStock: true, price: money('1234.5') }),
    ],
  }),
];

async function shopify(options: FakeShopifyOptions = {}, settings: Partial<ShopifyOptions> = {}) {
  const shop = await startFakeShopify(options);
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const source = createShopifySource({ shop: shop.url, request: loopbackWeb(), wait, ...settings });
  return { shop, source, waits, [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose]() };
}

async function opened(products: FakeShopifyProduct[], prepare?: (shop: FakeShopify) => unknown) {
  const { shop, source } = await shopify({ products });
  prepare?.(shop);
  return { source, given: () => shop.requests.length, close: () => shop[Symbol.asyncDispose]() };
}

testSource('Shopify', {
  shop: () => opened(oddities()),
  large: () => opened(Array.from({ length: 5_000 }, (_, index) => item(index + 1))),
  broken: () =>
    opened([
      item(1),
      item(2, { onlineStoreUrl: null }),
      item(3, { variants: [variant(3, { price: money('free') })] }),
      item(4),
    ]),
  cut: () => opened([item(1)], (shop) => shop.next.push(...Array.from({ length: 10 }, () => 'cut' as const))),
});

describe('a product of Shopify', () => {
  test('has the price of a measure where Shopify counts one', async () => {
    const measured = {
      unitPrice: money('33.27'),
      unitPriceMeasurement: { referenceValue: 100, referenceUnit: 'ML' },
    };
    await using opened = await shopify({ products: [item(1, { variants: [variant(1, measured)] }), item(2)] });
    const { products } = await readAll(opened.source);
    expect(products.map(({ variants }) => variants[0]!.unitPrice)).toEqual([
      { price: { amount: 3_327, currency: 'ILS' }, per: '100 ml' },
      undefined,
    ]);
  });

  test('comes with its texts plain, its variants, sale prices and stock', async () => {
    await using fake = await shopify({ products: oddities() });
    const [bed, hebrew] = (await readAll(fake.source)).products;
    expect(bed).toMatchObject({
      externalId: 'gid://shopify/Product/1',
      title: 'Bed & cover',
      description: 'Soft & warm',
      brand: 'Fernley',
      categories: ['Beds'],
      tags: ['dog'],
    });
    expect(bed!.images).toEqual([{ url: 'https://cdn.shopify.com/2.jpg' }]);
    expect(bed!.variants).toMatchObject([
      { id: 'gid://shopify/ProductVariant/1', title: '', options: [], price: { amount: 4_990, currency: 'ILS' } },
    ]);
    expect(hebrew).toMatchObject({
      price: { min: { amount: 9_990 }, max: { amount: 123_450 } },
      listPrice: { amount: 12_990 },
      availability: 'in_stock',
    });
    expect(hebrew!.variants.map(({ availability }) => availability)).toEqual(['in_stock', 'out_of_stock', 'backorder']);
    expect(hebrew!.variants[1]).not.toHaveProperty('listPrice');
    expect(hebrew!.options).toEqual([{ name: 'Size', values: ['S', 'L', 'XL'] }]);
  });

  test('without a page of its own is left out by name', async () => {
    await using fake = await shopify({ products: [item(7, { onlineStoreUrl: null })] });
    expect((await readAll(fake.source)).skipped).toEqual([
      { item: 'product 7 "Product 7"', reason: expect.stringContaining('online store') },
    ]);
  });

  test('with more variants than one page brings all of them', async () => {
    await using fake = await shopify({
      products: [item(1, { variants: Array.from({ length: 130 }, (_, n) => sized(n + 1, `No ${n}`)) })],
    });
    const [product] = (await readAll(fake.source)).products;
    expect(product!.variants).toHaveLength(130);
    expect(new Set(product!.variants.map(({ id }) => id)).size).toBe(130);
  });

  test('can be read alone, and is null when it is gone', async () => {
    await using fake = await shopify({ products: oddities() });
    const options = { signal: new AbortController().signal, onSkip: () => undefined };
    expect(await fake.source.product!('gid://shopify/Product/2', options)).toMatchObject({ title: 'מיטה לכלב' });
    expect(await fake.source.product!('gid://shopify/Product/3', options)).toBeNull();
    expect(await fake.source.product!('") { shop { name } } #', options)).toBeNull();
    expect(fake.shop.requests).toHaveLength(2);
  });
});

describe('Shopify is asked', () => {
  test.each([
    ['without a token', undefined, undefined, undefined],
    ['with a public token', { public: 'shpat_public' }, 'shpat_public', undefined],
    ['with a private token', { private: 'shpat_private' }, undefined, 'shpat_private'],
  ])('%s', async (_, token, open, secret) => {
    await using fake = await shopify({ products: [item(1)] }, token ? { token } : {});
    await readAll(fake.source);
    const [request] = fake.shop.requests;
    expect(request!.path).toBe('/api/2026-10/graphql.json');
    expect(request!.headers['x-shopify-storefront-access-token']).toBe(open);
    expect(request!.headers['shopify-storefront-private-token']).toBe(secret);
  });

  test('in smaller and smaller pages while it says that they cost too much', async () => {
    const products = Array.from({ length: 120 }, (_, index) => item(index + 1));
    await using fake = await shopify({ products, maxCost: 1_000 });
    const read = await readAll(fake.source);
    expect(read.error).toBeUndefined();
    expect(read.products).toHaveLength(120);
    const sizes = fake.shop.requests.map(({ variables }) => Number(variables['first']));
    expect(sizes[0]).toBe(250);
    expect(sizes.at(-1)).toBeLessThanOrEqual(15);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  test('no further when even the smallest costs too much', async () => {
    await using fake = await shopify({ products: [item(1)], maxCost: 1 });
    expect((await readAll(fake.source)).error).toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining('too costly'),
    });
    expect(fake.shop.requests.length).toBeLessThan(20);
  });

  test('once more without tags when it refuses them', async () => {
    await using fake = await shopify({ products: [item(1)], tags: false });
    const [product] = (await readAll(fake.source)).products;
    expect(product).toMatchObject({ title: 'Product 1', tags: [] });
  });

  test('for what changed since then', async () => {
    const products = [item(1), item(2, { updatedAt: '2026-11-02T00:00:00.000Z' })];
    await using fake = await shopify({ products });
    const { products: changed } = await readAll(fake.source, (read) =>
      fake.source.changedSince!(new Date('2026-11-01T00:00:00Z'), read),
    );
    expect(changed.map(({ title }) => title)).toEqual(['Product 2']);
    expect(fake.shop.requests[0]!.variables['query']).toBe("updated_at:>='2026-11-01T00:00:00.000Z'");
  });

  test('for more products than its cursors reach, each once', async () => {
    const products = Array.from({ length: 26_000 }, (_, index) => item(index + 1));
    await using fake = await shopify({ products });
    const ids: string[] = [];
    for await (const id of fake.source.ids!({ signal: new AbortController().signal, onSkip: () => undefined }))
      ids.push(id);
    expect(ids).toHaveLength(26_000);
    expect(new Set(ids).size).toBe(26_000);
  });
});

describe('a busy Shopify is waited for', () => {
  const throttled = { body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] } };

  test('after 430, 429 with Retry-After, THROTTLED and a broken line', async () => {
    await using fake = await shopify({ products: [item(1)] });
    fake.shop.next.push(
      { status: 430, body: '' },
      { status: 429, headers: { 'retry-after': '7' }, body: '' },
      throttled,
      'cut',
    );
    expect((await readAll(fake.source)).products).toHaveLength(1);
    expect(fake.waits).toEqual([1_000, 7_000, 4_000, 8_000]);
  });

  test('five times and no more', async () => {
    await using fake = await shopify({ products: [item(1)] });
    fake.shop.next.push(...Array.from({ length: 20 }, () => throttled));
    expect((await readAll(fake.source)).error).toMatchObject({
      message: expect.stringContaining('too busy'),
      retryAfterMs: 32_000,
    });
    expect(fake.shop.requests).toHaveLength(6);
  });

  test('not for ten minutes, but the owner is told how long', async () => {
    await using fake = await shopify({ products: [item(1)] });
    fake.shop.next.push({ status: 503, headers: { 'retry-after': '600' }, body: '<h1>Maintenance</h1>' });
    expect((await readAll(fake.source)).error).toMatchObject({ retryAfterMs: 600_000 });
    expect(fake.waits).toEqual([]);
  });

  test('only until the owner stops it', async () => {
    const stop = new AbortController();
    const reason = new Error('stop');
    await using fake = await shopify({ products: [item(1)] }, { wait: async () => stop.abort(reason) });
    fake.shop.next.push(throttled);
    const read = fake.source.products({ signal: stop.signal, onSkip: () => undefined });
    await expect(read[Symbol.asyncIterator]().next()).rejects.toBe(reason);
  });
});

describe('Shopify that refuses is worded', () => {
  test.each([
    ['a wrong token', { status: 401, body: '' }, /refuses the Storefront token/],
    ['a frozen shop', { status: 402, body: '' }, /closed by Shopify/],
    ['another address', { status: 404, body: '<html>' }, /address of a Shopify shop/],
    ['HTML', { body: '<!doctype html>' }, /no JSON/],
    [
      'an error of the schema',
      { body: { errors: [{ message: "Field 'x' doesn't exist" }] } },
      /Field 'x' doesn't exist/,
    ],
    ['an error in one string', { body: { errors: 'Not Found' } }, /Not Found/],
    ['no products', { body: { data: {} } }, /not what was asked for/],
  ])('%s', async (_, reply, words) => {
    await using fake = await shopify({ products: [item(1)] }, { token: { private: 'shpat_planted_secret' } });
    fake.shop.next.push(reply);
    const { error } = await readAll(fake.source);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toMatch(words);
    expect(JSON.stringify([error, String(error), (error as Error).stack, (error as Error).cause])).not.toContain(
      'planted_secret',
    );
  });
});
