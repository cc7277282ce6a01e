import type { ProductMatch, ProductReader, RankedProduct } from '../storage/types.ts';
import { facetsOf } from './facets.ts';
import { markOf, queryGroups, wordsOf } from '../words.ts';
import type { Catalog, ProductHit, ProductQuery } from './types.ts';

/** Rows of the full-text index that are ranked again; more would not change the first page. */
const CANDIDATES = 60;
/** Products that facets are counted over. */
const COUNTED = 500;
const MAX_LIMIT = 20;
const MAX_SYNONYMS = 10;
const MAX_OPTIONS = 10;
/** Of a question; no product is asked for in more. */
const MAX_QUERY = 500;

/** Finds products. CPU-bound, for milliseconds in a large catalogue: the proxy runs it beside its streams. */
export function createSearch({ storage }: { storage: ProductReader }): Pick<Catalog, 'search' | 'facets'> {
  return {
    async search(shop, query) {
      const limit = Math.min(Math.max(query.limit ?? MAX_LIMIT, 1), MAX_LIMIT);
      const match = matchOf(query, CANDIDATES);
      const named = await bySku(shop, query, match);
      let found = await storage.searchProducts(shop, match);
      // Only where too few have all the words is it worth the time to look at those that have some. Another order than
      // the best first would put what hardly fits before what fits.
      const sorted = match.sort !== undefined && match.sort !== 'relevance';
      if (found.length < limit && match.questions.length > 0 && !(sorted && found.length > 0)) {
        found = await storage.searchProducts(shop, { ...match, words: 'any' });
      }
      const hits = found.map((hit): ProductHit => ({ product: hit.product, score: score(hit, match.questions) }));
      if (!sorted) hits.sort((a, b) => b.score - a.score);
      const ids = new Set(named.map(({ product }) => product.id));
      return [...named, ...hits.filter(({ product }) => !ids.has(product.id))].slice(0, limit);
    },

    async facets(shop, query) {
      const match = matchOf(query, COUNTED);
      let matched = await storage.matchedFacets(shop, match);
      if (matched.length === 0 && match.questions.length > 0) {
        matched = await storage.matchedFacets(shop, { ...match, words: 'any' });
      }
      return facetsOf(matched);
    },
  };

  /** Products one of whose SKUs is the question, or a word of it. */
  async function bySku(shop: string, { query }: ProductQuery, match: ProductMatch): Promise<ProductHit[]> {
    const text = query.slice(0, MAX_QUERY);
    const names = [text, ...text.split(/\s+/).slice(0, 16)].filter((name) => /[\p{L}\p{N}]/u.test(name));
    if (names.length === 0) return [];
    const marks = [...(match.marks ?? []), [...new Set(names.map((name) => markOf('sku', name)))]];
    const found = await storage.searchProducts(shop, { ...match, questions: [], marks, limit: MAX_LIMIT });
    return found.map(({ product }) => ({ product, score: 1_000 }));
  }
}

function matchOf(query: ProductQuery, limit: number): ProductMatch {
  const texts = [query.query, ...(query.synonyms ?? []).slice(0, MAX_SYNONYMS)];
  const questions = texts.map((text) => queryGroups(text.slice(0, MAX_QUERY))).filter((groups) => groups.length > 0);
  const marks: string[][] = [];
  if (query.category !== undefined && wordsOf(query.category).length > 0) {
    marks.push([markOf('category', query.category.slice(0, MAX_QUERY))]);
  }
  for (const { name = '', value } of (query.options ?? []).slice(0, MAX_OPTIONS)) {
    marks.push([markOf('option', name.slice(0, MAX_QUERY), value.slice(0, MAX_QUERY))]);
  }
  return {
    questions,
    words: 'all',
    ...(marks.length > 0 && { marks }),
    ...(query.minPrice !== undefined && { minPrice: query.minPrice }),
    ...(query.maxPrice !== undefined && { maxPrice: query.maxPrice }),
    ...(query.inStockOnly !== undefined && { inStockOnly: query.inStockOnly }),
    ...(query.onSaleOnly !== undefined && { onSaleOnly: query.onSaleOnly }),
    ...(query.sort !== undefined && { sort: query.sort }),
    limit,
  };
}

/**
 * The index ranks by how rare the words are; a shopper cares first that all of the words fit, then that it can be
 * bought. `rank` is negative, lower is better, and rarely beyond -30, so it only decides among equals.
 */
function score({ product, rank, terms }: RankedProduct, questions: ProductMatch['questions']): number {
  const covered = Math.max(0, ...questions.map((groups) => coverage(` ${terms}`, groups)));
  const buyable = product.purchasable && product.availability !== 'out_of_stock' ? 1 : 0;
  return covered * 100 + buyable * 40 + Math.min(-rank, 39);
}

/** Share of the question's words that the product has. */
function coverage(terms: string, groups: readonly (readonly string[])[]): number {
  if (groups.length === 0) return 0;
  return groups.filter((group) => group.some((term) => terms.includes(` ${term}`))).length / groups.length;
}
