import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createProducts } from '../../../proxy/storage/products.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import { tempDir } from '../../temp-dir.ts';

test('products are looked up by their ids, not by going through all that the shop has', async () => {
  using dir = tempDir();
  const file = dir.file('plan.sqlite');
  await openSqlite({ file }).close();
  const db = new Database(file);
  const prepared: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = (sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  };
  createProducts(db);
  const lookUp = prepared.find((sql) => sql.includes('@ids'))!;
  const plan = prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${lookUp}`).all({ shop: 'a', ids: '[1]' });
  expect(plan.map(({ detail }) => detail)).toContain('SEARCH products USING INDEX products_by_id (shop=? AND id=?)');
  db.close();
});
