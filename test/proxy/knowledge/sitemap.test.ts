/** What a shop's server may send as a sitemap, over real HTTP: packed, empty, broken off, a bomb. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createExtractor } from '../../../proxy/knowledge/extractor.ts';
import { syncDocuments } from '../../../proxy/knowledge/index.ts';
import { pagesOf } from '../../../proxy/knowledge/sitemap.ts';
import { createOutbound } from '../../../proxy/outbound/index.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { tempDir } from '../../temp-dir.ts';

const { signal } = new AbortController();
const { request } = createOutbound({ allowPrivate: true, version: '0' });

async function serve(files: Record<string, string | Buffer>) {
  const server = createServer(({ url = '' }, response) => {
    const body = files[url];
    if (body === undefined) response.writeHead(404).end();
    else response.setHeader('content-type', /^.[ab]$/.test(url) ? 'text/html' : 'application/octet-stream').end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mapOf = (...urls: string[]) => `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;

test('a packed sitemap is unpacked, also one that is named by another', async () => {
  const files: Record<string, string | Buffer> = {};
  const origin = await serve(files);
  const pages = (name: string) => pagesOf({ url: `${origin}/${name}`, max: 10 }, request, signal);
  files['/map.xml.gz'] = gzipSync(mapOf(`${origin}/a`));
  files['/index.xml'] = `<sitemapindex><sitemap><loc>${origin}/map.xml.gz</loc></sitemap></sitemapindex>`;
  expect(await pages('map.xml.gz')).toEqual([`${origin}/a`]);
  expect(await pages('index.xml')).toEqual([`${origin}/a`]);
  // 30 MB of nothing in 30 kB.
  files['/map.xml.gz'] = gzipSync(Buffer.alloc(30 * 2 ** 20));
  await expect(pages('map.xml.gz')).rejects.toThrow('The sitemap unpacks to more than 10 MB.');
  files['/map.xml.gz'] = gzipSync(mapOf(`${origin}/a`)).subarray(0, 30);
  await expect(pages('map.xml.gz')).rejects.toThrow("The sitemap is packed (gzip), and can't be unpacked.");
});

test('of a sitemap of sitemaps the first twenty are read', async () => {
  const files: Record<string, string | Buffer> = {};
  const origin = await serve(files);
  const names = Array.from({ length: 30 }, (_, n) => `/part-${n}.xml`);
  for (const [n, name] of names.entries()) files[name] = mapOf(`${origin}/page-${n}`);
  const entries = names.map((name) => `<sitemap><loc>${origin}${name}</loc></sitemap>`);
  files['/index.xml'] = `<sitemapindex>${entries.join('')}</sitemapindex>`;
  const pages = await pagesOf({ url: `${origin}/index.xml`, max: 1_000 }, request, signal);
  expect([pages.length, pages.at(-1)]).toEqual([20, `${origin}/page-19`]);
});

test('a sitemap that names nothing any more, or is broken off, takes no document away', async () => {
  using dir = tempDir();
  const storage = openSqlite({ file: dir.file('shop.sqlite') });
  const extractor = createExtractor();
  onTestFinished(async () => {
    await extractor.close();
    await storage.close();
  });
  const files: Record<string, string | Buffer> = { '/a': '<h1>Stores</h1><p>In Haifa.</p>', '/b': '<p>Points.</p>' };
  const origin = await serve(files);
  const sources = [{ type: 'sitemap' as const, url: `${origin}/map.xml`, max: 10 }];
  const sync = () => syncDocuments({ storage, extractor, signal, shop: 'pets', sources, request });
  files['/map.xml'] = mapOf(`${origin}/a`, `${origin}/b`);
  expect(await sync()).toMatchObject({ added: 2, failed: [] });
  for (const [map, reason] of [
    [mapOf(), /names no page of http/],
    ['<urlset/>', /names no page/],
    [mapOf('https://elsewhere.example/a'), /names no page/],
    [mapOf(`${origin}/a`, `${origin}/b`).slice(0, -60), /broken off/],
    ['', /no sitemap/],
    ['<html>We are back soon.</html>', /no sitemap/],
  ] as const) {
    files['/map.xml'] = map;
    expect(await sync(), map).toMatchObject({
      removed: 0,
      failed: [{ source: `sitemap ${origin}/map.xml`, error: expect.stringMatching(reason) }],
    });
  }
  expect(await storage.documents('pets')).toMatchObject([{ status: 'ready' }, { status: 'ready' }]);
  files['/map.xml'] = mapOf(`${origin}/a`);
  expect(await sync()).toMatchObject({ removed: 1, unchanged: 1, failed: [] });
});
