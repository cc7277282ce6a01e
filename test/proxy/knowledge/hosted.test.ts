/** When a shop's documents are the provider's to search: all of them, as they are now, or none. */
import { describe, expect, test } from 'vitest';
import { createKnowledge } from '../../../proxy/knowledge/index.ts';
import { createVectorStore } from '../../../proxy/models/vector-store.ts';

type Copy = { document: string; file: string | null };

const many = (count: number): Copy[] =>
  Array.from({ length: count }, (_, at) => ({ document: `doc_${at}`, file: `file-${at}` }));

function house(copies: readonly Copy[], { hasStore = true, hosted = true } = {}) {
  const why: unknown[] = [];
  const asked: string[] = [];
  const knowledge = createKnowledge({
    storage: {
      passages: async () => [],
      hasPassages: async () => true,
      installation: async () => 'here',
      documentStore: async () => (hasStore ? 'vs_1' : undefined),
      async passagesVersion() {
        asked.push('version');
        return '7';
      },
      async currentCopies(_shop, _place, limit) {
        asked.push('copies');
        return copies.slice(0, limit);
      },
    },
    search: async () => [],
    embedderOf: () => undefined,
    storeOf: () => ({ store: createVectorStore({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-a' }), hosted }),
    log: { warn: (fields) => void why.push((fields as { why?: string }).why) },
  });
  return { knowledge, why, asked };
}

describe('documents are the provider’s to search', () => {
  test.each([1, 2, 300])('where all are in the store as they are now: %i', async (count) => {
    const { knowledge, why } = house(many(count));
    const { files, store } = (await knowledge.hosted('pets'))!;
    expect([files.size, store, why]).toEqual([count, 'vs_1', []]);
  });

  test('under the version from before they were looked up', async () => {
    const { knowledge, asked } = house(many(1));
    expect(await knowledge.hosted('pets')).toMatchObject({ version: '7' });
    expect(asked).toEqual(['version', 'copies']);
  });

  test.each<[string, Copy[], string]>([
    ['one is not there', [...many(2), { document: 'doc_x', file: null }], 'not all documents'],
    ['two have one file', [...many(2), { document: 'doc_x', file: 'file-1' }], 'not all documents'],
    ['they are more than a question can name', many(301), 'more than 300'],
    ['there are none', [], 'no documents'],
  ])('but not where %s, and the log says so once', async (_, copies, reason) => {
    const { knowledge, why } = house(copies);
    expect([await knowledge.hosted('pets'), await knowledge.hosted('pets')]).toEqual([undefined, undefined]);
    expect(why).toEqual([expect.stringContaining(reason)]);
  });

  test('nor where there is no store, or the shop wants the tool', async () => {
    const { knowledge, why } = house(many(1), { hasStore: false });
    expect(await knowledge.hosted('pets')).toBeUndefined();
    expect(why).toEqual([expect.stringContaining('no vector store')]);
    expect(await house(many(1), { hosted: false }).knowledge.hosted('pets')).toBeUndefined();
  });
});
