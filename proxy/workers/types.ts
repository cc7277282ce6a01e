import type { SourceSettings } from '../catalog/index.ts';
import type { Facets, ProductHit, ProductQuery } from '../catalog/types.ts';
import type { DocumentOrder, DocumentOutcome, PassageTask } from '../knowledge/index.ts';
import type { EmbeddingUsage } from '../limits/index.ts';
import type { Passage } from '../knowledge/types.ts';
import type { SyncResponse } from '../protocol/index.ts';
import type { DocumentSource } from '../shops/types.ts';
import type { Account, ReportReader } from '../storage/types.ts';

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

/** What a thread is told of a shop's documents. Holds secrets: it goes to the thread and nowhere else. */
export interface DocumentJob {
  /** The database. */
  file: string;
  shop: string;
  order: DocumentOrder;
  sources: readonly DocumentSource[];
  embeddings: { model: string; baseUrl: string; apiKey: string; guarded: boolean } | undefined;
  /** Who pays for the vectors, and how much. */
  accounts: readonly Account[];
  store: { id?: string; baseUrl: string; apiKey: string; guarded: boolean } | undefined;
  allowPrivate: boolean;
  version: string;
}

/** `broken` is for the log, the others for the owner; `used` goes before them, for each call of a model. */
export type DocumentMessage =
  | DocumentOutcome
  | { kind: 'used'; usage: EmbeddingUsage }
  | { kind: 'failed'; why: 'refused' | 'disk_full' | 'broken'; message: string };

export type SearchTask = { id: number; shop: string } & (
  | { what: 'search' | 'facets'; query: ProductQuery }
  | { what: 'passages'; query: PassageTask }
);

export type SearchResult = ProductHit[] | Facets | Passage[];

export type SearchAnswer = { id: number } & ({ result: SearchResult } | { error: string });

/** `query` is what the report of this name takes. */
export interface ReportTask {
  id: number;
  name: keyof ReportReader;
  query: unknown;
}

export type ReportAnswer = { id: number } & ({ result: unknown } | { error: string });
