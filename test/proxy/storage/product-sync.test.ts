import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { createProductSync } from '../../../proxy/storage/product-sync.ts';
import { tempDir } from '../../temp-dir.ts';

test('what is gone is looked for without keeping others from writing, and nothing is looked at twice', async () => {
  using dir = tempDir();
  const file = dir.file('sync.sqlite');
  await openSqlite({ file }).close();
  const db = new Database(file);
  const searches: { locked: boolean; after: unknown }[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    if (!sql.includes('NOT EXISTS (SELECT 1 FROM temp.read_rows')) return statement;
    const all = statement.all.bind(statement);
    statement.all = (...given: unknown[]) => {
      const [parameters] = given as [{ after?: number }];
      searches.push({ locked: db.inTransaction, after: parameters.after });
      return all(...given);
    };
    return statement;
  }) as typeof db.prepare;
  const sync = createProductSync(db);
  db.exec(`INSERT INTO catalogs (shop, generation) VALUES ('pets', 1)`);
  for (const id of [1, 2, 3, 4, 5]) {
    db.exec(`INSERT INTO products (shop, id, external_id, hash, since, own_id, min_price, max_price, available, on_sale,
      rating, facets, json) VALUES ('pets', ${id}, 'p${id}', 'h', 1, 1, 1, 1, 1, 0, 0, '{}', '{}')`);
  }
  const lease = { shop: 'pets', token: 'mine' };
  await sync.beginSync(lease, { now: 0, until: 60_000 });
  await sync.keepProducts(lease, ['p2', 'p4']);
  expect([await sync.dropUnread(lease, 2), await sync.dropUnread(lease, 2), await sync.dropUnread(lease, 2)]).toEqual([
    2, 1, 0,
  ]);
  expect(await sync.stagedCounts(lease)).toMatchObject({ products: 2, removed: 3 });
  expect(searches).toEqual([Number.MIN_SAFE_INTEGER, 3, 5].map((after) => ({ locked: false, after })));
  db.close();
});
