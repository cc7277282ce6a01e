import type { Database } from 'better-sqlite3';
import type { CatalogProduct, ProductSort, StoredProduct } from '../catalog/types.ts';
import { matchOf, quoted } from './full-text.ts';
import { scopeOf } from './product-scope.ts';
import type { CatalogState, MatchedFacets, ProductFacets, ProductMatch, RankedProduct, Storage } from './types.ts';

interface Row {
  id: number;
  json: string;
}

interface FacetRow {
  min_price: number;
  max_price: number;
  available: number;
  facets: string;
}

/** Weights of scope, title, labels (brand, category, tags, options) and body; see docs/catalogue.md on ranking. */
const RANK = 'bm25(products_fts, 0.0, 8.0, 3.0, 1.0)';

const VISIBLE = `products.since <= catalogs.generation
  AND (products.until IS NULL OR products.until > catalogs.generation)`;
const WITHIN = `products.shop = @shop AND ${VISIBLE}
  AND products.min_price <= @maxPrice AND products.max_price >= @minPrice
  AND products.available >= @available AND products.on_sale >= @onSale`;
const ORDER: Record<ProductSort, string> = {
  relevance: 'rank',
  price_up: 'products.min_price, rank',
  price_down: 'products.max_price DESC, rank',
  rating: 'products.rating DESC, rank',
};
/** Where no word gives an order: what can be bought goes first. */
const BROWSE_ORDER: Record<ProductSort, string> = {
  relevance: 'products.available DESC, products.id',
  price_up: 'products.available DESC, products.min_price, products.id',
  price_down: 'products.available DESC, products.max_price DESC, products.id',
  rating: 'products.available DESC, products.rating DESC, products.id',
};

/** What is read of products. */
export function createProducts(
  db: Database,
): Pick<Storage, 'products' | 'searchProducts' | 'matchedFacets' | 'countProducts' | 'catalogState'> {
  // The index is named: SQLite believes in `since`, which all products have in common, and goes through all for each id.
  const byIds = db.prepare<{ shop: string; ids: string }, Row>(
    `SELECT products.id, products.json FROM json_each(@ids) AS wanted
     CROSS JOIN catalogs ON catalogs.shop = @shop
     CROSS JOIN products INDEXED BY products_by_id
       ON products.shop = @shop AND products.id = wanted.value AND ${VISIBLE}
     ORDER BY wanted.key`,
  );
  const state = db.prepare<[string], CatalogState>(
    `SELECT generation, products, currency, hash, source, synced_at AS syncedAt, full_at AS fullAt, error
     FROM catalogs WHERE shop = ?`,
  );
  /** The rows that are shown, and only for these the long columns. */
  const searches = bySort(
    (sort) => `SELECT found.rank, products.id, products.json, concat_ws(' ', title, labels, body) AS terms
     FROM (${matching('products.row AS row', ORDER[sort])}) AS found
     CROSS JOIN products ON products.row = found.row CROSS JOIN products_fts ON products_fts.rowid = found.row
     ORDER BY ${ORDER[sort].replace('rank', 'found.rank')}`,
  );
  const browses = bySort((sort) => `SELECT 0.0 AS rank, '' AS terms, id, json ${browsing(BROWSE_ORDER[sort])}`);
  const facetColumns = 'products.min_price, products.max_price, products.available, products.facets';
  const foundFacets = db.prepare<Record<string, unknown>, FacetRow>(matching(facetColumns, ORDER.relevance));
  const browsedFacets = db.prepare<Record<string, unknown>, FacetRow>(
    `SELECT ${facetColumns} ${browsing(BROWSE_ORDER.relevance)}`,
  );

  function bySort(sql: (sort: ProductSort) => string) {
    const prepare = (sort: ProductSort) =>
      db.prepare<Record<string, unknown>, Row & { rank: number; terms: string }>(sql(sort));
    return {
      relevance: prepare('relevance'),
      price_up: prepare('price_up'),
      price_down: prepare('price_down'),
      rating: prepare('rating'),
    };
  }

  return {
    async products(shop, ids) {
      return byIds.all({ shop, ids: JSON.stringify(ids) }).map(fromRow);
    },
    async searchProducts(shop, match) {
      const words = matchExpression(shop, match);
      const statement = (words === null ? browses : searches)[match.sort ?? 'relevance'];
      return statement
        .all(parametersOf(shop, match, words))
        .map((row): RankedProduct => ({ product: fromRow(row), rank: row.rank, terms: row.terms }));
    },
    async matchedFacets(shop, match) {
      const words = matchExpression(shop, match);
      return (words === null ? browsedFacets : foundFacets)
        .all(parametersOf(shop, match, words))
        .map((row): MatchedFacets => ({
          minPrice: row.min_price,
          maxPrice: row.max_price,
          available: row.available === 1,
          facets: JSON.parse(row.facets) as ProductFacets,
        }));
    },
    async countProducts(shop) {
      return state.get(shop)?.products ?? 0;
    },
    async catalogState(shop) {
      return state.get(shop);
    },
  };
}

/** CROSS JOIN keeps SQLite to this order: the words first. Left to itself it would go through all products of the shop. */
function matching(columns: string, order: string): string {
  return `SELECT ${columns}, ${RANK} AS rank
    FROM catalogs CROSS JOIN products_fts CROSS JOIN products ON products.row = products_fts.rowid
    WHERE catalogs.shop = @shop AND products_fts MATCH @match AND ${WITHIN} ORDER BY ${order} LIMIT @limit`;
}

function browsing(order: string): string {
  return `FROM catalogs CROSS JOIN products WHERE catalogs.shop = @shop AND ${WITHIN} ORDER BY ${order} LIMIT @limit`;
}

function parametersOf(shop: string, match: ProductMatch, words: string | null) {
  return {
    shop,
    minPrice: match.minPrice ?? 0,
    maxPrice: match.maxPrice ?? Number.MAX_SAFE_INTEGER,
    available: match.inStockOnly ? 1 : 0,
    onSale: match.onSaleOnly ? 1 : 0,
    limit: match.limit,
    ...(words !== null && { match: words }),
  };
}

/** Null when there is nothing to look for. */
function matchExpression(shop: string, { questions, words, marks = [] }: ProductMatch): string | null {
  const asked = matchOf(questions, words);
  const narrowed = marks.map((group) => `scope:(${group.map((mark) => quoted(scopeOf(shop, mark))).join(' OR ')})`);
  if (asked === null && narrowed.length === 0) return null;
  // A mark holds the shop in itself.
  const within = narrowed.length > 0 ? narrowed : [`scope:${quoted(scopeOf(shop))}`];
  return [...within, ...(asked === null ? [] : [`{title labels body}:(${asked})`])].join(' AND ');
}

function fromRow({ id, json }: Row): StoredProduct {
  return { ...(JSON.parse(json) as CatalogProduct), id };
}
