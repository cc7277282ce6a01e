import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCatalog, syncCatalog, SyncRunningError } from '../../../proxy/catalog/index.ts';
import type { CatalogProduct, CatalogSource } from '../../../proxy/catalog/types.ts';
import { openSqlite, openSqliteReader } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { product } from '../../fixtures/products.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let storage: Storage;
beforeEach(() => {
  dir = tempDir();
  storage = openFresh({ file: dir.file('shop.sqlite') });
});
afterEach(async () => {
  await storage.close();
  dir[Symbol.dispose]();
});

function listed(products: readonly CatalogProduct[], more: Partial<CatalogSource> = {}): CatalogSource {
  return {
    name: 'test',
    async *products() {
      yield* products;
    },
    ...more,
  };
}

function sync(source: CatalogSource, options: Partial<Parameters<typeof syncCatalog>[0]> = {}) {
  return syncCatalog({ storage, shop: 'pets', source, signal: new AbortController().signal, ...options });
}

async function titles(reader: Pick<Storage, 'searchProducts'> = storage): Promise<string[]> {
  const found = await reader.searchProducts('pets', { questions: [], words: 'all', limit: 1_000 });
  return found.map(({ product: { title } }) => title).sort();
}

/** Breaks off as a killed process does: the lease stays, nothing is tidied. */
async function killed(products: readonly CatalogProduct[], after: number): Promise<void> {
  const other = openSqlite({ file: dir.file('shop.sqlite') });
  const source = listed([], {
    async *products() {
      yield* products.slice(0, after);
      await other.close();
      throw new Error('killed');
    },
  });
  await expect(sync(source, { storage: other })).rejects.toThrow();
}

const later = () => Date.now() + 10 * 60_000;
const many = (n: number, title: string) =>
  Array.from({ length: n }, (_, index) => product(index + 1, `${title} ${index}`));

describe('a sync tells', () => {
  test('what was added, changed and removed, and that nothing was the second time', async () => {
    const first = await sync(listed([product(1, 'Bed'), product(2, 'Bowl')]));
    expect(first).toMatchObject({ status: 'synced', products: 2, added: 2, changed: 0, removed: 0 });
    const next = [product(1, 'Bed, large'), product(3, 'Ball')];
    expect(await sync(listed(next))).toMatchObject({ products: 2, added: 1, changed: 1, removed: 1 });
    const again = await sync(listed(next.toReversed()));
    expect(again).toMatchObject({ status: 'skipped', skipped: true, products: 2 });
    expect(again.hash).not.toBe(first.hash);
  });

  test('one hash for one catalogue, in whatever order and by whatever way it came', async () => {
    const direct = await sync(listed([product(1, 'A'), product(2, 'B')]));
    await sync(listed([product(2, 'B'), product(7, 'C')]));
    const back = await sync(listed([product(2, 'B'), product(1, 'A')]));
    expect(back.hash).toBe(direct.hash);
  });

  test('products in another currency than the first are left out by name', async () => {
    const dollars = { amount: 500, currency: 'USD' };
    const stray = { ...product(2, 'Bowl'), price: { min: dollars, max: dollars } };
    expect(await sync(listed([product(1, 'Bed'), stray, product(3, 'Ball')]))).toMatchObject({
      products: 2,
      left_out: [{ item: 'product sku-2 "Bowl"', reason: expect.stringContaining('in USD') as string }],
    });
  });

  test('the first fifty items that were left out, and how many there were', async () => {
    const result = await sync(
      listed([], {
        async *products({ onSkip }) {
          for (let line = 1; line <= 70; line++) onSkip({ item: `line ${line}`, reason: 'it has no price' });
          yield product(1, 'Bed');
        },
      }),
    );
    expect(result).toMatchObject({ left_out_count: 70 });
    expect(result.status === 'synced' && result.left_out).toHaveLength(50);
  });
});

describe('shoppers search a whole catalogue', () => {
  test('the old one at every moment of a sync, then the new one', async () => {
    const old = many(120, 'Old');
    await sync(listed(old));
    const reader = openSqliteReader({ file: dir.file('shop.sqlite') });
    const seen = new Set<string>();
    const look = async () => void seen.add((await titles(reader)).map((title) => title.slice(0, 3)).join());
    const fresh = [...many(60, 'New'), ...many(300, 'New').slice(200)];
    await sync(
      listed([], {
        async *products() {
          for (const one of fresh) {
            await look();
            yield one;
          }
        },
      }),
      { onProgress: () => void look() },
    );
    await look();
    reader.close();
    expect([...seen]).toEqual([Array(120).fill('Old').join(), Array(160).fill('New').join()]);
  });

  test('the old one after the source broke off, ran empty or gave one product twice', async () => {
    await sync(listed(many(3, 'Old')));
    const broken = listed([], {
      async *products() {
        yield* many(150, 'New');
        throw new Error('the line broke');
      },
    });
    await expect(sync(broken)).rejects.toThrow('the line broke');
    await expect(sync(listed([]))).rejects.toThrow(/no product at all/);
    await expect(sync(listed([...many(2, 'New'), product(1, 'Twice')]))).rejects.toThrow('sku-1');
    expect(await titles()).toEqual(['Old 0', 'Old 1', 'Old 2']);
    expect((await storage.catalogState('pets'))?.error).toContain('sku-1');
  });

  test('the old one after a kill; the next sync goes on from what was written', async () => {
    await sync(listed(many(5, 'Old')));
    const fresh = many(300, 'New');
    await killed(fresh, 250);
    expect(await titles()).toHaveLength(5);
    const staged: number[] = [];
    const watched: Storage = {
      ...storage,
      async stageProducts(lease, products) {
        staged.push(products.length);
        await storage.stageProducts(lease, products);
      },
    };
    expect(await sync(listed(fresh), { storage: watched, now: later })).toMatchObject({ products: 300, added: 295 });
    expect(staged.reduce((sum, n) => sum + n, 0)).toBe(100);
    expect((await titles()).every((title) => title.startsWith('New'))).toBe(true);
  });

  test('and what a killed sync wrote goes when the source has taken it back', async () => {
    const old = many(5, 'Old');
    const first = await sync(listed(old));
    await killed(many(200, 'New'), 150);
    expect(await sync(listed(old), { now: later })).toMatchObject({ hash: first.hash, products: 5 });
    expect(await titles()).toEqual(old.map(({ title }) => title));
  });
});

describe('one sync at a time', () => {
  test('whatever process it is in, until its lease runs out', async () => {
    const lease = { shop: 'pets', token: 'other' };
    await storage.beginSync(lease, { now: Date.now(), until: Date.now() + 60_000 });
    await expect(sync(listed(many(1, 'New')))).rejects.toThrow(SyncRunningError);
    await sync(listed(many(1, 'New')), { now: later });
    await expect(storage.stageProducts(lease, [])).rejects.toThrow(/taken over/);
  });

  test('but shops are read beside each other', async () => {
    const inner = listed([], {
      async *products() {
        yield product(1, 'A');
        await sync(listed([product(1, 'B')]), { shop: 'books' });
        yield product(2, 'C');
      },
    });
    expect(await sync(inner)).toMatchObject({ products: 2 });
    expect(await storage.countProducts('books')).toBe(1);
  });

  test('that is stopped lets go', async () => {
    const stop = new AbortController();
    const source = listed([], {
      async *products({ signal }) {
        yield product(1, 'A');
        stop.abort(new Error('stopped'));
        signal.throwIfAborted();
      },
    });
    await expect(sync(source, { signal: stop.signal })).rejects.toThrow('stopped');
    expect(await sync(listed(many(1, 'New')))).toMatchObject({ status: 'synced' });
  });
});

describe('a source that tells what has changed', () => {
  const asked: Date[] = [];
  const source = (changed: CatalogProduct[], ids: string[]) =>
    listed(many(3, 'Whole'), {
      async *changedSince(since) {
        asked.push(since);
        yield* changed;
      },
      async *ids() {
        yield* ids;
      },
    });
  const three = ['sku-1', 'sku-2', 'sku-3'];

  test('is asked for that, from before the last sync on, and for what is gone', async () => {
    const began = Date.now();
    await sync(source([], three), { now: () => began });
    expect(await sync(source([product(2, 'Edited')], ['sku-1', 'sku-2']))).toMatchObject({
      added: 0,
      changed: 1,
      removed: 1,
    });
    expect(asked.at(-1)!.getTime()).toBe(began - 5 * 60_000);
    expect(await titles()).toEqual(['Edited', 'Whole 0']);
  });

  test('keeps its catalogue when its list of ids comes back empty', async () => {
    await sync(source([], three));
    await expect(sync(source([], []))).rejects.toThrow(/no product at all/);
    expect(await titles()).toEqual(['Whole 0', 'Whole 1', 'Whole 2']);
    expect(await sync(source([], three))).toMatchObject({ added: 0, removed: 0, products: 3 });
  });

  test.each([
    ['a day after the last whole reading', { now: () => Date.now() + 25 * 60 * 60_000 }],
    ['when told', { full: true }],
    ['when its settings are others', { sourceKey: 'other' }],
  ])('is read whole %s', async (_, options) => {
    await sync(source([], three));
    expect(await sync(source([product(1, 'Edited')], three), options)).toMatchObject({ status: 'skipped' });
    expect(await titles()).toEqual(['Whole 0', 'Whole 1', 'Whole 2']);
  });

  test('is asked for the products alone that are said to have changed', async () => {
    const one = (found: CatalogProduct | null) => ({ ...source([], three), product: async () => found });
    await sync(one(null));
    expect(await sync(one(product(2, 'Edited')), { only: ['sku-2'] })).toMatchObject({ changed: 1, removed: 0 });
    expect(await sync(one(null), { only: ['sku-3'] })).toMatchObject({ removed: 1, products: 2 });
    expect(await titles()).toEqual(['Edited', 'Whole 0']);
  });
});

test('an id is never given again: an old conversation must not show another product under it', async () => {
  const bare = (externalId: string): CatalogProduct => {
    const { id: _id, ...rest } = product(1, externalId, { externalId });
    return rest;
  };
  await sync(listed([bare('a'), bare('b')]));
  await sync(listed([bare('a')]));
  await sync(listed([bare('a'), bare('c')]));
  const found = await createCatalog({ storage }).byIds('pets', [1, 2, 3]);
  expect(found.map(({ externalId, id }) => [externalId, id])).toEqual([
    ['a', 1],
    ['c', 3],
  ]);
});
