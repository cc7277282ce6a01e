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
