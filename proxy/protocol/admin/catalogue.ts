/** `GET /api/admin/catalogue?shop=`. Ask again every second or two while `running`. */
export interface CatalogueStatus {
  shop: string;
  source: {
    /** `woocommerce`, `shopify`, `google_feed`, `file` … */
    type: string;
    /** Where it is read from, without secrets: a URL, a shop's address, a file's name. */
    place: string;
    /** 0 is only when asked; null: a file, when it changes. */
    every_minutes: number | null;
    /** WooCommerce tells of changes by webhook. */
    webhook: boolean;
  };
  products: number;
  currency: string | null;
  /** Of the last one that went well; null where none did. */
  synced_at: string | null;
  /** The last that read everything. */
  full_at: string | null;
  /** Why the last one failed, for the owner; null when it didn't. The products of before are served. */
  error: string | null;
  running: CatalogueSync | null;
  /** Of the last that this process ran; null where it ran none. */
  last: CatalogueSyncResult | null;
}

export interface CatalogueSync {
  started_at: string;
  phase: 'waiting' | 'reading' | 'removing';
  /** Products so far. */
  read: number;
  /** Null where the source doesn't say. */
  total: number | null;
}

export interface CatalogueSyncResult {
  ended_at: string;
  status: 'synced' | 'skipped' | 'failed';
  /** Of a failed one. */
  error: string | null;
  added: number;
  changed: number;
  removed: number;
  took_ms: number | null;
  left_out: number;
  /** Why items were left out, most frequent first. */
  left_out_by_reason: { reason: string; count: number; items: string[] }[];
  /** `left_out_by_reason` counts the first fifty that were left out. */
  counted: number;
}

/** `POST /api/admin/catalogue/sync?shop=` `{full?}` → 202 `CatalogueStatus`; 409 `sync_running` while one runs. */
export interface CatalogueSyncRequest {
  full?: boolean;
}

/** `GET /api/admin/catalogue/search?shop=&q=`: what the assistant would get, and how it looks on a card. */
export interface CatalogueSearch {
  query: string;
  found: number;
  took_ms: number;
  /** Just what a model is told by `search_products`, as JSON. */
  output: unknown;
  /** In the same order; titles in the shop's first language. */
  products: CatalogueHit[];
}

export interface CatalogueHit {
  product_id: number;
  title: string;
  url: string;
  image: string | null;
  /** As the card shows it. */
  price: string;
  in_stock: boolean;
}
