import type { SourceSettings } from '../catalog/index.ts';
import type { Facets, ProductHit, ProductQuery } from '../catalog/types.ts';
import type { SyncResponse } from '../protocol/index.ts';

/** What a thread is told of a sync. Holds secrets: it goes to the thread and nowhere else. */
export interface SyncJob {
  /** The database. */
  file: string;
  shop: string;
  source: SourceSettings;
  sourceKey: string;
  full: boolean;
  /** These products alone. */
  only?: readonly string[];
  allowPrivate: boolean;
  version: string;
}

export type SyncMessage =
  | { kind: 'progress'; phase: 'reading' | 'removing'; read: number; total?: number }
  | { kind: 'done'; result: SyncResponse }
  | { kind: 'failed'; running: boolean; message: string };

export interface SearchTask {
  id: number;
  what: 'search' | 'facets';
  shop: string;
  query: ProductQuery;
}

export type SearchAnswer = { id: number } & ({ result: ProductHit[] | Facets } | { error: string });
