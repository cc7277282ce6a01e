/**
 * Catalogues in generations: a row is visible from generation `since` until before generation `until`. A sync writes the
 * next generation beside the one that is searched, and shows it by raising one number. Rows of older releases stay
 * visible; their empty hash has them written anew by the next sync.
 */
export const catalogs = `
CREATE TABLE catalogs (
  shop         TEXT PRIMARY KEY,
  generation   INTEGER NOT NULL DEFAULT 0,
  products     INTEGER NOT NULL DEFAULT 0,
  currency     TEXT,
  -- The highest id ever given: old conversations must not find another product under the id of one that is gone.
  high_id      INTEGER NOT NULL DEFAULT 0,
  -- Of the products; '' while nothing was synced.
  hash         TEXT NOT NULL DEFAULT '',
  -- Which settings it was read by; others need all of it again.
  source       TEXT NOT NULL DEFAULT '',
  -- When the last successful reading began, and the last one of everything.
  synced_at    INTEGER,
  full_at      INTEGER,
  -- Why the last reading failed.
  error        TEXT,
  lease        TEXT,
  lease_until  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

ALTER TABLE products RENAME TO products_before;
CREATE TABLE products (
  row          INTEGER PRIMARY KEY,
  shop         TEXT NOT NULL,
  id           INTEGER NOT NULL,
  external_id  TEXT NOT NULL,
  hash         TEXT NOT NULL,
  since        INTEGER NOT NULL,
  until        INTEGER,
  -- 1: the id is the shop's own; 0: we gave it.
  own_id       INTEGER NOT NULL,
  min_price    INTEGER NOT NULL,
  max_price    INTEGER NOT NULL,
  available    INTEGER NOT NULL,
  on_sale      INTEGER NOT NULL,
  rating       REAL NOT NULL,
  -- What a shopper may narrow a search by, as JSON. Before "json", so that counting reads no long rows.
  facets       TEXT NOT NULL,
  json         TEXT NOT NULL
) STRICT;
INSERT INTO products
  SELECT row, shop, id, external_id, '', 1, NULL, 0, min_price, max_price, available, on_sale, 0, '{}', json
  FROM products_before;
INSERT INTO catalogs (shop, generation, products, currency, high_id)
  SELECT shop, 1, count(*), max(json_extract(json, '$.price.min.currency')), max(id) FROM products GROUP BY shop;
DROP TABLE products_before;

-- A product is at most once in what the next generation will be, and so is an id.
CREATE UNIQUE INDEX products_live ON products (shop, external_id) WHERE until IS NULL;
CREATE UNIQUE INDEX products_live_id ON products (shop, id) WHERE until IS NULL;
CREATE INDEX products_by_id ON products (shop, id);
CREATE INDEX products_ended ON products (shop, until) WHERE until IS NOT NULL;
CREATE INDEX products_by_external ON products (shop, external_id);
CREATE INDEX products_begun ON products (shop, since);
CREATE INDEX products_by_price ON products (shop, min_price);
`;
