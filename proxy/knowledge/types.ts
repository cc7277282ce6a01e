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
  /** False while a shop has no document that can be searched: its assistant then needs no tool for it. */
  hasDocuments(shop: string): Promise<boolean>;
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
}
