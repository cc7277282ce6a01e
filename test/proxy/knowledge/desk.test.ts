import { expect, test, vi } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import { createDocumentDesk, type DocumentDeskOptions } from '../../../proxy/knowledge/desk.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { DocumentSource, Shop } from '../../../proxy/shops/types.ts';
import type { DocumentRow } from '../../../proxy/storage/types.ts';

const source: DocumentSource = { type: 'url', url: 'https://pets.example/returns' };
const shop: Pick<Shop, 'slug' | 'documents'> = {
  slug: 'pets',
  documents: { sources: [source], everyMinutes: 60, embeddings: null, store: null },
};

/** Where there is no document. */
const storage: DocumentDeskOptions['storage'] = {
  documents: async () => [],
  document: async () => undefined,
  changeDocument: async () => undefined,
  deleteDocument: async () => 'unknown',
  failWaitingDocuments: async () => 0,
  documentCopies: async () => [],
};

test('reads what a shop’s settings name when the shop is served, however long it was prepared before', async () => {
  let served: (typeof shop)[] = [];
  const read: string[] = [];
  const desk = createDocumentDesk({
    storage,
    shops: () => served,
    async run({ slug }) {
      read.push(slug);
      return { kind: 'synced', result: { added: 1, changed: 0, unchanged: 0, removed: 0, failed: [] } };
    },
    log: { info() {}, error() {} },
  });
  desk.prepare('pets');
  desk.look();
  await new Promise(setImmediate);
  expect(read).toEqual([]);
  served = [shop];
  desk.look();
  await vi.waitFor(() => expect(read).toEqual(['pets']));
  await desk.close();
});

test('brings the copies at a provider up to date behind whoever changes a document, once for all of them', async () => {
  const store = {
    type: 'openai',
    search: 'tool',
    baseUrl: 'https://api.example/v1',
    apiKey: new Secret('k'),
    guarded: false,
  } as const;
  const served = { ...shop, documents: { ...shop.documents, sources: [], store } };
  const orders: string[] = [];
  const gate = Promise.withResolvers<void>();
  const desk = createDocumentDesk({
    storage: { ...storage, deleteDocument: async () => 'deleted' },
    shops: () => [served],
    async run(_, { kind }) {
      orders.push(kind);
      await gate.promise;
      const stored = { sent: 0, deleted: 0, error: 'It refuses the API key (401).' };
      return { kind: 'synced', result: { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [], stored } };
    },
    log: { info() {}, error() {} },
  });
  expect([desk.store('pets'), desk.store('books')]).toEqual([{ state: 'ready', error: null }, undefined]);
  await desk.remove('pets', 'doc_1');
  await vi.waitFor(() => expect(orders).toEqual(['mirror']));
  expect(desk.store('pets')).toEqual({ state: 'waiting', error: null });
  for (const id of ['doc_2', 'doc_3', 'doc_4']) await desk.remove('pets', id);
  gate.resolve();
  await vi.waitFor(() => expect(orders).toEqual(['mirror', 'mirror']));
  await desk.close();
  expect(orders).toEqual(['mirror', 'mirror']);
  expect(desk.store('pets')).toEqual({ state: 'failed', error: 'It refuses the API key (401).' });
});

test('does not let a file that is sent wait behind a reading of what the settings name', async () => {
  const gate = Promise.withResolvers<void>();
  const desk = createDocumentDesk({
    storage,
    shops: () => [shop],
    async run(_, { kind }) {
      if (kind === 'add') return { kind: 'added', id: 'doc_1' };
      await gate.promise;
      return { kind: 'synced', result: { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [] } };
    },
    log: { info() {}, error() {} },
  });
  const reading = desk.sync('pets');
  // It is read, and gone by the time it is looked for.
  await expect(desk.add('pets', { name: 'a.md', bytes: new Uint8Array(1) })).rejects.toThrow(
    /deleted while it was read/,
  );
  gate.resolve();
  await reading;
  await desk.close();
});

test('closes what a thread has left open as soon as nobody reads, and tries again when that can not be written either', async () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  // As soon as it has failed, and when is looked what is due.
  const problems = [full, full];
  const closed: string[] = [];
  const desk = createDocumentDesk({
    storage: {
      ...storage,
      async failWaitingDocuments(reason) {
        const problem = closed.length > 0 && problems.pop();
        if (problem) throw problem;
        closed.push(reason);
        return 1;
      },
    },
    shops: () => [shop],
    run: () => Promise.reject(new ChatError('overloaded', 'The disk is full.')),
    log: { info() {}, error() {} },
  });
  const upload = { name: 'a.md', bytes: new Uint8Array() };
  await expect(desk.add('pets', upload)).rejects.toThrow('The disk is full.');
  expect(closed).toHaveLength(1);
  desk.look();
  expect(closed).toEqual([expect.stringMatching(/stopped/), expect.stringMatching(/broken off/)]);
  desk.look();
  expect(closed).toHaveLength(2);
  await desk.close();
});

test('says why a document that came has no vectors, and takes it all the same', async () => {
  const row: DocumentRow = {
    id: 'doc_1',
    shop: 'pets',
    title: 'Returns',
    source: 'a.md',
    origin: '',
    kind: 'markdown',
    fetched: false,
    enabled: true,
    status: 'ready',
    error: null,
    bytes: 1,
    pages: null,
    chunks: 1,
    hash: '',
    etag: null,
    embeddedBy: null,
    addedAt: 0,
    updatedAt: 0,
  };
  const said: unknown[] = [];
  const desk = createDocumentDesk({
    storage: { ...storage, document: async () => row },
    shops: () => [shop],
    run: async () => ({ kind: 'added', id: 'doc_1', noVectors: 'It refuses the API key (401).' }),
    log: { info() {}, error: (fields, message) => void said.push(message, fields) },
  });
  const added = await desk.add('pets', { name: 'a.md', bytes: new Uint8Array(1) });
  expect(added).toMatchObject({ id: 'doc_1', status: 'ready' });
  expect(said).toEqual([
    'a document has no vectors yet',
    { shop: 'pets', document: 'doc_1', why: 'It refuses the API key (401).' },
  ]);
  await desk.close();
});
