import type { Availability, Money, Product, ProductImage, SyncResponse, UnitPrice } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';

export type { Availability, Money, UnitPrice } from '../protocol/index.ts';

export interface CatalogVariant {
  id: string;
  title: string;
  sku?: string;
  price: Money;
  /** The price before the sale; only while on sale. */
  listPrice?: Money;
  /** What a measure of it costs. */
  unitPrice?: UnitPrice;
  availability: Availability;
  quantity?: number;
  options: { name: string; value: string }[];
  image?: ProductImage;
  url?: string;
}

export interface Translation {
  title?: string;
  description?: string;
  categories?: string[];
  /** Names and values of options and titles of variants, by what they are called in the product itself. */
  labels?: Record<string, string>;
}

/** A product as the catalogue keeps it. All texts are plain text: sources strip markup and decode entities. */
export interface CatalogProduct {
  /** The shop's own id, as text. */
  externalId: string;
  /** Dense integer, unique in its shop: what the model sees. Left out, the catalogue gives one. */
  id?: number;
  title: string;
  url: string;
  description: string;
  brand?: string;
  categories: string[];
  tags: string[];
  /** Lowest and highest of the variants. */
  price: { min: Money; max: Money };
  /** The cheapest variant's price before the sale; only while on sale. */
  listPrice?: Money;
  availability: Availability;
  purchasable: boolean;
  images: ProductImage[];
  options: { name: string; values: string[] }[];
  /** At least one; a simple product has exactly one. */
  variants: CatalogVariant[];
  rating?: { value: number; count: number };
  /** BCP 47 language of the texts. */
  lang?: string;
  /** Texts in further languages, by BCP 47 tag; searched as well, and shown to who reads them. */
  translations?: Record<string, Translation>;
}

/** An item of a source that was left out. */
export interface Skipped {
  /** Where it stands, as its owner would look for it: `line 17 (SKU-4)`, `product 1234 "Blue bowl"`. */
  item: string;
  /** In words: `it has no price`. */
  reason: string;
}

export interface ReadOptions {
  signal: AbortSignal;
  /** Called for each item that was left out; the rest of the source goes on. */
  onSkip(skipped: Skipped): void;
  /** Called now and then with how many items were read, of how many where the source knows. */
  onProgress?(read: number, total?: number): void;
}

/**
 * Seam to wherever a shop's products come from. Everything is streamed: a source holds one page or one product at a time.
 * It throws a `SourceError` when it can't be read to its end; yesterday's catalogue then stays.
 */
export interface CatalogSource {
  readonly name: string;
  /** Every published product, each once. */
  products(options: ReadOptions): AsyncIterable<CatalogProduct>;
  /** Products changed since then (may repeat unchanged ones), where the source can tell. */
  changedSince?(since: Date, options: ReadOptions): AsyncIterable<CatalogProduct>;
  /** The `externalId` of every published product, where that is much cheaper than reading them: what is missing is gone. */
  ids?(options: ReadOptions): AsyncIterable<string>;
  /** One product as it is now; null when it is not published any more. For webhooks. */
  product?(externalId: string, options: ReadOptions): Promise<CatalogProduct | null>;
}

export const PRODUCT_SORTS = ['relevance', 'price_up', 'price_down', 'rating'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

export interface ProductQuery {
  /** What the shopper looks for, in any of the shop's languages. */
  query: string;
  /** Further words for the same thing. */
  synonyms?: readonly string[];
  /** Bounds in minor units of the catalogue's currency. */
  minPrice?: number;
  maxPrice?: number;
  inStockOnly?: boolean;
  onSaleOnly?: boolean;
  /** A category as the catalogue names it, in any of its languages; letters' case doesn't matter. */
  category?: string;
  /** Values that a product must be had in: `{name: 'Size', value: 'XL'}`. A name left out takes any. */
  options?: readonly { name?: string; value: string }[];
  sort?: ProductSort;
  /** 20 at most. */
  limit?: number;
}

/** What of the products found can narrow the search, most frequent first; `count` counts products. */
export interface Facets {
  categories: { value: string; count: number }[];
  brands: { value: string; count: number }[];
  options: { name: string; values: { value: string; count: number }[] }[];
  /** In minor units; null when nothing was found. */
  price: { min: number; max: number } | null;
  inStock: number;
  /** Of so many products, the best that were found, this was counted. */
  counted: number;
}

export interface ProductHit {
  product: StoredProduct;
  /** Higher is better; comparable within one search only. */
  score: number;
}

export interface StoredProduct extends CatalogProduct {
  id: number;
}

/** What a page calls a product. */
export interface ProductName {
  /** Its own page. */
  url?: string;
  sku?: string;
}

/** What the rest of the proxy may ask of a shop's catalogue. */
export interface Catalog {
  /** Best first. Never throws for odd queries: they find nothing. */
  search(shop: string, query: ProductQuery): Promise<ProductHit[]>;
  /** By what the products that `search` finds could be narrowed further. */
  facets(shop: string, query: ProductQuery): Promise<Facets>;
  /** In the order of `ids`; unknown ones are left out. */
  byIds(shop: string, ids: readonly number[]): Promise<StoredProduct[]>;
  /** In the order of `names`; undefined for what the shop doesn't have, or has several of. Less than a millisecond each. */
  named(shop: string, names: readonly ProductName[]): Promise<(StoredProduct | undefined)[]>;
  /** How many products the shop has. */
  count(shop: string): Promise<number>;
  /** ISO 4217 code of the shop's prices; undefined while the catalogue is empty. */
  currency(shop: string): Promise<string | undefined>;
  /** The card of a product, texts in `locale` where the catalogue has them. */
  card(product: StoredProduct, locale: string): Product;
}

/** How a sync is to be run; the rest stands in the shop's settings. */
export interface SyncOrder {
  /** Everything, also where the source could tell what has changed. */
  full: boolean;
  /** These products alone. */
  only?: readonly string[];
}

/** Sees to it that catalogues are read. */
export interface Syncs {
  /**
   * Brings a shop's catalogue up to date.
   * @throws ChatError `sync_running` while another sync of it runs, `sync_failed` with the reason, for its owner
   */
  sync(shop: Shop, order?: { full?: boolean }): Promise<SyncResponse>;
  /**
   * Takes a webhook of the shop. A product that it names is read again soon, together with others of which that is said.
   * @param body as it came
   */
  deliver(shop: Shop, body: Uint8Array, headers: Headers): { accepted: boolean };
  /** Makes a shop ready to be served: waits only where there is nothing of it to serve yet. @throws why there is not */
  prepare(shop: Shop): Promise<void>;
  close(): Promise<void>;
}

/** What a shopper may hear of an order; addresses, keys, payment links and IP addresses stay in the shop. */
export interface ShopOrder {
  /** As the shopper knows it. */
  number: string;
  /** `pending`, `processing`, `on-hold`, `completed`, `cancelled`, `refunded`, `failed`, or a plug-in's own. */
  status: string;
  /** Whom it belongs to. The caller compares it with what the shopper says, and never shows it. */
  email: string;
  /** ISO 8601 in UTC. */
  createdAt: string;
  paidAt?: string;
  completedAt?: string;
  /** In the order's own currency, which may not be the shop's any more. */
  total: Money;
  shipping: Money;
  discount: Money;
  /** What was paid back; left out where nothing was. */
  refunded?: Money;
  items: { name: string; quantity: number }[];
  /** What the shop wrote to the shopper, oldest first: tracking numbers are found here. */
  notes: { text: string; createdAt: string }[];
}

export interface OrderLookup {
  /** @returns null when there is no order of that number; what a SourceError says is for the owner only */
  order(number: string, options: { signal: AbortSignal }): Promise<ShopOrder | null>;
}
