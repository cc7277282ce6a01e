import { describe, expect, test } from 'vitest';
import { createSource, revealed, sourceKeyOf } from '../../../proxy/catalog/index.ts';
import { readShops, secretsOf } from '../../../proxy/shops/index.ts';
import { tempDir } from '../../temp-dir.ts';

async function shopOf(env: Record<string, string>) {
  using dir = tempDir();
  const [reading] = await readShops({
    env,
    folder: dir.path,
    upstream: { apiKey: 'sk-test', baseUrl: 'https://api.example/v1', model: 'm', wire: 'responses' },
    demoModelUrl: null,
    checkAddress: (url) => (url.includes('10.0.0.5') ? 'leads inside' : undefined),
    allowPrivateNetwork: false,
    canMail: false,
    toolNames: ['search_products'],
    knowsPrice: () => true,
  });
  return reading!;
}

const exported = {
  CATALOG_URL: 'https://a.example/x.csv',
  CATALOG_CURRENCY: 'ILS',
  CATALOG_SHOP_URL: 'https://a.example',
};

describe('variables describe a catalogue', () => {
  test.each([
    ['woocommerce', { WOOCOMMERCE_URL: 'https://a.example' }, 'woocommerce'],
    [
      'woocommerce_rest',
      { WOOCOMMERCE_URL: 'https://a.example', WOOCOMMERCE_KEY: 'ck_1', WOOCOMMERCE_SECRET: 'cs_1' },
      'woocommerce',
    ],
    ['shopify', { SHOPIFY_DOMAIN: 'a.myshopify.com', SHOPIFY_TOKEN: 'shpat_1' }, 'shopify'],
    ['google_feed', { CATALOG_TYPE: 'google_feed', CATALOG_URL: 'https://a.example/feed.xml' }, 'event'],
    ['shopify_csv', { ...exported, CATALOG_TYPE: 'shopify_csv' }, 'shopify'],
    ['woocommerce_csv', { ...exported, CATALOG_TYPE: 'woocommerce_csv' }, 'woocommerce'],
    ['url', { CATALOG_URL: 'https://a.example/c.json' }, 'event'],
  ])('%s, and the cart that goes with it', async (type, env, cart) => {
    const { shop, problems } = await shopOf(env);
    expect(problems).toEqual([]);
    expect(shop!.catalog.type).toBe(type);
    expect(shop!.cart.kind).toBe(cart);
    const request = () => Promise.reject(new Error('unused'));
    expect(createSource(revealed(shop!.catalog), { request })).toHaveProperty('products');
  });

  test.each([
    [
      'a secret that is missing',
      { WOOCOMMERCE_URL: 'https://a.example', WOOCOMMERCE_KEY: 'ck_1' },
      /WOOCOMMERCE_SECRET/,
    ],
    ['a feed without a place', { CATALOG_TYPE: 'google_feed', CATALOG_FILE: 'gone.xml' }, /there is no file/],
    ['an address inside the network', { WOOCOMMERCE_URL: 'https://10.0.0.5' }, /WOOCOMMERCE_URL leads inside/],
    ['a name that is no address', { SHOPIFY_DOMAIN: 'my-shop' }, /SHOPIFY_DOMAIN .*acme\.myshopify\.com/],
    ['an unknown type', { CATALOG_TYPE: 'magento', CATALOG_URL: 'https://a.example' }, /CATALOG_TYPE/],
  ])('and %s is told', async (_, env, words) => {
    expect((await shopOf(env)).problems.join()).toMatch(words);
  });
});

test('secrets of a catalogue are kept out of the log and of the name of its source', async () => {
  const env = {
    WOOCOMMERCE_URL: 'https://a.example',
    WOOCOMMERCE_KEY: 'ck_1',
    WOOCOMMERCE_SECRET: 'cs_1',
    WOOCOMMERCE_WEBHOOK_SECRET: 'wh_1',
  };
  const { shop } = await shopOf(env);
  expect(secretsOf(shop!)).toEqual(expect.arrayContaining(['ck_1', 'cs_1', 'wh_1']));
  expect(JSON.stringify(shop)).not.toMatch(/ck_1|cs_1|wh_1/);
  const other = await shopOf({ ...env, WOOCOMMERCE_KEY: 'ck_2' });
  expect(sourceKeyOf(other.shop!.catalog)).toBe(sourceKeyOf(shop!.catalog));
});
