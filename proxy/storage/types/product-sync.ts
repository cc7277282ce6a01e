import type { IndexedProduct } from './products.ts';

/** A shop's catalogue as the last sync left it. */
export interface CatalogState {
  /** Grows whenever what shoppers see changes. */
  generation: number;
  products: number;
  currency: string | null;
  /** Of all products; '' while nothing was synced. */
  hash: string;
  /** Which settings it was read by. */
  source: string;
  syncedAt: number | null;
  fullAt: number | null;
  /** Why the last sync failed; null when it didn't. */
  error: string | null;
}

/** Only who holds a shop's lease may write its catalogue. */
export interface SyncLease {
  shop: string;
  token: string;
}

export type BegunSync =
  | {
      outcome: 'begun';
      state: CatalogState;
      /** A sync broke off, and left rows that nobody sees. */ leftovers: boolean;
    }
  | { outcome: 'running' };

export interface SyncCounts {
  products: number;
  added: number;
  changed: number;
  removed: number;
}

export interface SyncStorage {
  /** Takes the lease on a shop's catalogue, until `until`, unless another sync holds it. */
  beginSync(lease: SyncLease, times: { now: number; until: number }): Promise<BegunSync>;
  /** Holds the lease for longer. @throws when another sync has taken it */
  extendSync(lease: SyncLease, until: number): Promise<void>;
  /**
   * Of these products, says which are as they were read before, and notes all those as read.
   * @throws when one of them was read before in this sync
   */
  unchangedProducts(lease: SyncLease, products: readonly { externalId: string; hash: string }[]): Promise<boolean[]>;
  /**
   * Writes products for the next generation, where nobody sees them yet, each under the id it wants, else the one it had,
   * else the next free one.
   * @throws when two products of this sync want one id
   */
  stageProducts(lease: SyncLease, products: readonly IndexedProduct[]): Promise<void>;
  /** Leaves a product out of the next generation. */
  unstageProduct(lease: SyncLease, externalId: string): Promise<void>;
  /** Notes that a product is still there. */
  keepProducts(lease: SyncLease, externalIds: readonly string[]): Promise<void>;
  /** Leaves out of the next generation what this sync has not read, `limit` products at most. @returns how many */
  dropUnread(lease: SyncLease, limit: number): Promise<number>;
  /** What the next generation will be; its hash doesn't depend on the order in which products came. */
  stagedCounts(lease: SyncLease): Promise<SyncCounts & { hash: string }>;
  /** Shows the next generation, and lets go of the lease. */
  publishSync(
    lease: SyncLease,
    outcome: { products: number; hash: string; source: string; syncedAt: number; full: boolean },
  ): Promise<void>;
  /** Lets go of the lease; nothing that shoppers see has changed. `error` is kept for the owner. */
  failSync(lease: SyncLease, error: string): Promise<void>;
  /** Forgets products that nobody sees any more, `limit` at most. @returns how many */
  pruneProducts(shop: string, limit: number): Promise<number>;
  /** Undefined for a shop that was never synced. */
  catalogState(shop: string): Promise<CatalogState | undefined>;
}
