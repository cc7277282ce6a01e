import type { Database } from 'better-sqlite3';
import type { StoredProduct } from '../catalog/types.ts';
import type { IndexedProduct, ProductMatch, RankedProduct, Storage } from './types.ts';

interface Row {
  json: string;
}

interface RankedRow extends Row {
  rank: number;
  terms: string;
}

/** Weights of scope, title, labels (brand, category, tags, options) and body; see facts on ranking in docs/architecture.md. */
const RANK = 'bm25(products_fts, 0.0, 8.0, 3.0, 1.0)';

export function createProducts(
  db: Database,
): Pick<Storage, 'replaceProducts' | 'productIds' | 'products' | 'searchProducts' | 'countProducts'> {
  const known = db.prepare<[string], { row: number; id: number; external_id: string; hash: string }>(
    'SELECT row, id, external_id, hash FROM products WHERE shop = ?',
  );
  const remove = db.prepare('DELETE FROM products WHERE row = ?');
  const removeWords = db.prepare('DELETE FROM products_fts WHERE rowid = ?');
  const insert = db.prepare(
    `INSERT INTO products (shop, id, external_id, hash, min_price, max_price, available, on_sale, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertWords = db.prepare('INSERT INTO products_fts (rowid, scope, title, labels, body) VALUES (?, ?, ?, ?, ?)');
  const byIds = db.prepare<{ shop: string; ids: string }, Row>(
    `SELECT products.json FROM json_each(@ids) AS wanted JOIN products ON products.shop = @shop AND products.id = wanted.value
     ORDER BY wanted.key`,
  );
  const count = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM products WHERE shop = ?');
  const search = db.prepare<Record<string, unknown>, RankedRow>(
    `SELECT products.json, ${RANK} AS rank, concat_ws(' ', title, labels, body) AS terms
     FROM products_fts JOIN products ON products.row = products_fts.rowid
     WHERE products_fts MATCH @match AND products.shop = @shop
       AND products.min_price <= @maxPrice AND products.max_price >= @minPrice
       AND products.available >= @available AND products.on_sale >= @onSale
     ORDER BY rank LIMIT @limit`,
  );
  const browse = db.prepare<Record<string, unknown>, RankedRow>(
    `SELECT json, 0.0 AS rank, '' AS terms FROM products
     WHERE shop = @shop AND min_price <= @maxPrice AND max_price >= @minPrice
       AND available >= @available AND on_sale >= @onSale
     ORDER BY available DESC, id LIMIT @limit`,
  );

  const replace = db.transaction((shop: string, products: readonly IndexedProduct[]) => {
    const old = new Map(known.all(shop).map((row) => [row.external_id, row]));
    const changed: IndexedProduct[] = [];
    for (const item of products) {
      const before = old.get(item.product.externalId);
      if (before?.hash === item.hash && before.id === item.product.id) old.delete(item.product.externalId);
      else changed.push(item);
    }
    // First all that goes, then all that comes: an id may pass from one product to another.
    for (const { row } of old.values()) {
      remove.run(row);
      removeWords.run(row);
    }
    for (const { product, hash, titleTerms, labelTerms, bodyTerms } of changed) {
      const { lastInsertRowid } = insert.run(
        shop,
        product.id,
        product.externalId,
        hash,
        product.price.min.amount,
        product.price.max.amount,
        isAvailable(product) ? 1 : 0,
        product.listPrice ? 1 : 0,
        JSON.stringify(product),
      );
      insertWords.run(lastInsertRowid, scopeOf(shop), titleTerms, labelTerms, bodyTerms);
    }
  });

  return {
    async replaceProducts(shop, products) {
      replace.immediate(shop, products);
    },
    async productIds(shop) {
      return new Map(known.all(shop).map((row) => [row.external_id, row.id]));
    },
    async products(shop, ids) {
      return byIds.all({ shop, ids: JSON.stringify(ids) }).map(fromRow);
    },
    async searchProducts(shop, match) {
      const words = matchExpression(shop, match);
      const parameters = {
        shop,
        minPrice: match.minPrice ?? 0,
        maxPrice: match.maxPrice ?? Number.MAX_SAFE_INTEGER,
        available: match.inStockOnly ? 1 : 0,
        onSale: match.onSaleOnly ? 1 : 0,
        limit: match.limit,
      };
      const rows = words === null ? browse.all(parameters) : search.all({ ...parameters, match: words });
      return rows.map((row): RankedProduct => ({ product: fromRow(row), rank: row.rank, terms: row.terms }));
    },
    async countProducts(shop) {
      return count.get(shop)!.n;
    },
  };
}

function isAvailable(product: StoredProduct): boolean {
  return product.purchasable && product.availability !== 'out_of_stock' && product.availability !== 'discontinued';
}

/** The shop as one word that no product text can hold by chance. */
function scopeOf(shop: string): string {
  return `shop${Buffer.from(shop).toString('hex')}`;
}

/** Every term is quoted, so nothing in it is read as FTS5 syntax. Null when there is no word to look for. */
function matchExpression(shop: string, { groups }: ProductMatch): string | null {
  const terms = groups.flat().map((term) => `"${term.replaceAll('"', '""')}"*`);
  return terms.length === 0 ? null : `scope:"${scopeOf(shop)}" AND {title labels body}:(${terms.join(' OR ')})`;
}

function fromRow(row: Row): StoredProduct {
  return JSON.parse(row.json) as StoredProduct;
}
