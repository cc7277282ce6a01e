import { expect, test, vi } from 'vitest';
import { createDocumentDesk } from '../../../proxy/knowledge/index.ts';
import type { DocumentSource, Shop } from '../../../proxy/shops/types.ts';

const source: DocumentSource = { type: 'url', url: 'https://pets.example/returns' };
const shop: Pick<Shop, 'slug' | 'documents'> = {
  slug: 'pets',
  documents: { sources: [source], everyMinutes: 60, embeddings: null },
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
