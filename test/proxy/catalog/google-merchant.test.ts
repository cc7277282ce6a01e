import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createGoogleMerchantSource, type GoogleMerchantOptions } from '../../../proxy/catalog/google-merchant.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { feed, NOVEMBER, serve, sourceOf } from './feed-files.ts';
import { readAll, testSource } from './source-suite.ts';

const create = (input: GoogleMerchantOptions) => createGoogleMerchantSource({ now: NOVEMBER, ...input });
const read = (name: string) => readAll(create({ file: feed(name) }));
const titles = async (content: string | Uint8Array, options: Partial<GoogleMerchantOptions> = {}) => {
  using opened = sourceOf(content, (input) => create({ ...options, ...input }));
  const { products, error } = await readAll(opened.source);
  if (error !== undefined) throw error;
  return products.map(({ title }) => title);
};

const numbers = Array.from({ length: 5_000 }, (_, index) => index + 1);
const xmlItem = (id: number) =>
  `<item><g:id>${id}</g:id><g:title>Bowl ${id}</g:title><g:link>https://shop.example/${id}</g:link><g:price>5.00 ILS</g:price></item>\n`;
const xml = (items: string, head = '<?xml version="1.0"?>') =>
  `${head}\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n${items}</channel></rss>`;
const table = (separator: string) =>
  [
    ['id', 'title', 'link', 'price'],
    ...numbers.map((id) => [id, `Bowl ${id}`, `https://shop.example/${id}`, '5.00 ILS']),
  ]
    .map((row) => row.join(separator))
    .join('\n');

testSource('Google feed (XML)', {
  shop: () => ({ source: create({ file: feed('google.xml') }) }),
  large: () => sourceOf(xml(numbers.map(xmlItem).join('')), create),
  broken: () => ({ source: create({ file: feed('google.xml') }) }),
  cut: () => sourceOf(xml(numbers.map(xmlItem).join('')).slice(0, 100_000), create),
});

testSource('Google feed (TSV)', {
  shop: () => ({ source: create({ file: feed('google.tsv') }) }),
  large: () => sourceOf(table('\t'), create),
  broken: () => ({ source: create({ file: feed('google.tsv') }) }),
  cut: () => sourceOf(`${table('\t')}\n"never closed\t`, create),
});

testSource('Google feed (CSV)', {
  shop: () => ({ source: create({ file: feed('google.csv') }) }),
  large: () => sourceOf(table(','), create),
  broken: () => ({ source: create({ file: feed('google.csv') }) }),
  cut: () => sourceOf(`${table(',')}\n"never closed,`, create),
});

describe('an item of a feed', () => {
  test('has the texts, pictures and categories of its g: attributes', async () => {
    const [bowl] = (await read('google.xml')).products;
    expect(bowl).toMatchObject({
      externalId: 'BOWL-1',
      title: 'Bowl "Tide" & stand',
      url: 'https://shop.example/p/bowl?utm=1&x=2',
      description: 'A heavy bowl.\n\nDishwasher\u00a0safe.',
      brand: 'Tide & Co',
      categories: ['Dogs', 'Bowls'],
      price: { min: { amount: 4_990, currency: 'ILS' } },
      availability: 'in_stock',
    });
    expect(bowl!.images.map(({ url }) => url)).toEqual(['', '-2', '-3'].map((n) => `https://cdn.example/bowl${n}.jpg`));
  });

  test('has the price of its measure', async () => {
    const measured = xmlItem(1).replace(
      '</item>',
      '<g:unit_pricing_measure>250 g</g:unit_pricing_measure><g:unit_pricing_base_measure>1 kg</g:unit_pricing_base_measure></item>',
    );
    using opened = sourceOf(xml(measured), create);
    const [bowl] = (await readAll(opened.source)).products;
    expect(bowl!.variants[0]!.unitPrice).toEqual({ price: { amount: 2_000, currency: 'ILS' }, per: 'kg' });
  });

  test('is on sale only between the dates of the sale', async () => {
    const { products } = await read('google.xml');
    const [hebrew, leash] = ['בית-1', 'PAST-SALE'].map((id) => products.find(({ externalId }) => externalId === id));
    expect(hebrew).toMatchObject({ price: { min: { amount: 119_950 } }, listPrice: { amount: 129_900 } });
    expect(leash!.price.min.amount).toBe(3_000);
    expect(leash).not.toHaveProperty('listPrice');
    for (const [now, amount] of [
      ['2026-10-31T21:59:00Z', 129_900],
      ['2026-10-31T22:00:00Z', 119_950],
      ['2026-11-30T21:59:00Z', 119_950],
      ['2026-11-30T22:00:00Z', 129_900],
    ] as const) {
      const then = await readAll(create({ file: feed('google.xml'), now: () => new Date(now) }));
      expect(then.products.find(({ externalId }) => externalId === 'בית-1')!.price.min.amount, now).toBe(amount);
    }
  });

  test.each([
    ['in_stock', 'in_stock'],
    ['in stock', 'in_stock'],
    ['In Stock', 'in_stock'],
    ['https://schema.org/InStock', 'in_stock'],
    ['available for order', 'in_stock'],
    ['out_of_stock', 'out_of_stock'],
    ['out of stock', 'out_of_stock'],
    ['preorder', 'preorder'],
    ['pre-order', 'preorder'],
    ['backorder', 'backorder'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('that is "%s" is %s', async (written, availability) => {
    const one = `id,title,link,price,availability\n1,Bowl,https://shop.example/1,5 USD,${written}\n`;
    using opened = sourceOf(one, create);
    expect((await readAll(opened.source)).products[0]!.availability).toBe(availability);
  });

  test('that makes no sense is left out with its line, its id and why', async () => {
    expect((await read('google.xml')).skipped).toEqual([
      { item: 'line 63 (NO-PRICE)', reason: 'it has no price' },
      { item: 'line 64 (NO-CURRENCY)', reason: 'its price "9.90" is no amount with a currency, like "15.00 USD"' },
      { item: 'line 65 (SCRIPT-LINK)', reason: 'its link is no http(s) address' },
      { item: 'line 66 (BOWL-1)', reason: 'the id "BOWL-1" came before' },
      { item: 'line 67 (NO-TITLE)', reason: 'it has no title' },
      { item: 'line 68', reason: 'it has no id' },
    ]);
    expect((await read('google.tsv')).skipped).toEqual([
      { item: 'line 7', reason: 'it has 14 cells, but the header has 13' },
    ]);
  });
});

test('items of one group are one product with variants, even when they stand apart', async () => {
  const shirt = (await read('google.xml')).products.find(({ externalId }) => externalId === 'SHIRT');
  expect(shirt).toMatchObject({
    title: 'Dog shirt',
    price: { min: { amount: 7_500 }, max: { amount: 8_000 } },
    listPrice: { amount: 9_000 },
    availability: 'in_stock',
    options: [
      { name: 'color', values: ['Blue', 'Black'] },
      { name: 'size', values: ['S', 'M'] },
    ],
    variants: [
      { id: 'SHIRT-S', title: 'Blue / S', availability: 'out_of_stock', url: 'https://shop.example/p/shirt?v=s' },
      { id: 'SHIRT-M', title: 'Black / M', image: { url: 'https://cdn.example/shirt-m.jpg' } },
    ],
  });
});

test('groups too large for memory come from the disk as they went there', async () => {
  const long = 'word '.repeat(2_000);
  const rows = [1, 2].flatMap((size) =>
    numbers
      .slice(0, 600)
      .map((id) => `${id}-${size},Bed ${id},https://shop.example/${id},${id}.00 USD,g${id},${size},${long}`),
  );
  using opened = sourceOf(`id,title,link,price,item_group_id,size,description\n${rows.join('\n')}`, create);
  const { products } = await readAll(opened.source);
  expect(products).toHaveLength(600);
  for (const { externalId, variants, price } of products) {
    expect(variants.map(({ id }) => id)).toEqual([`${externalId.slice(1)}-1`, `${externalId.slice(1)}-2`]);
    expect(price.min.amount).toBe(Number(externalId.slice(1)) * 100);
  }
});

test('an Atom feed is read by its alternate links', async () => {
  const { products } = await read('google-atom.xml');
  expect(products).toMatchObject([
    {
      title: 'Collar',
      url: 'https://shop.example/p/collar',
      description: 'Leather',
      price: { min: { amount: 1_250, currency: 'USD' } },
    },
  ]);
});

test('a TSV may have a byte order mark, quotes, inches, and decimals with a comma', async () => {
  const { products } = await read('google.tsv');
  expect(products.map(({ title }) => title)).toEqual(['Tube 5" wide', 'Two lines', 'שטיח']);
  expect(products.map(({ price }) => price.max.amount)).toEqual([1_500, 800, 234_500]);
  expect(products[0]!.images.map(({ url }) => url)).toEqual([
    'https://cdn.example/t1.jpg',
    'https://cdn.example/a.jpg',
    'https://cdn.example/b,c.jpg',
  ]);
});

describe('XML that could do harm is refused, with the line:', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
  test.each([
    ['a DOCTYPE', xml(xmlItem(1), `<?xml version="1.0"?>\n${bomb}`), /line 2: a DOCTYPE is not taken/],
    ['an external entity', xml(xmlItem(1), '<!DOCTYPE x SYSTEM "file:///etc/passwd">'), /DOCTYPE/],
    ['an entity that XML does not know', xml(xmlItem(1).replace('Bowl', '&nbsp;')), /line 3: Invalid character entity/],
    ['an entity named like a property', xml(xmlItem(1).replace('Bowl', '&constructor;')), /Invalid character entity/],
    ['a character that is none', xml(xmlItem(1).replace('Bowl', '&#0;')), /Invalid character entity/],
    ['a tag that is never closed', xml(xmlItem(1).replace('</g:id>', '')), /line 3: Unexpected close tag/],
    ['an end in the middle', xml(xmlItem(1) + xmlItem(2)).slice(0, -30), /line 4: Unclosed root tag/],
    ['depth without end', xml('<a>'.repeat(1_000)), /too deep/],
    ['a comment without end', xml(`<!--${'x'.repeat(300_000)}`), /Max buffer length exceeded/],
    ['a page', '<html><body>Not found</body></html>', /no product feed, it begins with <html>/],
  ])('%s', async (_, content, words) => {
    using opened = sourceOf(content, create);
    const { error } = await readAll(opened.source);
    expect(error).toMatchObject({ name: 'SourceError', message: expect.stringMatching(words) });
  });
});

test('a table of something else is refused by what it lacks', async () => {
  using opened = sourceOf('name,e-mail\nA,a@example.org\n', create);
  expect((await readAll(opened.source)).error).toMatchObject({
    message: 'feed is no product feed: its first line has no column "id", "title", "link", "price".',
  });
});

describe('the encoding is what is said', () => {
  const hebrew = (encoding: string) =>
    xml(xmlItem(1).replace('Bowl 1', 'קערה'), `<?xml version="1.0" encoding="${encoding}"?>`);
  /** Hebrew letters stand at 0xE0 in windows-1255. */
  const windows = (text: string) =>
    Buffer.from(
      [...text].map((letter) => (letter >= 'א' ? letter.charCodeAt(0) - 0x5d0 + 0xe0 : letter.charCodeAt(0))),
    );

  test('by a byte order mark', async () => {
    const little = Buffer.from(`\ufeff${hebrew('utf-16')}`, 'utf16le');
    expect(await titles(little)).toEqual(['קערה']);
    expect(await titles(Buffer.from(little).swap16())).toEqual(['קערה']);
    expect(await titles(`\ufeff${hebrew('utf-8')}`)).toEqual(['קערה']);
  });

  test('by the XML declaration', async () => {
    expect(await titles(windows(hebrew('windows-1255')))).toEqual(['קערה']);
    expect(
      await titles(
        Buffer.from(
          xml(xmlItem(1).replace('Bowl 1', 'Café'), '<?xml version="1.0" encoding="windows-1252"?>'),
          'latin1',
        ),
      ),
    ).toEqual(['Café']);
  });

  test('by the server, and by the owner', async () => {
    const csv = windows('id,title,link,price\n1,קערה,https://shop.example/1,5 ILS\n');
    await using server = await serve(csv, { headers: { 'content-type': 'text/csv; charset=windows-1255' } });
    const { products } = await readAll(create({ url: server.url, request: loopbackWeb() }));
    expect(products[0]!.title).toBe('קערה');
    expect(await titles(csv, { encoding: 'windows-1255' })).toEqual(['קערה']);
  });

  test('and a title in another one is left out rather than shown as squares', async () => {
    using opened = sourceOf(windows('id,title,link,price\n1,קערה,https://shop.example/1,5 ILS\n'), create);
    expect((await readAll(opened.source)).skipped).toEqual([
      { item: 'line 2 (1)', reason: 'its title holds characters of another encoding than the file' },
    ]);
  });

  test('and an unknown one is named', async () => {
    await expect(titles(hebrew('klingon'))).rejects.toThrow('encoded as "klingon", which is unknown');
  });
});

test('a long feed tells how far it is', async () => {
  using opened = sourceOf(table(','), create);
  const told: number[] = [];
  const options = {
    signal: new AbortController().signal,
    onSkip: () => undefined,
    onProgress: (n: number) => told.push(n),
  };
  for await (const _ of opened.source.products(options));
  expect(told).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 5_000]);
});

describe('a feed of a URL', () => {
  const secret = 'token=planted-secret';
  const readUrl = (url: string) => readAll(create({ url, request: loopbackWeb() }));

  test('is read like a file', async () => {
    await using server = await serve(readFileSync(feed('google.xml')));
    expect((await readUrl(server.url)).products).toEqual((await read('google.xml')).products);
  });

  test.each([
    ['that is not there', { status: 404 }, /answered 404 instead of the feed/],
    ['that breaks off', { cut: true }, /could not be downloaded/],
  ])('%s is refused before any product, and its key is not told', async (_, options, words) => {
    await using server = await serve(xml(xmlItem(1)), options);
    const { products, error } = await readUrl(`${server.url}/feed.xml?${secret}`);
    expect(products).toEqual([]);
    expect(error).toMatchObject({ name: 'SourceError', message: expect.stringMatching(words) });
    expect(JSON.stringify([String(error), (error as Error).stack, (error as Error).cause])).not.toContain(
      'planted-secret',
    );
  });

  test('that is busy says when to come again', async () => {
    await using server = await serve('', { status: 503, headers: { 'retry-after': '120' } });
    expect((await readUrl(server.url)).error).toMatchObject({ retryAfterMs: 120_000 });
  });

  test('that nobody serves is refused', async () => {
    expect((await readUrl(`http://127.0.0.1:9/?${secret}`)).error).toMatchObject({
      message: expect.stringMatching(/^The feed from 127\.0\.0\.1:9 could not be downloaded/),
    });
  });
});

test('a file that is not there is named', async () => {
  expect((await readAll(create({ file: '/nowhere/feed.xml' }))).error).toMatchObject({
    name: 'SourceError',
    message: 'There is no file /nowhere/feed.xml.',
  });
});
