/** What a feed, an export or a shop's server may send that would cost the memory, hang the sync or bring a wrong price. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSource } from '../../proxy/catalog/index.ts';
import { createOutbound } from '../../proxy/outbound/index.ts';
import type { CatalogProduct, Skipped } from '../../proxy/catalog/types.ts';
import { tempDir } from '../temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => dir[Symbol.dispose]());

const { request } = createOutbound({ allowPrivate: true, version: '0.0.0' });

async function read(settings: Parameters<typeof createSource>[0]) {
  const products: CatalogProduct[] = [];
  const skips: Skipped[] = [];
  const signal = AbortSignal.timeout(20_000);
  const found = createSource(settings, { request }).products({
    signal,
    onSkip: (skip) => skips.push(skip),
    onProgress() {},
  });
  for await (const product of found) products.push(product);
  return { products, skips };
}

async function feed(content: string | Buffer) {
  const file = dir.file('feed');
  await writeFile(file, content);
  return read({ type: 'google_feed', file });
}

function item(id: string, { price = '5 ILS', title = 'Bed', more = '' } = {}): string {
  const link = `https://shop.example/p/${id}`;
  return `<item><g:id>${id}</g:id><g:title>${title}</g:title><g:link>${link}</g:link><g:price>${price}</g:price>${more}</item>`;
}
const rss = (...items: string[]) => `<?xml version="1.0"?><rss><channel>${items.join('')}</channel></rss>`;

describe('a feed', () => {
  test.each(['1e999', '-5', 'NaN', 'Infinity', '0x10', '9'.repeat(14), '1.2.3', '١٥', ''])(
    'with the price %j loses that row, and no other',
    async (price) => {
      const { products, skips } = await feed(rss(item('a', { price: `${price} ILS` }), item('b')));
      expect(products.map(({ externalId }) => externalId)).toEqual(['b']);
      expect(skips).toHaveLength(1);
    },
  );

  test.each([
    ['&lt;script&gt;alert(1)&lt;/script&gt;Bed', 'Bed'],
    ['\u202egnp.Bed', 'gnp.Bed'],
    ['Be&#x202e;d', 'Bed'],
    ['<![CDATA[<b>Bed</b>]]>', 'Bed'],
  ])('with the name %j gives its words alone', async (title, shown) => {
    expect((await feed(rss(item('a', { title })))).products).toMatchObject([{ title: shown }]);
  });

  test('with an id twice keeps the first, also where the id is a word of JavaScript', async () => {
    const ids = ['a', '__proto__', 'constructor', 'a', '__proto__'];
    const { products, skips } = await feed(rss(...ids.map((id) => item(id))));
    expect(products.map(({ externalId }) => externalId)).toEqual(['a', '__proto__', 'constructor']);
    expect(skips).toHaveLength(2);
  });

  test.each([
    ['is cut off', rss(item('a'), item('b')).slice(0, -30), 'Unclosed root tag'],
    ['brings entities of its own', `<!DOCTYPE x [<!ENTITY a "&b;&b;">]>${rss(item('a'))}`, 'DOCTYPE'],
    ['nests without end', `<rss>${'<a>'.repeat(200_000)}`, 'too deep'],
    ['has a tag without end', `<rss><${'a'.repeat(5_000_000)}`, 'Max buffer length'],
    ['has a row without end', `id,title,link,price\n"${'a\n'.repeat(1_000_000)}`, 'a row is longer'],
    ['is nothing, at length', Buffer.alloc(20_000_000), 'a row is longer'],
    ['is blank, at length', Buffer.alloc(20_000_000, ' '), 'a row is longer'],
  ])('that %s is refused in words', async (_, content, reason) => {
    await expect(feed(content)).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining(reason),
    });
  });
});

describe('a shop', () => {
  async function shop(answer: (request: http.IncomingMessage, response: http.ServerResponse) => void) {
    const server = http.createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      return await read({ type: 'woocommerce', url });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const json = (response: http.ServerResponse, body: unknown) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-wp-totalpages': '1' });
    response.end(JSON.stringify(body));
  };

  test.each([
    ['leads in circles', 302, { location: '/wp-json/wc/store/v1/products' }, 'redirects more than'],
    ['is always busy', 429, { 'retry-after': '0' }, 'HTTP 429'],
    ['wants to be left alone for ever', 429, { 'retry-after': '9'.repeat(12) }, 'HTTP 429'],
    ['shows a page', 200, { 'content-type': 'text/html' }, 'web page'],
  ])('that %s fails in words, soon', async (_, status, headers, reason) => {
    const failing = shop((_, response) => void response.writeHead(status, headers).end('<h1>Hello</h1>'));
    await expect(failing).rejects.toMatchObject({ name: 'SourceError', message: expect.stringContaining(reason) });
  });

  test('that lists rubbish has it left out with the reason', async () => {
    const rubbish = [null, 1, 'x', {}, { id: -1 }, { id: 1 }];
    const { products, skips } = await shop(({ url }, response) =>
      json(response, url!.includes('hidden') ? [] : rubbish),
    );
    expect(products).toEqual([]);
    expect(skips).toHaveLength(rubbish.length);
  });
});
