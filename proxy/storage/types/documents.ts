import type { DocumentKind, KnowledgeDocument, Passage } from '../../knowledge/types.ts';

/** A document with what only its keeping needs. */
export interface DocumentRow extends KnowledgeDocument {
  /** What of the shop's settings it comes from; '' where somebody added it by hand. */
  origin: string;
  /** SHA-256 of the bytes that its chunks were made from; '' while there are none. */
  hash: string;
  etag: string | null;
  /** The model of its chunks' vectors. */
  embeddedBy: string | null;
}

/** A document that is about to be read. One of the same shop and source is taken up again, with its id. */
export interface BegunDocument {
  shop: string;
  source: string;
  origin: string;
  kind: DocumentKind;
  /** Until its text says a better one; of one that is there already, its own stays. */
  title: string;
  url: string | undefined;
  bytes: number;
  now: number;
  /** More documents than these are not taken. */
  maxDocuments: number;
}

/** What may write a document, until somebody else begins to. */
export interface DocumentWriter {
  id: string;
  token: string;
}

/** A chunk with the normalised words it is found by. */
export interface IndexedChunk {
  ordinal: number;
  /** Of all that it is found by and shows. */
  hash: string;
  section: string;
  text: string;
  titleTerms: string;
  sectionTerms: string;
  bodyTerms: string;
}

export interface ReadDocument {
  title: string;
  kind: DocumentKind;
  lang: string | null;
  pages: number | null;
  bytes: number;
  hash: string;
  etag: string | null;
  now: number;
}

/** What to look up, already normalised. */
export interface PassageMatch {
  /** As in `ProductMatch`: ways to ask the same, each with a group of terms for each word. */
  questions: readonly (readonly (readonly string[])[])[];
  words: 'all' | 'any';
  limit: number;
}

export interface RankedPassage {
  passage: Passage;
  /** bm25: lower is better. */
  rank: number;
  /** The normalised words it is found by, apart by spaces. */
  terms: string;
  /** The same, of title and section alone. */
  headTerms: string;
}

/** A chunk as its document has it now. */
export interface DocumentChunk {
  id: number;
  hash: string;
  section: string;
  text: string;
}

/** A document's copy in a provider's store. */
export interface DocumentCopy {
  id: number;
  shop: string;
  document: string;
  /** Which provider and account: ids of one mean nothing to another. */
  endpoint: string;
  store: string;
  /** The provider's id; null where it did not get there. */
  file: string | null;
  /** Of all that was sent. */
  hash: string;
  state: 'waiting' | 'ready' | 'failed';
  /** Why it failed, for the owner. */
  error: string | null;
  updatedAt: number;
}

export interface ChunkVector {
  id: number;
  /** 32-bit floats, little-endian. */
  embedding: Uint8Array;
}
