import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDocument, removeDocument } from '../../../proxy/knowledge/add.ts';
import { createExtractor, type Extractor } from '../../../proxy/knowledge/extractor.ts';
import {
  createKnowledge,
  createPassageSearch,
  createVectorSearch,
  syncDocuments,
} from '../../../proxy/knowledge/index.ts';
import type { Embedder } from '../../../proxy/knowledge/types.ts';
import { createOutbound } from '../../../proxy/outbound/index.ts';
import type { DocumentSource } from '../../../proxy/shops/types.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

const { signal } = new AbortController();
let dir: ReturnType<typeof tempDir>;
let storage: Storage;
let extractor: Extractor;
beforeEach(() => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
  extractor = createExtractor();
});
afterEach(async () => {
  await extractor.close();
  await storage.close();
  dir[Symbol.dispose]();
});

const add = (name: string, text: string, shop = 'pets') =>
  addDocument({ shop, file: { name, bytes: new TextEncoder().encode(text) } }, { storage, extractor, signal });
const find = async (query: string, shop = 'pets') => createPassageSearch({ storage })(shop, { query, limit: 3 });

describe('documents', () => {
  test('are found by their words, Hebrew ones behind their prefixes, and by their headings', async () => {
    await add(
      'returns.md',
      '# Returns\n\n## Exchanges\n\nSwap a collar within 30 days.\n\n## Refunds\n\nMoney back in a week.',
    );
    await add('he.md', '# משלוחים\n\nולשולחנות כבדים יש שליח מיוחד.');
    expect((await find('collars'))[0]).toMatchObject({ title: 'Returns', section: 'Exchanges', lang: 'en' });
    expect((await find('refunds'))[0]?.text).toBe('Money back in a week.');
    expect((await find('שולחנות'))[0]).toMatchObject({ title: 'משלוחים', lang: 'he' });
    expect(await find('title:x" OR *')).toEqual([]);
    expect(await find('collars', 'books')).toEqual([]);
  });

  test('that change keep the ids of what stays, and show the rest at once', async () => {
    const { document } = await add('care.md', '# Care\n\n## Wash\n\nAt 30 degrees.\n\n## Dry\n\nIn the shade.');
    const [dry] = await find('shade');
    const before = await storage.passagesVersion('pets');
    expect((await add('care.md', '# Care\n\n## Wash\n\nAt 40 degrees.\n\n## Dry\n\nIn the shade.')).document.id).toBe(
      document.id,
    );
    expect((await find('shade'))[0]?.id).toBe(dry!.id);
    expect((await find('degrees')).map(({ text }) => text)).toEqual(['At 40 degrees.']);
    expect(await storage.passagesVersion('pets')).not.toBe(before);
    expect((await add('care.md', '# Care\n\n## Wash\n\nAt 40 degrees.\n\n## Dry\n\nIn the shade.')).unchanged).toBe(
      true,
    );
  });

  test('that can no longer be read stay as they were, with the reason', async () => {
    await add('faq.txt', 'Open daily.');
    const { document } = await add('faq.txt', ' ');
    expect(document).toMatchObject({ status: 'failed', error: 'There is no text in it.', chunks: 1 });
    expect(await find('daily')).toHaveLength(1);
  });

  test('that are disabled or deleted are found no more, and no other has their ids', async () => {
    const { document } = await add('faq.txt', 'Open daily.');
    const [{ id } = { id: 0 }] = await find('daily');
    await storage.changeDocument('pets', document.id, { enabled: false, now: 5 });
    expect([await find('daily'), await storage.passages('pets', [id]), await storage.hasPassages('pets')]).toEqual([
      [],
      [],
      false,
    ]);
    await storage.changeDocument('pets', document.id, { enabled: true, now: 6 });
    expect(await storage.passages('pets', [id])).toHaveLength(1);
    expect(await removeDocument(storage, 'books', document.id)).toBe(false);
    expect(await removeDocument(storage, 'pets', document.id)).toBe(true);
    await add('new.txt', 'Open weekly.');
    expect(await storage.passages('pets', [id])).toEqual([]);
  });

  test('are written by the last who began', async () => {
    const begun = {
      shop: 'pets',
      source: 'a.md',
      origin: '',
      kind: 'markdown' as const,
      title: 'a',
      url: undefined,
      bytes: 1,
      now: 1,
      maxDocuments: 1,
    };
    const row = await storage.beginDocument(begun, 'first');
    await storage.beginDocument(begun, 'second');
    await expect(storage.stageChunks({ id: row!.id, token: 'first' }, [])).rejects.toThrow(/Somebody else/);
    expect(await storage.beginDocument({ ...begun, source: 'b.md' }, 'third')).toBeUndefined();
    expect(await storage.failWaitingDocuments('stopped', 2)).toBe(1);
  });
});

describe('the documents that settings name', () => {
  test('are fetched when they have changed, and go when they are named no longer', async () => {
    const pages: Record<string, string> = {
      '/a': '<h1>Stores</h1><p>In Haifa.</p>',
      '/b': '<h1>Club</h1><p>Points.</p>',
    };
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const path = request.url!;
      asked.push(path);
      const etag = `"${pages[path]?.length}"`;
      if (path === '/sitemap.xml') {
        const locs = Object.keys(pages).map((page) => `<url><loc>${origin}${page}</loc></url>`);
        response.end(`<urlset>${locs.join('')}<url><loc>https://elsewhere.example/x</loc></url></urlset>`);
      } else if (pages[path] === undefined) response.writeHead(404).end();
      else if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.setHeader('etag', etag).setHeader('content-type', 'text/html').end(pages[path]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { request } = createOutbound({ allowPrivate: true, version: '0' });
    await writeFile(dir.file('faq.md'), '# Faq\n\nOpen daily.');
    const sitemap: DocumentSource = { type: 'sitemap', url: `${origin}/sitemap.xml`, max: 10 };
    const file: DocumentSource = {
      type: 'file',
      file: dir.file('faq.md'),
      name: 'faq.md',
      url: 'https://shop.example/faq',
    };
    const sync = (sources: DocumentSource[]) =>
      syncDocuments({ storage, extractor, signal, shop: 'pets', sources, request });
    await add('by-hand.txt', 'Kept.');

    expect(await sync([sitemap, file])).toEqual({ added: 3, changed: 0, unchanged: 0, removed: 0, failed: [] });
    expect((await find('Haifa'))[0]).toMatchObject({ title: 'Stores', url: `${origin}/a` });
    expect((await find('daily'))[0]?.url).toBe('https://shop.example/faq');
    expect(await sync([sitemap, file])).toMatchObject({ unchanged: 3 });
    pages['/a'] = '<h1>Stores</h1><p>In Eilat too.</p>';
    expect(await sync([sitemap, file])).toMatchObject({ changed: 1, unchanged: 2 });
    delete pages['/b'];
    expect(await sync([sitemap])).toMatchObject({ unchanged: 1, removed: 2 });
    const gone: DocumentSource = { type: 'url', url: `${origin}/gone` };
    const { failed } = await sync([sitemap, gone]);
    expect(failed).toEqual([{ source: `${origin}/gone`, error: "It can't be fetched: it is answered with 404." }]);
    server.close();
    server.closeAllConnections();
    expect(await sync([sitemap])).toMatchObject({
      removed: 1,
      failed: [{ source: expect.stringContaining('sitemap') }],
    });
    expect((await storage.documents('pets')).map(({ source }) => source)).toEqual(['by-hand.txt', `${origin}/a`]);
    expect(asked.length).toBeGreaterThan(0);
  });

  test('are not read from the private network', async () => {
    const { request } = createOutbound({ allowPrivate: false, version: '0' });
    const sources: DocumentSource[] = [{ type: 'url', url: 'http://127.0.0.1/secret' }];
    const { failed } = await syncDocuments({ storage, extractor, signal, shop: 'pets', sources, request });
    expect(failed[0]?.error).toMatch(/private|public/);
  });
});

test('vectors find what shares no word with the question; without them words still find', async () => {
  await add('coats.md', '# Coats\n\nA parka keeps the rain off.');
  await add('beds.md', '# Beds\n\nFoam for old bones.');
  let down = false;
  const embedder: Embedder = {
    model: 'test',
    async embed(texts) {
      if (down) throw new Error('down');
      return texts.map((text) => Float32Array.from(/parka|wet/i.test(text) ? [1, 0] : [0, 1]));
    },
  };
  const { request } = createOutbound({ allowPrivate: false, version: '0' });
  await syncDocuments({ storage, extractor, signal, shop: 'pets', sources: [], request, embedder });
  const warned: string[] = [];
  const knowledge = createKnowledge({
    storage,
    search: createPassageSearch({ storage, vectors: createVectorSearch({ storage }) }),
    embedderOf: () => embedder,
    log: { warn: (_fields, message) => void warned.push(message) },
  });
  const ask = async (query: string) => (await knowledge.search('pets', { query, limit: 2 }, signal))[0]?.title;
  expect(await ask('wet weather')).toBe('Coats');
  down = true;
  expect([await ask('foam'), await ask('wet weather')]).toEqual(['Beds', undefined]);
  expect(warned).toHaveLength(1);
});
