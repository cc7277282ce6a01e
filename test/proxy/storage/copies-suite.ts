import { expect, test } from 'vitest';
import type { DocumentCopy, Storage } from '../../../proxy/storage/types.ts';

const HERE = { endpoint: 'api.openai.com', store: 'vs_1' };

/** What every implementation must do with the copies of documents in a provider's store. */
export function testCopies(open: () => Promise<Storage>): void {
  /** A shop with documents `a` to `c` that can be found, in this order. */
  async function shopWithDocuments() {
    const storage = await open();
    const ids: string[] = [];
    for (const [at, source] of ['a.md', 'b.md', 'c.md'].entries()) ids.push(await read(storage, source, at + 1));
    const copy = (document: string, changes: Partial<DocumentCopy> = {}) =>
      storage.addDocumentCopy({
        shop: 'pets',
        document,
        ...HERE,
        file: `file-${document}`,
        hash: 'hash-1',
        state: 'ready',
        error: null,
        updatedAt: 9,
        ...changes,
      });
    return { storage, ids: ids as [string, string, string], copy };
  }

  test('names the file that is the copy of what each document is now, oldest document first', async () => {
    const { storage, ids, copy } = await shopWithDocuments();
    const [a, b, c] = ids;
    await copy(c);
    await copy(a, { file: 'file-older' });
    await copy(a);
    const all = [
      { document: a, file: `file-${a}` },
      { document: b, file: null },
      { document: c, file: `file-${c}` },
    ];
    expect(await storage.currentCopies('pets', HERE, 10)).toEqual(all);
    expect(await storage.currentCopies('pets', HERE, 2)).toEqual(all.slice(0, 2));
    expect(await storage.currentCopies('books', HERE, 10)).toEqual([]);
  });

  test.each<[string, Partial<DocumentCopy>]>([
    ['of an older version', { hash: 'hash-0' }],
    ['that waits', { state: 'waiting' }],
    ['that failed', { state: 'failed', error: 'No.' }],
    ['in another store', { store: 'vs_2' }],
    ['at another provider', { endpoint: 'other.example' }],
    ['of another shop', { shop: 'books' }],
  ])('takes no copy %s for one', async (_, changes) => {
    const { storage, ids, copy } = await shopWithDocuments();
    await copy(ids[0], changes);
    expect((await storage.currentCopies('pets', HERE, 1))[0]).toEqual({ document: ids[0], file: null });
  });

  test('leaves out documents that are disabled, and those of which nothing was read', async () => {
    const { storage, ids, copy } = await shopWithDocuments();
    for (const id of ids) await copy(id);
    await storage.changeDocument('pets', ids[0], { enabled: false, now: 20 });
    await storage.beginDocument({ ...BEGUN, source: 'd.md', now: 21 }, 'token');
    const found = await storage.currentCopies('pets', HERE, 10);
    expect(found.map(({ document }) => document)).toEqual([ids[1], ids[2]]);
  });
}

const BEGUN = {
  shop: 'pets',
  origin: '',
  kind: 'markdown',
  title: 'A',
  url: undefined,
  bytes: 1,
  maxDocuments: 9,
} as const;

async function read(storage: Storage, source: string, now: number): Promise<string> {
  const { id } = (await storage.beginDocument({ ...BEGUN, source, now }, 'token'))!;
  const writer = { id, token: 'token' };
  const words = { titleTerms: '', sectionTerms: '', bodyTerms: 'open', section: '', text: 'Open.' };
  await storage.stageChunks(writer, [{ ...words, ordinal: 0, hash: source }]);
  const what = {
    title: source,
    kind: 'markdown',
    lang: null,
    pages: null,
    bytes: 1,
    hash: 'hash-1',
    etag: null,
  } as const;
  await storage.publishDocument(writer, { ...what, now });
  return id;
}
