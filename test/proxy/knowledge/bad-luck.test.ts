/** What a document, its server or its owner may do to the reading of all the others. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { ChatError } from '../../../proxy/errors.ts';
import { addDocument, removeDocument } from '../../../proxy/knowledge/add.ts';
import { extract } from '../../../proxy/knowledge/extract.ts';
import { createExtractor, type Extractor } from '../../../proxy/knowledge/extractor.ts';
import {
  createPassageSearch,
  createVectorSearch,
  embedDocument,
  syncDocuments,
} from '../../../proxy/knowledge/index.ts';
import type { Embedder } from '../../../proxy/knowledge/types.ts';
import { OutboundError, type Outbound } from '../../../proxy/outbound/types.ts';
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

const bytesOf = (text: string) => new TextEncoder().encode(text);
const add = (name: string, text: string, reader = extractor) =>
  addDocument({ shop: 'pets', file: { name, bytes: bytesOf(text) } }, { storage, extractor: reader, signal });
const nothing: Outbound['request'] = () => Promise.reject(new Error('asked'));

async function files(...names: string[]): Promise<DocumentSource[]> {
  for (const name of names) await writeFile(dir.file(name), `# ${name}\n\nOpen daily.`);
  return names.map((name) => ({ type: 'file', name, file: dir.file(name) }));
}

/** Does something else each time before it reads. */
function meanwhile(act: (name: string) => Promise<unknown>): Extractor {
  return {
    async read(file, given) {
      await act(file.name);
      return extractor.read(file, given);
    },
    close: () => extractor.close(),
  };
}

describe('a document', () => {
  test.each(['http:', 'https://[', 'a.constructor', '__proto__'])('called %s is refused for its name', async (name) => {
    expect((await add(name, 'Hello.')).document).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/Nobody knows what/),
    });
    const read = extract({ name: 'hello', bytes: bytesOf('Hello.'), contentType: 'constructor' });
    await expect(read).rejects.toThrow(/Nobody knows what/);
  });

  test('of nothing but headings is refused, and does not fill the index', async () => {
    const { document } = await add('a.md', '# a\n'.repeat(20_001));
    expect(document).toMatchObject({ status: 'failed', error: expect.stringMatching(/20001 parts/), chunks: 0 });
  });

  test('with more in one element than a call takes arguments is read', async () => {
    const html = `<h1>${'<b>x</b>'.repeat(200_000)}</h1><p>Hello.</p>`;
    const { blocks } = await extract({ name: 'a.html', bytes: bytesOf(html) });
    expect(blocks.at(-1)).toEqual({ kind: 'text', text: 'Hello.' });
  });

  test('that the settings name is not replaced by one of its name that somebody sends', async () => {
    const sources = await files('a.md');
    const options = { storage, extractor, signal, shop: 'pets', request: nothing };
    await syncDocuments({ ...options, sources });
    await expect(add('a.md', 'Mine.')).rejects.toThrow(/settings name it/);
    expect(await syncDocuments({ ...options, sources })).toMatchObject({ unchanged: 1, failed: [] });
  });

  test('that gets another version and another model has vectors of the new model alone', async () => {
    const model = (name: string, values: number[]): Embedder => ({
      model: name,
      embed: async (texts) => texts.map(() => Float32Array.from(values)),
    });
    const { document } = await add('a.md', '# A\n\n## One\n\nFirst.\n\n## Two\n\nSecond.');
    await embedDocument({ shop: 'pets', id: document.id }, model('old', [1, 0]), { storage, signal });
    await add('a.md', '# A\n\n## One\n\nFirst.\n\n## Two\n\nAnother.');
    const count = await embedDocument({ shop: 'pets', id: document.id }, model('new', [0, 1]), { storage, signal });
    expect(count).toBe(2);
    const near = await createVectorSearch({ storage }).nearest(
      'pets',
      { model: 'old', values: Float32Array.of(1, 0) },
      5,
    );
    expect(near).toEqual([]);
  });
});

describe('a full disk', () => {
  const long = (word: string) =>
    Array.from({ length: 200 }, (_, n) => `## ${word} ${n}\n\n${`${word}${n} `.repeat(90)}`).join('\n\n');
  /** An empty database has some hundred pages: the beginning of a long document has room, and no more. */
  const filled = () => {
    const full = openSqlite({ file: dir.file('shop.sqlite'), maxPages: 137 });
    onTestFinished(() => full.close());
    return full;
  };
  const file = { name: 'care.md', bytes: bytesOf(`# Care\n\n${long('brush')}`) };
  const find = async (query: string) => (await createPassageSearch({ storage })('pets', { query, limit: 3 })).length;

  test('refuses a new version with its reason, the older one answers, and others go on writing', async () => {
    await add('care.md', '# Care\n\nWash it cold.');
    const full = addDocument({ shop: 'pets', file }, { storage: filled(), extractor, signal });
    await expect(full).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(ChatError.from(await full.catch((error: unknown) => error))).toMatchObject({
      code: 'overloaded',
      message: expect.stringMatching(/disk .* is full/),
    });
    expect(await storage.documents('pets')).toMatchObject([
      { status: 'failed', error: expect.stringMatching(/disk .* is full/), chunks: 1 },
    ]);
    expect([await find('cold'), await find('brush7')]).toEqual([1, 0]);
    expect(await storage.pruneLostChunks('pets', 100)).toBe(0);
    // Somebody who has room, such as a turn's own connection: no lock is left, and nothing of the half version.
    expect((await add('care.md', '# Care\n\nWash it warm.')).document).toMatchObject({ status: 'ready', chunks: 1 });
  });

  test('ends a reading of all, and what was read stays', async () => {
    await writeFile(dir.file('a.md'), '# A\n\nOpen daily.');
    const sources: DocumentSource[] = [{ type: 'file', name: 'a.md', file: dir.file('a.md') }];
    const options = { extractor, signal, shop: 'pets', sources, request: nothing };
    await syncDocuments({ ...options, storage });
    await writeFile(dir.file('a.md'), `# A\n\n${long('open')}`);
    const full = syncDocuments({ ...options, storage: filled() });
    await expect(full).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await find('daily')).toBe(1);
    expect(await syncDocuments({ ...options, storage })).toMatchObject({ changed: 1, failed: [] });
  });
});

describe('a reading goes on with the others', () => {
  test('when its owner deletes a document that is being read', async () => {
    const sources = await files('a.md', 'b.md');
    const deleting = meanwhile(async (name) => {
      const row = name === 'a.md' ? await storage.documentOfSource('pets', name) : undefined;
      if (row) await removeDocument(storage, 'pets', row.id);
    });
    const result = await syncDocuments({
      storage,
      extractor: deleting,
      signal,
      shop: 'pets',
      sources,
      request: nothing,
    });
    expect(result).toMatchObject({
      added: 1,
      failed: [{ source: 'a.md', error: expect.stringMatching(/deleted or replaced/) }],
    });
    expect((await storage.documents('pets')).map(({ source }) => source)).toEqual(['b.md']);
  });

  test('when somebody else reads the same one, whose version stays', async () => {
    const begun = { shop: 'pets', source: 'a.md', origin: '', kind: 'markdown', title: 'a', bytes: 1, now: 1 } as const;
    const taking = meanwhile(() => storage.beginDocument({ ...begun, url: undefined, maxDocuments: 9 }, 'theirs'));
    await expect(add('a.md', 'Hello.', taking)).rejects.toThrow(/deleted or replaced/);
    expect((await storage.documentOfSource('pets', 'a.md'))?.status).toBe('waiting');
  });

  test('when a server does not answer: three times it is waited for, and the rest is left', async () => {
    const asked: string[] = [];
    const request: Outbound['request'] = async (url) => {
      asked.push(url);
      throw new OutboundError('timed_out', `${url} took longer than 30000 ms.`);
    };
    const pages = Array.from({ length: 9 }, (_, n): DocumentSource => ({
      type: 'url',
      url: `https://slow.example/${n}`,
    }));
    const sources = [...pages, ...(await files('a.md'))];
    const result = await syncDocuments({ storage, extractor, signal, shop: 'pets', sources, request });
    expect([asked.length, result.added, result.failed.length]).toEqual([3, 1, 9]);
    expect(result.failed.at(-1)!.error).toMatch(/server does not answer/);
  });

  test('when a server answers but now and then: only times in a row count', async () => {
    const asked: string[] = [];
    const request: Outbound['request'] = async (url) => {
      asked.push(url);
      if (asked.length % 3 > 0) throw new OutboundError('timed_out', `${url} took longer than 30000 ms.`);
      const body = (async function* () {
        yield Buffer.from('<p>Open daily.</p>');
      })();
      const headers = new Headers({ 'content-type': 'text/html' });
      return { status: 200, headers, url, body, text: async () => '' };
    };
    const sources = Array.from({ length: 9 }, (_, n): DocumentSource => ({
      type: 'url',
      url: `https://slow.example/${n}`,
    }));
    const result = await syncDocuments({ storage, extractor, signal, shop: 'pets', sources, request });
    expect([asked.length, result.added, result.failed.length]).toEqual([9, 3, 6]);
  });

  test('of other shops when it takes an hour', async () => {
    let time = 0;
    const slow = meanwhile(async () => (time += 1_800_000));
    const sources = await files('a.md', 'b.md', 'c.md');
    const options = { storage, signal, shop: 'pets', sources, request: nothing, now: () => time };
    expect(await syncDocuments({ ...options, extractor: slow })).toMatchObject({
      added: 2,
      removed: 0,
      failed: [{ source: 'c.md', error: expect.stringMatching(/goes on with the next/) }],
    });
    expect(await syncDocuments({ ...options, extractor })).toMatchObject({ added: 1, unchanged: 2, failed: [] });
  });
});
