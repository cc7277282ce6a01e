import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { scopeOf } from './product-scope.ts';
import type { CatalogState, IndexedProduct, Storage, SyncCounts, SyncLease } from './types.ts';

interface LiveRow {
  row: number;
  id: number;
  external_id: string;
  hash: string;
  since: number;
  own_id: number;
}

type ProductSync = Pick<
  Storage,
  | 'beginSync'
  | 'extendSync'
  | 'unchangedProducts'
  | 'stageProducts'
  | 'unstageProduct'
  | 'keepProducts'
  | 'dropUnread'
  | 'stagedCounts'
  | 'publishSync'
  | 'failSync'
  | 'pruneProducts'
>;

/**
 * Writes a catalogue's next generation beside the one that is searched. "Live" is a row that the next generation will have:
 * `until IS NULL`. Every write checks the lease, so that a sync that was held up for too long can't write into the next one's.
 */
export function createProductSync(db: Database): ProductSync {
  // What this sync has read: of this connection alone, gone with it, and SQLite puts it on disk when it grows.
  db.exec('CREATE TEMP TABLE IF NOT EXISTS read_rows (shop TEXT, row INTEGER, PRIMARY KEY (shop, row)) WITHOUT ROWID');
  const forgetRead = db.prepare('DELETE FROM temp.read_rows WHERE shop = ?');
  const markRead = db.prepare('INSERT OR IGNORE INTO temp.read_rows (shop, row) VALUES (?, ?)');
  const isRead = db.prepare<[string, number], { row: number }>(
    'SELECT row FROM temp.read_rows WHERE shop = ? AND row = ?',
  );

  const makeCatalog = db.prepare('INSERT OR IGNORE INTO catalogs (shop) VALUES (?)');
  const takeLease = db.prepare(
    'UPDATE catalogs SET lease = @token, lease_until = @until WHERE shop = @shop AND (lease IS NULL OR lease_until <= @now)',
  );
  const extend = db.prepare('UPDATE catalogs SET lease_until = @until WHERE shop = @shop AND lease = @token');
  const leased = db.prepare<SyncLease, { generation: number }>(
    'SELECT generation FROM catalogs WHERE shop = @shop AND lease = @token',
  );
  const state = db.prepare<[string], CatalogState>(
    `SELECT generation, products, currency, hash, source, synced_at AS syncedAt, full_at AS fullAt, error
     FROM catalogs WHERE shop = ?`,
  );
  const leftovers = db.prepare<[string, number, string, number], { found: number }>(
    `SELECT EXISTS (SELECT 1 FROM products WHERE shop = ? AND since > ?)
         OR EXISTS (SELECT 1 FROM products WHERE shop = ? AND until > ?) AS found`,
  );
  const live = db.prepare<[string, string], LiveRow>(
    `SELECT row, id, external_id, hash, since, own_id FROM products
     WHERE shop = ? AND external_id = ? AND until IS NULL`,
  );
  const holder = db.prepare<[string, number], LiveRow>(
    'SELECT row, id, external_id, hash, since, own_id FROM products WHERE shop = ? AND id = ? AND until IS NULL',
  );
  const idBefore = db.prepare<[string, string], { id: number }>(
    'SELECT id FROM products WHERE shop = ? AND until IS NOT NULL AND external_id = ? ORDER BY row DESC LIMIT 1',
  );
  const highestId = db.prepare<{ shop: string }, { id: number }>(
    `SELECT max(high_id, ifnull((SELECT max(id) FROM products WHERE shop = @shop), 0)) AS id
     FROM catalogs WHERE shop = @shop`,
  );
  const insert = db.prepare(
    `INSERT INTO products (shop, id, external_id, hash, since, until, own_id, min_price, max_price, available, on_sale,
       rating, facets, json)
     VALUES (@shop, @id, @externalId, @hash, @since, NULL, @ownId, @minPrice, @maxPrice, @available, @onSale,
       @rating, @facets, @json)`,
  );
  const insertWords = db.prepare('INSERT INTO products_fts (rowid, scope, title, labels, body) VALUES (?, ?, ?, ?, ?)');
  const copy = db.prepare(
    `INSERT INTO products (shop, id, external_id, hash, since, until, own_id, min_price, max_price, available, on_sale,
       rating, facets, json)
     SELECT shop, @id, external_id, hash, @since, NULL, 0, min_price, max_price, available, on_sale, rating, facets, json
     FROM products WHERE row = @row`,
  );
  const copyWords = db.prepare(
    `INSERT INTO products_fts (rowid, scope, title, labels, body)
     SELECT @to, scope, title, labels, body FROM products_fts WHERE rowid = @row`,
  );
  const end = db.prepare('UPDATE products SET until = ? WHERE row = ?');
  const remove = db.prepare('DELETE FROM products WHERE row = ?');
  const removeWords = db.prepare('DELETE FROM products_fts WHERE rowid = ?');
  const unread = db.prepare<{ shop: string; after: number; limit: number }, { row: number; id: number; since: number }>(
    `SELECT row, id, since FROM products INDEXED BY products_live_id
     WHERE shop = @shop AND until IS NULL AND id > @after
       AND NOT EXISTS (SELECT 1 FROM temp.read_rows WHERE read_rows.shop = @shop AND read_rows.row = products.row)
     ORDER BY id LIMIT @limit`,
  );
  /** By shop, the id up to which what was not read has gone: the next step doesn't look there again. */
  const droppedTo = new Map<string, number>();
  const ended = db.prepare<[string, string, number], { row: number }>(
    `SELECT row FROM products WHERE shop = ?
       AND until <= (SELECT generation FROM catalogs WHERE shop = ?) LIMIT ?`,
  );
  const counts = db.prepare<{ shop: string; generation: number }, SyncCounts>(
    `SELECT
       (SELECT count(*) FROM products WHERE shop = @shop AND until IS NULL) AS products,
       (SELECT count(*) FROM products AS new WHERE shop = @shop AND since > @generation AND until IS NULL
         AND NOT EXISTS (SELECT 1 FROM products AS old INDEXED BY products_by_external
           WHERE old.shop = @shop AND old.external_id = new.external_id AND old.since <= @generation
             AND old.until > @generation)) AS added,
       (SELECT count(*) FROM products AS new WHERE shop = @shop AND since > @generation AND until IS NULL) AS changed,
       (SELECT count(*) FROM products AS old WHERE shop = @shop AND until > @generation AND since <= @generation
         AND NOT EXISTS (SELECT 1 FROM products AS new
           WHERE new.shop = @shop AND new.external_id = old.external_id AND new.until IS NULL)) AS removed`,
  );
  const hashes = db.prepare<[string], { external_id: string; hash: string }>(
    'SELECT external_id, hash FROM products WHERE shop = ? AND until IS NULL ORDER BY external_id',
  );
  const publish = db.prepare(
    `UPDATE catalogs SET generation = generation + 1, products = @products, hash = @hash, source = @source,
       synced_at = @syncedAt, full_at = CASE WHEN @full THEN @syncedAt ELSE full_at END, error = NULL,
       currency = (SELECT json_extract(json, '$.price.min.currency') FROM products
                   WHERE products.shop = @shop AND until IS NULL LIMIT 1),
       high_id = max(high_id, ifnull((SELECT max(id) FROM products WHERE products.shop = @shop), 0)),
       lease = NULL, lease_until = 0
     WHERE shop = @shop AND lease = @token`,
  );
  const fail = db.prepare(
    'UPDATE catalogs SET error = @error, lease = NULL, lease_until = 0 WHERE shop = @shop AND lease = @token',
  );

  /** @returns the generation that is searched */
  function hold(lease: SyncLease): number {
    const held = leased.get(lease);
    if (!held) throw new Error(`Another sync of ${lease.shop} has taken over.`);
    return held.generation;
  }

  /** Out of the next generation; what nobody has seen goes at once. */
  function leave({ row, since }: Pick<LiveRow, 'row' | 'since'>, generation: number): void {
    if (since > generation) {
      remove.run(row);
      removeWords.run(row);
    } else end.run(generation + 1, row);
  }

  const nextId = (shop: string) => highestId.get({ shop })!.id + 1;

  /** Makes the id free for who has a right to it; a product that was only given it gets another. */
  function claim({ shop }: SyncLease, id: number, externalId: string, generation: number): void {
    const other = holder.get(shop, id);
    if (!other || other.external_id === externalId) return;
    const wasRead = isRead.get(shop, other.row) !== undefined;
    if (other.own_id === 1) {
      if (wasRead) throw new Error(`Products "${other.external_id}" and "${externalId}" have the same id, ${id}.`);
      return leave(other, generation);
    }
    const free = nextId(shop);
    // Before its copy comes: a product is live once.
    end.run(generation + 1, other.row);
    const { lastInsertRowid: row } = copy.run({ id: free, since: generation + 1, row: other.row });
    copyWords.run({ to: row, row: other.row });
    if (wasRead) markRead.run(shop, row);
    leave(other, generation);
  }

  function stage(lease: SyncLease, item: IndexedProduct, generation: number): void {
    const { shop } = lease;
    const { product, hash, ownId, marks } = item;
    const before = live.get(shop, product.externalId);
    if (before) leave(before, generation);
    if (ownId !== undefined) claim(lease, ownId, product.externalId, generation);
    const { lastInsertRowid: row } = insert.run({
      shop,
      id: ownId ?? (before?.own_id === 0 ? before.id : freeAgain(shop, product.externalId)),
      externalId: product.externalId,
      hash,
      since: generation + 1,
      ownId: ownId === undefined ? 0 : 1,
      minPrice: product.price.min.amount,
      maxPrice: product.price.max.amount,
      available: isAvailable(product) ? 1 : 0,
      onSale: product.listPrice ? 1 : 0,
      rating: product.rating?.value ?? 0,
      facets: JSON.stringify(item.facets),
      json: JSON.stringify(product),
    });
    const scope = [scopeOf(shop), ...marks.map((mark) => scopeOf(shop, mark))].join(' ');
    insertWords.run(row, scope, item.titleTerms, item.labelTerms, item.bodyTerms);
    markRead.run(shop, row);
  }

  /** The id of before if nobody has it now, else the next. */
  function freeAgain(shop: string, externalId: string): number {
    const known = idBefore.get(shop, externalId);
    return known && !holder.get(shop, known.id) ? known.id : nextId(shop);
  }

  /** With the lease checked in the same transaction; short ones, for the proxy writes its turns into the same file. */
  function writing<A extends unknown[], R>(work: (generation: number, lease: SyncLease, ...args: A) => R) {
    const run = db.transaction((lease: SyncLease, ...args: A): R => work(hold(lease), lease, ...args));
    return async (lease: SyncLease, ...args: A): Promise<R> => run.immediate(lease, ...args);
  }

  const leaveAll = writing((generation, _lease, rows: readonly Pick<LiveRow, 'row' | 'since'>[]) => {
    for (const row of rows) leave(row, generation);
  });

  const prune = db.transaction((rows: readonly { row: number }[]) => {
    for (const { row } of rows) {
      remove.run(row);
      removeWords.run(row);
    }
  });

  const begin = db.transaction((lease: SyncLease, times: { now: number; until: number }) => {
    makeCatalog.run(lease.shop);
    if (takeLease.run({ ...lease, ...times }).changes === 0) return { outcome: 'running' as const };
    forgetRead.run(lease.shop);
    droppedTo.delete(lease.shop);
    const found = state.get(lease.shop)!;
    const { found: left } = leftovers.get(lease.shop, found.generation, lease.shop, found.generation)!;
    return { outcome: 'begun' as const, state: found, leftovers: left === 1 };
  });

  return {
    async beginSync(lease, times) {
      return begin.immediate(lease, times);
    },
    async extendSync({ shop, token }, until) {
      if (extend.run({ shop, token, until }).changes === 0) throw new Error(`Another sync of ${shop} has taken over.`);
    },
    async unchangedProducts({ shop }, products) {
      return products.map(({ externalId, hash }) => {
        const found = live.get(shop, externalId);
        if (found && isRead.get(shop, found.row)) throw new Error(`Two products have the externalId "${externalId}".`);
        if (found?.hash !== hash) return false;
        markRead.run(shop, found.row);
        return true;
      });
    },
    stageProducts: writing((generation, lease, products: readonly IndexedProduct[]) => {
      for (const product of products) stage(lease, product, generation);
    }),
    unstageProduct: writing((generation, { shop }, externalId: string) => {
      const found = live.get(shop, externalId);
      if (found) leave(found, generation);
    }),
    async keepProducts({ shop }, externalIds) {
      for (const externalId of externalIds) {
        const found = live.get(shop, externalId);
        if (found) markRead.run(shop, found.row);
      }
    },
    async dropUnread(lease, limit) {
      const { shop } = lease;
      // Before the transaction: in a large catalogue it takes longer than a turn may wait to write.
      const rows = unread.all({ shop, after: droppedTo.get(shop) ?? Number.MIN_SAFE_INTEGER, limit });
      await leaveAll(lease, rows);
      const last = rows.at(-1);
      if (last) droppedTo.set(shop, last.id);
      return rows.length;
    },
    async stagedCounts(lease) {
      const generation = hold(lease);
      const found = counts.get({ shop: lease.shop, generation })!;
      // Sorted by the index: one hash for one catalogue, whatever the order of the source.
      const hash = createHash('sha256');
      for (const row of hashes.iterate(lease.shop)) hash.update(JSON.stringify([row.external_id, row.hash]));
      return { ...found, changed: found.changed - found.added, hash: hash.digest('base64url') };
    },
    async publishSync(lease, outcome) {
      if (publish.run({ ...lease, ...outcome, full: outcome.full ? 1 : 0 }).changes === 0) hold(lease);
    },
    async failSync(lease, error) {
      fail.run({ ...lease, error });
    },
    async pruneProducts(shop, limit) {
      const rows = ended.all(shop, shop, limit);
      prune.immediate(rows);
      return rows.length;
    },
  };
}

function isAvailable({ purchasable, availability }: IndexedProduct['product']): boolean {
  return purchasable && availability !== 'out_of_stock' && availability !== 'discontinued';
}
