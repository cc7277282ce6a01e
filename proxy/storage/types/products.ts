import type { CatalogProduct, ProductSort, StoredProduct } from '../../catalog/types.ts';

/** What to look up, already normalised by the catalogue. */
export interface ProductMatch {
  /**
   * Ways to ask the same. Each has one group per word; a product matches a group by any of its terms, as a prefix.
   * None, or only empty ones: everything.
   */
  questions: readonly (readonly (readonly string[])[])[];
  /** `all`: every word of one of the questions · `any`: some word of any of them. */
  words: 'all' | 'any';
  /** Marks that a product must have, at least one of each group; see `IndexedProduct.marks`. */
  marks?: readonly (readonly string[])[];
  minPrice?: number;
  maxPrice?: number;
  inStockOnly?: boolean;
  onSaleOnly?: boolean;
  sort?: ProductSort;
  limit: number;
}

/** What of a product is counted for a shopper to narrow a search by; short keys, for there is one for each product. */
export interface ProductFacets {
  /** Categories. */
  c?: string[];
  /** Brand. */
  b?: string;
  /** Options, name and value. */
  o?: [string, string][];
}

/** What a search matched, without the products themselves. */
export interface MatchedFacets {
  minPrice: number;
  maxPrice: number;
  available: boolean;
  facets: ProductFacets;
}

/** A product with the normalised words it is found by, most telling first. */
export interface IndexedProduct {
  product: CatalogProduct;
  hash: string;
  /** The id it has a right to; left out, it gets one. */
  ownId?: number | undefined;
  /** Letters and digits only: what it can be narrowed by, exactly (categories, options, SKUs). */
  marks: readonly string[];
  facets: ProductFacets;
  titleTerms: string;
  labelTerms: string;
  bodyTerms: string;
}

export interface RankedProduct {
  product: StoredProduct;
  /** bm25: lower is better. */
  rank: number;
  /** The normalised words it is found by, apart by spaces; empty when no word was looked for. */
  terms: string;
}
