import type { FoundPart, HostedSearch } from '../models/types.ts';

/** A part of a document that answers a question: some sentences below one heading. */
export interface Passage {
  /** Of the chunk: the same as long as its text stays. */
  id: number;
  documentId: string;
  /** Of the document. */
  title: string;
  /** The headings above it, outermost first: `Returns › Exchanges`; '' where there are none. */
  section: string;
  text: string;
  /** Where a shopper can read the whole of it: http(s). */
  url?: string;
  /** BCP 47, as far as it is known. */
  lang?: string;
}

export interface PassageQuery {
  query: string;
  /** Other words for the same, in any language. */
  synonyms?: readonly string[];
  /** 1 to 20. */
  limit: number;
}

/** Seam to a shop's documents. */
export interface Knowledge {
  /** Best first; nothing where nothing fits. Never a disabled document's, nor another shop's. */
  search(shop: string, query: PassageQuery, signal: AbortSignal): Promise<Passage[]>;
  /** In the order of `ids`; those that are gone are left out. */
  passages(shop: string, ids: readonly number[]): Promise<Passage[]>;
  /** What a provider's own search may look through instead; undefined where it may not, or not now. */
  hosted(shop: string): Promise<HostedDocuments | undefined>;
  /** The passages that stand in what a provider's own search has found in these documents. The same holds for them. */
  behind(
    shop: string,
    found: { documents: HostedDocuments; queries: readonly string[]; parts: readonly FoundPart[] },
    signal: AbortSignal,
  ): Promise<Passage[]>;
  /** False while a shop has no document that can be searched: its assistant then needs no tool for it. */
  hasDocuments(shop: string): Promise<boolean>;
  /** Another one whenever a search may find something else than before: no answer that was kept outlives it. */
  version(shop: string): Promise<string>;
}

export type DocumentKind = 'pdf' | 'docx' | 'markdown' | 'html' | 'text' | 'csv';

/** A document as its owner sees it. */
export interface KnowledgeDocument {
  /** `doc_…` */
  id: string;
  shop: string;
  title: string;
  /** The name of the file, or the address it is fetched from. */
  source: string;
  /** True: fetched, again and again by schedule. */
  fetched: boolean;
  kind: DocumentKind;
  url?: string;
  lang?: string;
  enabled: boolean;
  status: 'waiting' | 'ready' | 'failed';
  /** Why it failed, for its owner: `There is no text in this PDF: it is a scan.` */
  error: string | null;
  bytes: number;
  pages: number | null;
  chunks: number;
  /** Times are milliseconds since 1970, UTC. */
  addedAt: number;
  updatedAt: number;
  /** Only in a shop whose documents go to a store at a provider. */
  store?: StoredCopy;
}

/** A file that is to be a document. Its bytes go to a thread: who hands them over has them no longer. */
export interface DocumentUpload {
  /** A document of the same name is replaced. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  contentType?: string;
  /** Where a shopper can read it. */
  url?: string;
}

/** A file in a form (`multipart/form-data`), which a thread takes apart. The same holds for its bytes. */
export interface DocumentForm {
  form: Uint8Array<ArrayBuffer>;
  /** With its boundary. */
  contentType: string;
  /** What it is called, where the form is not to say it; the same of where a shopper can read it. */
  name?: string;
  url?: string;
}

/** How the copy of a document in the shop's vector store is. */
export interface StoredCopy {
  state: 'waiting' | 'ready' | 'failed';
  /** Why it failed, for the owner. */
  error: string | null;
}

/** How a shop's vector store is. */
export interface ShopStore {
  /** `waiting`: it is being brought up to date, or will be in a moment. */
  state: 'waiting' | 'ready' | 'failed';
  /** What kept all documents out the last time, for the owner. */
  error: string | null;
}

/** What one reading of a shop's own list of documents has changed. */
export interface DocumentsSync {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  /** The first hundred. `source` is a document's, or a sitemap's. */
  failed: { source: string; error: string }[];
  /** Of a shop whose documents go to a store at a provider: how many were sent there and deleted there; what kept all out. */
  stored?: { sent: number; deleted: number; error?: string };
}

/** What the owner of a shop may do with its documents. */
export interface Documents {
  list(shop: string): Promise<KnowledgeDocument[]>;
  get(shop: string, id: string): Promise<KnowledgeDocument | undefined>;
  /** Undefined for a shop whose documents go to no store at a provider. */
  store(shop: string): ShopStore | undefined;
  /**
   * Reads one and shows it. One that can't be read is `failed`, with the reason.
   * @throws ChatError `overloaded` while too many wait, `invalid_request` for a form without a file
   */
  add(shop: string, upload: DocumentUpload | DocumentForm): Promise<KnowledgeDocument>;
  /** Undefined when there is no such document. */
  change(shop: string, id: string, change: { enabled: boolean }): Promise<KnowledgeDocument | undefined>;
  /** @returns false when there is no such document */
  remove(shop: string, id: string): Promise<boolean>;
  /** Reads the documents that the shop's settings name. @throws ChatError `sync_running`, `sync_failed`, `shop_not_found` */
  sync(shop: string): Promise<DocumentsSync>;
  close(): Promise<void>;
}

/** Seam to a model that makes vectors of texts. */
export interface Embedder {
  /** Of the model and its endpoint; vectors of another one can't be compared. */
  readonly model: string;
  /** In the order of `texts`, each of length one. @throws ChatError, or the signal's reason */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}

/** A part of a file that a provider's store has found. */
export interface StoredPart {
  file: string;
  name: string;
  text: string;
  /** Undefined for files that others put there. */
  copyOf?: CopyOf;
}

/** What a file in a store was sent for, and by whom. */
export interface CopyOf {
  /** '' for files of before it was noted. */
  installation: string;
  shop: string;
  document: string;
}

/** A shop's documents as a provider's own search finds them: all of them, in the version that is here. */
export interface HostedDocuments extends Pick<HostedSearch, 'account' | 'store' | 'only'> {
  /** Documents by the provider's names of their copies. */
  files: ReadonlyMap<string, string>;
  /** Of the documents, from before they were looked up: an answer that one more document went into must not pass for a newer one. */
  version: string;
}

/** Seam to a provider's vector store. @throws ChatError in words for the owner, or the signal's reason */
export interface DocumentStore {
  /** Whose ids these are. */
  readonly endpoint: string;
  /** The same of a model that may search it by itself. */
  readonly account: string;
  /** How the copies of these documents, and no other files, are told apart. */
  only(shop: string, documents: readonly string[]): HostedSearch['only'];
  /** @returns the id of a new, empty store */
  create(name: string, signal: AbortSignal): Promise<string>;
  /** False when it is gone, or has expired. */
  exists(store: string, signal: AbortSignal): Promise<boolean>;
  /** Sends a text. It is in no store yet. @returns the id of the file */
  upload(file: { name: string; text: string }, signal: AbortSignal): Promise<string>;
  /** Puts a file into a store, which then reads it. */
  attach(store: string, file: string, copyOf: CopyOf, signal: AbortSignal): Promise<void>;
  /** Undefined when the store has no such file. */
  stateOf(store: string, file: string, signal: AbortSignal): Promise<StoredCopy | undefined>;
  /** Deletes a file, in the store and altogether; one that is gone is fine. */
  remove(store: string, file: string, signal: AbortSignal): Promise<void>;
  /** What is in a store, `limit` at most. */
  files(store: string, limit: number, signal: AbortSignal): Promise<{ file: string; copyOf?: CopyOf }[]>;
  /** Best first. */
  search(store: string, query: { text: string; limit: number }, signal: AbortSignal): Promise<StoredPart[]>;
}
