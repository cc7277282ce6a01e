import { expect, test, vi } from 'vitest';
import { createDocumentDesk } from '../../../proxy/knowledge/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { DocumentSource, Shop } from '../../../proxy/shops/types.ts';

const source: DocumentSource = { type: 'url', url: 'https://pets.example/returns' };
const shop: Pick<Shop, 'slug' | 'documents'> = {
  slug: 'pets',
  documents: { sources: [source], everyMinutes: 60, embeddings: null, store: null },
};

test('reads what a shop’s settings name when the shop is served, however long it was prepared before', async () => {
  let served: (typeof shop)[] = [];
  const read: string[] = [];
  const desk = createDocumentDesk({
    storage: {
      documents: async () => [],
      document: async () => undefined,
      changeDocument: async () => undefined,
      deleteDocument: async () => 'unknown',
      failWaitingDocuments: async () => 0,
      documentCopies: async () => [],
    },
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
    storage: {
      documents: async () => [],
      document: async () => undefined,
      changeDocument: async () => undefined,
      deleteDocument: async () => 'deleted',
      failWaitingDocuments: async () => 0,
      documentCopies: async () => [],
    },
    shops: () => [served],
    async run(_, { kind }) {
      orders.push(kind);
      await gate.promise;
      return { kind: 'synced', result: { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [] } };
    },
    log: { info() {}, error() {} },
  });
  await desk.remove('pets', 'doc_1');
  await vi.waitFor(() => expect(orders).toEqual(['mirror']));
  for (const id of ['doc_2', 'doc_3', 'doc_4']) await desk.remove('pets', id);
  gate.resolve();
  await vi.waitFor(() => expect(orders).toEqual(['mirror', 'mirror']));
  await desk.close();
  expect(orders).toEqual(['mirror', 'mirror']);
});

test('does not let a file that is sent wait behind a reading of what the settings name', async () => {
  const gate = Promise.withResolvers<void>();
  const desk = createDocumentDesk({
    storage: {
      documents: async () => [],
      document: async () => undefined,
      changeDocument: async () => undefined,
      deleteDocument: async () => 'unknown',
      failWaitingDocuments: async () => 0,
      documentCopies: async () => [],
    },
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
