/** A shop's documents in a provider's vector store: over real HTTP, with real documents in a real database. */
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { addDocument, removeDocument } from '../../../proxy/knowledge/add.ts';
import { createExtractor, type Extractor } from '../../../proxy/knowledge/extractor.ts';
import { createKnowledge, createPassageSearch, mirrorDocuments, pruneStore } from '../../../proxy/knowledge/index.ts';
import { createVectorStore } from '../../../proxy/models/vector-store.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { startFakeVectorStore, type FakeVectorStore } from '../../fakes/fake-vector-store.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

const { signal } = new AbortController();
let dir: ReturnType<typeof tempDir>;
let storage: Storage;
let extractor: Extractor;
let openai: FakeVectorStore;
let waits: number[];
beforeEach(async () => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
  extractor = createExtractor();
  openai = await startFakeVectorStore();
  waits = [];
});
afterEach(async () => {
  await openai.close();
  await extractor.close();
  await storage.close();
  dir[Symbol.dispose]();
});

const add = async (name: string, text: string, shop = 'pets') =>
  (await addDocument({ shop, file: { name, bytes: new TextEncoder().encode(text) } }, { storage, extractor, signal }))
    .document;
const storeWith = (apiKey = 'sk-store') => createVectorStore({ baseUrl: openai.baseUrl, apiKey });
const options = (more: { apiKey?: string; id?: string; shop?: string; signal?: AbortSignal } = {}) => ({
  storage,
  store: storeWith(more.apiKey),
  id: more.id,
  shop: more.shop ?? 'pets',
  signal: more.signal ?? signal,
  wait: async (ms: number) => void waits.push(ms),
});
const mirror = (more = {}) => mirrorDocuments(options(more));
const theStore = () => [...openai.stores.values()][0]!;
const stored = () => [...theStore().keys()].map((id) => openai.files.get(id)!);
const states = async () =>
  (await storage.documentCopies('pets')).map(({ state, error }) => (error === null ? state : `${state}: ${error}`));

function knowledgeWith({ id, storeMs }: { id?: string; storeMs?: number } = {}) {
  const warned: string[] = [];
  const knowledge = createKnowledge({
    storage,
    search: createPassageSearch({ storage }),
    embedderOf: () => undefined,
    storeOf: () => ({ store: storeWith(), id }),
    log: { warn: (_fields, message) => void warned.push(message) },
    ...(storeMs !== undefined && { storeMs }),
  });
  const find = (query: string, shop = 'pets') => knowledge.search(shop, { query, limit: 3 }, signal);
  return { knowledge, find, warned };
}

describe('the copies of a shop’s documents in a vector store', () => {
  test('are sent as text, read there, left alone in the same bytes, replaced when they change, and deleted with them', async () => {
    const returns = await add(
      'returns.html',
      '<h1>Returns</h1><script>alert(1)</script><h2>How long</h2><p>Thirty days.</p>',
    );
    const care = await add('care.md', '# Care\n\nWash it cold.');
    expect(await mirror()).toEqual({ sent: 2, deleted: 0, failed: [] });
    expect(stored()).toMatchObject([
      { filename: 'returns.html.md', purpose: 'assistants', text: '# Returns\n\n## How long\n\nThirty days.' },
      { filename: 'care.md.md' },
    ]);
    expect([...theStore().values()][0]).toMatchObject({
      status: 'completed',
      attributes: { clerk_shop: 'pets', clerk_document: returns.id },
    });
    expect(await states()).toEqual(['ready', 'ready']);

    const asked = openai.asked.length;
    expect(await mirror()).toEqual({ sent: 0, deleted: 0, failed: [] });
    expect(openai.asked.slice(asked)).toEqual(['GET /vector_stores/*']);

    await add('care.md', '# Care\n\nWash it warm.');
    expect(await mirror()).toEqual({ sent: 1, deleted: 1, failed: [] });
    expect(stored().map(({ text }) => text)).toContain('# Care\n\nWash it warm.');
    expect(openai.files.size).toBe(2);

    await storage.changeDocument('pets', care.id, { enabled: false, now: 5 });
    await removeDocument(storage, 'pets', returns.id);
    expect(await mirror()).toEqual({ sent: 0, deleted: 2, failed: [] });
    expect([openai.files.size, await states()]).toEqual([0, []]);
  });

  test('that the store can’t read are told with its reason, and sent again the next time', async () => {
    await add('good.md', 'Open daily.');
    await add('bad.md', 'Unreadable words.');
    openai.unreadable.push({ word: 'Unreadable', code: 'unsupported_file', message: 'The type is not supported.' });
    const { sent, failed } = await mirror();
    const error = 'The vector store could not read it (unsupported_file: The type is not supported.).';
    expect({ sent, failed }).toEqual({ sent: 2, failed: [{ source: 'bad.md', error }] });
    expect(await states()).toEqual(['ready', `failed: ${error}`]);
    openai.unreadable.length = 0;
    expect(await mirror()).toEqual({ sent: 1, deleted: 1, failed: [] });
    expect(await states()).toEqual(['ready', 'ready']);
  });

  test('are told of in a line without the key, whatever the provider writes there', async () => {
    await add('bad.md', 'Unreadable words.');
    const message = `Not with <b>sk-store</b>,\n\nnor \u202E${'on and on '.repeat(100)}`;
    openai.unreadable.push({ word: 'Unreadable', code: 'sk-store '.repeat(100), message });
    const [failed] = (await mirror()).failed;
    expect(failed?.error).toMatch(/gave up on it \(\[redacted\] .*: Not with <b>\[redacted\]<\/b>, nor on and on/);
    expect(failed?.error).not.toMatch(/sk-store|\n|\u202E/);
    expect(failed?.error.length).toBeLessThan(400);
  });

  test('wait as long as the provider says where it takes no more, and are left for the next time where it goes on', async () => {
    const error = { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded', param: null };
    const limit = { on: 'POST /files', status: 429, body: { error }, headers: { 'retry-after': '7' } };
    await add('a.md', 'Open daily.');
    openai.trouble.push({ ...limit, times: 2 });
    expect(await mirror()).toMatchObject({ sent: 1, failed: [] });
    expect(waits.slice(0, 2)).toEqual([7_000, 7_000]);
    await add('b.md', 'Closed on Friday.');
    openai.trouble.push({ ...limit, times: 3 });
    const words = 'The vector store takes no more for now (rate limit); it is sent again with the next reading.';
    expect(await mirror()).toMatchObject({ sent: 0, failed: [{ source: 'b.md', error: words }] });
    expect(await states()).toEqual(['ready', `failed: ${words}`]);
    expect(await mirror()).toMatchObject({ sent: 1, failed: [] });
    expect(await states()).toEqual(['ready', 'ready']);
  });

  test('are attached the next time when they were sent and the line then broke', async () => {
    await add('a.md', 'Open daily.');
    openai.trouble.push({ on: 'POST /vector_stores/*/files', status: 500, times: 3 });
    expect((await mirror()).failed).toHaveLength(1);
    expect((await states())[0]).toMatch(/^waiting: The vector store can't be reached/);
    expect(await mirror()).toEqual({ sent: 0, deleted: 0, failed: [] });
    expect([openai.files.size, await states()]).toEqual([1, ['ready']]);
  });

  test('say what is wrong with the key, without the key, and keep everything', async () => {
    await add('a.md', 'Open daily.');
    const { failed } = await mirror({ apiKey: 'sk-wrong-and-secret' });
    expect(failed).toEqual([
      {
        source: expect.stringContaining('vector store at 127.0.0.1'),
        error: 'The vector store refuses the API key (401).',
      },
    ]);
  });

  test('go into another store when theirs has expired', async () => {
    await add('a.md', 'Open daily.');
    await mirror();
    openai.dropStore([...openai.stores.keys()][0]!);
    expect(await mirror()).toMatchObject({ sent: 1, failed: [] });
    expect(stored()).toHaveLength(1);
  });

  test('that nobody knows any more are found and deleted, and other people’s files are not', async () => {
    const store = 'vs_shared';
    const clerk_installation = await storage.installation();
    for (const name of ['a', 'b', 'c'])
      openai.put(store, name, 'lost', { clerk_installation, clerk_shop: 'pets', clerk_document: name });
    openai.put(store, 'theirs.pdf', 'Theirs.');
    openai.put(store, 'neighbours.md', 'Neighbours.', { clerk_shop: 'books', clerk_document: 'doc_1' });
    await add('mine.md', 'Mine.');
    await mirror({ id: store });
    expect(await pruneStore(options({ id: store }))).toBe(3);
    expect(stored().map(({ text }) => text)).toEqual(['Theirs.', 'Neighbours.', expect.stringContaining('Mine.')]);
  });

  test('are left alone by another proxy that keeps a shop of this name in the same store', async () => {
    const other = openSqlite({ file: dir.file('other.sqlite') });
    onTestFinished(() => other.close());
    expect(await other.installation()).not.toBe(await storage.installation());
    const theirs = { ...options({ id: 'vs_shared' }), storage: other };
    openai.put('vs_shared', 'unsigned.md', 'Of before.', { clerk_shop: 'pets', clerk_document: 'doc_old' });
    await add('a.md', '# A\n\nOpen daily.');
    await mirror({ id: 'vs_shared' });
    expect([await mirrorDocuments(theirs), await pruneStore(theirs)]).toEqual([{ sent: 0, deleted: 0, failed: [] }, 0]);
    await addDocument(
      { shop: 'pets', file: { name: 'b.md', bytes: new TextEncoder().encode('# B\n\nOpen daily, too.') } },
      { storage: other, extractor, signal },
    );
    await mirrorDocuments(theirs);
    expect([await pruneStore(theirs), await pruneStore(options({ id: 'vs_shared' }))]).toEqual([0, 0]);
    expect(stored().map(({ filename }) => filename)).toEqual(['unsigned.md', 'a.md.md', 'b.md.md']);
    // What the other one sent is no answer here.
    const { find } = knowledgeWith({ id: 'vs_shared' });
    expect((await find('daily')).map(({ title }) => title)).toEqual(['A']);
  });

  test('are told to be in a store that speaks nonsense, and the reading of the shop goes on', async () => {
    await add('a.md', 'Open daily.');
    for (const on of [
      'POST /vector_stores',
      'POST /files',
      'POST /vector_stores/*/files',
      'GET /vector_stores/*/files/*',
    ]) {
      openai.trouble.push({ on, status: 200, body: null });
      const { failed } = await mirror();
      expect(failed, on).toEqual([{ source: expect.anything(), error: expect.stringMatching(/out of order/) }]);
    }
    expect(await mirror()).toMatchObject({ failed: [] });
  });

  test('are no more sent when nobody waits for it', async () => {
    await add('a.md', 'Open daily.');
    openai.trouble.push({ on: 'POST /files', status: 0, hang: true });
    const stop = new AbortController();
    const going = mirror({ signal: stop.signal });
    await expect.poll(() => openai.asked).toContain('POST /files');
    stop.abort(new Error('Stopped.'));
    await expect(going).rejects.toThrow('Stopped.');
  });
});

describe('what the vector store finds', () => {
  test('are our own passages, with title, section and address; what is disabled, gone or another shop’s is not found', async () => {
    const { find } = knowledgeWith();
    const bed = await add(
      'beds.md',
      '# Beds\n\n## Old dogs\n\nFoam carries arthritic joints.\n\n## Puppies\n\nA crate will do.',
    );
    await mirror();
    // Nothing of ours has both words; the store gives the whole document, and of it the passage with most of them.
    const [first] = await find('puppies crate');
    expect(first).toMatchObject({ documentId: bed.id, title: 'Beds', section: 'Puppies', text: 'A crate will do.' });
    expect(await find('puppies crate', 'books')).toEqual([]);
    await storage.changeDocument('pets', bed.id, { enabled: false, now: 5 });
    expect(await find('puppies crate')).toEqual([]);
  });

  test('in a store of the shop’s own are its own files, too, by their names', async () => {
    const { find, knowledge } = knowledgeWith({ id: 'vs_own' });
    openai.put('vs_own', 'handbook.pdf', 'Ferrets sleep eighteen hours.');
    openai.put('vs_own', 'secret.md', 'Ferrets of the neighbours.', { clerk_shop: 'books', clerk_document: 'doc_9' });
    expect(await knowledge.hasDocuments('pets')).toBe(true);
    const found = await find('ferrets');
    expect(found).toMatchObject([{ title: 'handbook.pdf', section: '', text: 'Ferrets sleep eighteen hours.' }]);
    expect(found[0]!.id).toBeLessThan(0);
  });

  test('is what was asked for and no more, and what can’t be read of it is left out', async () => {
    const store = storeWith();
    const part = (n: number) => ({ file_id: `file-${n}`, filename: 'n'.repeat(5_000), content: [{ text: 'Hello.' }] });
    const data = [null, 7, { file_id: 'a', content: [null, {}] }, ...Array.from({ length: 9 }, (_, n) => part(n))];
    const body = { data };
    openai.trouble.push({ on: 'POST /vector_stores/*/search', status: 200, body });
    const found = await store.search('vs_1', { text: 'hello', limit: 5 }, signal);
    expect(found.map(({ file, name }) => [file, name.length])).toEqual([
      ['file-0', 200],
      ['file-1', 200],
    ]);
  });

  test('is left out when it fails or is slow: words find', async () => {
    await add('faq.md', '# Faq\n\nOpen daily.');
    await mirror();
    const { find, warned } = knowledgeWith({ storeMs: 20 });
    openai.trouble.push({ on: 'POST /vector_stores/*/search', status: 500 });
    expect((await find('daily'))[0]?.text).toBe('Open daily.');
    openai.trouble.push({ on: 'POST /vector_stores/*/search', status: 0, hang: true });
    expect((await find('daily'))[0]?.text).toBe('Open daily.');
    expect(warned).toEqual(['documents are searched without the vector store']);
  });
});

test('a full disk leaves no copy at the provider that nobody knows of, and says so', async () => {
  for (const name of ['a.md', 'b.md', 'c.md']) await add(name, `# ${name}\n\nOpen daily.`);
  const addDocumentCopy = () =>
    Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
  const { failed } = await mirrorDocuments({ ...options(), storage: { ...storage, addDocumentCopy } });
  expect(failed).toEqual([{ source: expect.stringMatching(/^vector store/), error: expect.stringMatching(/is full/) }]);
  expect(openai.files.size).toBe(0);
  expect(await mirror()).toMatchObject({ sent: 3, failed: [] });
});
