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

export interface DocumentsStorage {
  /** In the order in which they were added. */
  documents(shop: string): Promise<DocumentRow[]>;
  document(shop: string, id: string): Promise<DocumentRow | undefined>;
  documentOfSource(shop: string, source: string): Promise<DocumentRow | undefined>;
  /**
   * Notes that a document is about to be read, a new one or another version of one that is there; that one is found as it
   * was until the new one is published. `token` then stands for who reads it. Undefined when the shop has too many.
   */
  beginDocument(document: BegunDocument, token: string): Promise<DocumentRow | undefined>;
  /**
   * The chunks it has, to be kept where their hash stays. Forgets what a writing that broke off has left.
   * @throws when somebody else has begun to write it, as do all verbs that take a writer
   */
  knownChunks(writer: DocumentWriter): Promise<{ id: number; hash: string }[]>;
  /** Writes chunks for the next version, where nobody finds them yet. */
  stageChunks(writer: DocumentWriter, chunks: readonly IndexedChunk[]): Promise<void>;
  /** Puts kept chunks in their places and leaves `gone` out of the next version. */
  orderChunks(
    writer: DocumentWriter,
    change: { kept: readonly { id: number; ordinal: number }[]; gone: readonly number[] },
  ): Promise<void>;
  /** Shows the next version. */
  publishDocument(writer: DocumentWriter, read: ReadDocument): Promise<void>;
  /** Keeps why it can't be read; what was found of it is still found. @returns false where it is gone, or somebody else writes it */
  failDocument(writer: DocumentWriter, error: string, now: number): Promise<boolean>;
  /** At boot: closes readings that a crash broke off. @returns how many */
  failWaitingDocuments(error: string, now: number): Promise<number>;
  /** Undefined when there is no such document in this shop. */
  changeDocument(shop: string, id: string, change: { enabled: boolean; now: number }): Promise<DocumentRow | undefined>;
  /** Takes it out of every search at once, and deletes `limit` of its chunks; the last call deletes the document. */
  deleteDocument(shop: string, id: string, limit: number): Promise<'unknown' | 'more' | 'deleted'>;
  /** Forgets chunks of a document that nobody finds any more, `limit` at most. @returns how many */
  pruneChunks(id: string, limit: number): Promise<number>;
  /** Chunks without a vector of this model; those of another model are forgotten. */
  chunksToEmbed(
    shop: string,
    id: string,
    options: { model: string; limit: number },
  ): Promise<{ id: number; title: string; section: string; text: string }[]>;
  embedChunks(id: string, vectors: readonly ChunkVector[], now: number): Promise<void>;
  /** Best first by full-text rank; of enabled documents only. */
  searchPassages(shop: string, match: PassageMatch): Promise<RankedPassage[]>;
  /** In the order of `ids`; what is gone or disabled is left out. */
  passages(shop: string, ids: readonly number[]): Promise<Passage[]>;
  hasPassages(shop: string): Promise<boolean>;
  /** Another one whenever a search may find something else than before. */
  passagesVersion(shop: string): Promise<string>;
  /** The vectors of one model, of enabled documents only, `limit` at most. */
  chunkVectors(shop: string, model: string, limit: number): Promise<ChunkVector[]>;
  /** What a document says now, in its order, disabled or not. */
  chunksOf(shop: string, id: string): Promise<DocumentChunk[]>;
  /** Forgets chunks that no search finds any more: what a writing that broke off has left, and older versions. @returns how many */
  pruneLostChunks(shop: string, limit: number): Promise<number>;

  /** Whose files in a provider's store are ours: another one for each database, the same in its copies. */
  installation(): Promise<string>;
  /** The store that was made for a shop at a provider; undefined while there is none. */
  documentStore(shop: string, endpoint: string): Promise<string | undefined>;
  keepDocumentStore(shop: string, endpoint: string, store: string): Promise<void>;
  /** Oldest first; also of documents that are gone. */
  documentCopies(shop: string): Promise<DocumentCopy[]>;
  /** Documents that can be found, with the file that is the copy of what each is now; null where none has been read there yet. */
  currentCopies(
    shop: string,
    place: { endpoint: string; store: string },
    limit: number,
  ): Promise<{ document: string; file: string | null }[]>;
  /** @returns its id */
  addDocumentCopy(copy: Omit<DocumentCopy, 'id'>): Promise<number>;
  changeDocumentCopy(id: number, change: Pick<DocumentCopy, 'state' | 'error'> & { now: number }): Promise<void>;
  deleteDocumentCopy(id: number): Promise<void>;
}
