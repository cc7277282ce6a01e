import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileSource } from '../../../proxy/catalog/index.ts';
import { importCommand } from '../../../proxy/commands/import.ts';
import type { CatalogProduct } from '../../../proxy/catalog/types.ts';
import { readStoreProducts } from '../../../proxy/catalog/woocommerce-store-file.ts';
import { tempDir } from '../../temp-dir.ts';

const recording = new URL('../../fixtures/woocommerce/store-products.json', import.meta.url);
const exchange = JSON.parse(readFileSync(recording, 'utf8')) as { response: { body: Record<string, unknown>[] } };

function imported(change: (item: Record<string, unknown>) => void = () => undefined) {
  const item = structuredClone(exchange.response.body.find(({ id }) => id === 62)!);
  change(item);
  return readStoreProducts([item]);
}

describe('the recorded shop', () => {
  const { products, skipped } = readStoreProducts(exchange);
  const byId = (id: number) => products.find(({ externalId }) => externalId === String(id))!;

  test('comes in whole', () => {
    expect(products).toHaveLength(25);
    expect(skipped).toEqual([]);
  });

  test('has its Hebrew names with entities decoded and tags gone', () => {
    expect(byId(62).title).toBe('מזון יבש לכלבים בוגרים – עוף ואורז 15 ק”ג');
    expect(byId(70).title).toBe('עצמות לעיסה טבעיות XL & ידידותיות');
  });

  test('has its prices in minor units of ILS, sales with the price before', () => {
    expect(byId(62)).toMatchObject({
      price: { min: { amount: 21_990, currency: 'ILS' }, max: { amount: 21_990, currency: 'ILS' } },
      listPrice: { amount: 24_990, currency: 'ILS' },
    });
    expect(byId(64)).not.toHaveProperty('listPrice');
    expect(byId(34).price).toEqual({
      min: { amount: 1_500, currency: 'ILS' },
      max: { amount: 2_000, currency: 'ILS' },
    });
  });

  test('knows what is sold out, and what is not sold there', () => {
    expect(byId(68).availability).toBe('out_of_stock');
    expect(byId(57).purchasable).toBe(false);
  });
});

describe('an item of the Store API', () => {
  test('loses scripts, comments and control characters', () => {
    const { products } = imported((item) => {
      item['name'] = 'Bowl\u0007 <!-- x --><b>XL</b><script>alert(1)</script> &amp; &#8362;';
      item['description'] = '<p>One</p><p>Two <a href="javascript:x">link</a></p><style>p{}</style>';
      item['short_description'] = '';
    });
    expect(products[0]).toMatchObject({ title: 'Bowl XL & ₪', description: 'One\n\nTwo link' });
  });

  test('without a price is left out, and a free one is not', () => {
    const free = (item: Record<string, unknown>, purchasable: boolean) => {
      item['prices'] = { ...(item['prices'] as object), price: '0', regular_price: '0' };
      item['is_purchasable'] = purchasable;
    };
    expect(imported((item) => free(item, false))).toMatchObject({
      products: [],
      skipped: [{ reason: 'it has no price' }],
    });
    expect(imported((item) => free(item, true)).products[0]!.price.min.amount).toBe(0);
  });

  test('without a name, or with one of markup only, is left out', () => {
    for (const name of ['', ' ', '<img src=x>']) {
      expect(imported((item) => (item['name'] = name)).skipped).toMatchObject([{ reason: 'it has no name' }]);
    }
  });

  test('of a shop that shows no decimals has the same worth', () => {
    const { products } = imported((item) => {
      const prices = { price: '220', regular_price: '250', currency_minor_unit: 0 };
      item['prices'] = { ...(item['prices'] as object), ...prices };
    });
    expect(products[0]).toMatchObject({ price: { min: { amount: 22_000 } }, listPrice: { amount: 25_000 } });
  });

  test('shows a price before the sale only while the sale is on', () => {
    expect(imported((item) => (item['on_sale'] = false)).products[0]).not.toHaveProperty('listPrice');
  });

  test('that makes no sense is left out with its reason, the others stay', () => {
    const [first] = exchange.response.body;
    const { products, skipped } = readStoreProducts([
      { id: 'x' },
      first,
      { ...first, permalink: 'javascript:alert(1)' },
    ]);
    expect(products).toHaveLength(1);
    expect(skipped).toMatchObject([
      { item: '#1, product without a number', reason: expect.stringContaining('id:') },
      { item: '#3, product 34 "V-Neck T-Shirt"', reason: expect.stringContaining('permalink') },
    ]);
  });
});

describe('npm run import', () => {
  async function run(...args: string[]) {
    const lines: string[] = [];
    const code = await importCommand(args, (line) => lines.push(line));
    return { code, output: lines.join('\n') };
  }

  test('writes a file that the file source reads back the same', async () => {
    using dir = tempDir();
    const result = await run(recording.pathname, dir.file('catalog.json'));
    expect(result).toEqual({ code: 0, output: `25 products written to ${dir.file('catalog.json')}.` });
    const read: CatalogProduct[] = [];
    const source = fileSource({ file: dir.file('catalog.json') });
    const options = { signal: new AbortController().signal, onSkip: () => undefined };
    for await (const product of source.products(options)) read.push(product);
    expect(read).toEqual(readStoreProducts(exchange).products);
  });

  test('takes several pages', async () => {
    using dir = tempDir();
    const { body } = exchange.response;
    writeFileSync(dir.file('1.json'), JSON.stringify(body.slice(0, 10)));
    writeFileSync(dir.file('2.json'), JSON.stringify(body.slice(10)));
    const result = await run(dir.file('1.json'), dir.file('2.json'), dir.file('catalog.json'));
    expect(result).toMatchObject({ code: 0, output: expect.stringContaining('25 products') });
  });

  test('takes the bare answer as well', async () => {
    using dir = tempDir();
    writeFileSync(dir.file('answer.json'), JSON.stringify(exchange.response.body));
    expect(await run(dir.file('answer.json'), dir.file('catalog.json'))).toMatchObject({ code: 0 });
  });

  test('says what is wrong with the file, or how it is called', async () => {
    using dir = tempDir();
    expect(await run(dir.file('none.json'), dir.file('out.json'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('ENOENT'),
    });
    expect(await run(new URL('../../../package.json', import.meta.url).pathname, dir.file('out.json'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('no product list'),
    });
    expect(await run()).toMatchObject({ code: 2, output: expect.stringContaining('Usage') });
  });
});
