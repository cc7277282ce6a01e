import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { syncCatalog } from '../../../proxy/catalog/index.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { migrate, migrations } from '../../../proxy/storage/migrations/index.ts';
import { product } from '../../fixtures/products.ts';
import { tempDir } from '../../temp-dir.ts';

test('a catalogue of an older release is served at once, under its ids, and indexed anew by the next sync', async () => {
  using dir = tempDir();
  const file = dir.file('shop.sqlite');
  const db = new Database(file);
  migrate(db, migrations.slice(0, 2));
  const bed = product(7, 'Bed');
  db.prepare(
    `INSERT INTO products (shop, id, external_id, hash, min_price, max_price, available, on_sale, json)
     VALUES ('pets', 7, 'sku-7', 'old', 1007, 1007, 1, 0, ?)`,
  ).run(JSON.stringify(bed));
  db.close();

  const storage = openSqlite({ file });
  expect(await storage.products('pets', [7])).toMatchObject([{ id: 7, title: 'Bed' }]);
  expect(await storage.catalogState('pets')).toMatchObject({ products: 1, currency: 'ILS', syncedAt: null });
  const source = {
    name: 'test',
    async *products() {
      yield bed;
    },
  };
  const result = await syncCatalog({ storage, shop: 'pets', source, signal: new AbortController().signal });
  expect(result).toMatchObject({ status: 'synced', added: 0, changed: 1, removed: 0 });
  expect(await storage.products('pets', [7])).toMatchObject([{ id: 7 }]);
  await storage.close();
});
