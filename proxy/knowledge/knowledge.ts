import type { Storage } from '../storage/types.ts';
import type { PassageTask } from './search.ts';
import type { DocumentStore, Embedder, Knowledge, Passage } from './types.ts';

/** A question that waits longer for its vector goes without. */
const EMBED_MS = 2_000;
/** The same of what a provider's store finds. */
const STORE_MS = 4_000;
/** Of a store's parts, which are longer than our passages. */
const STORE_LIMIT = 10;
const MAX_QUERY = 1_000;
/** Documents that a provider's own search may look through; all of their names go along with each question. */
const MAX_HOSTED = 300;
/** Of what it found. */
const MAX_BEHIND = 20;
/** An endpoint that is down fails with every question; one line tells of all of them. */
const LOG_EVERY_MS = 60_000;

export interface KnowledgeOptions {
  storage: Pick<
    Storage,
    'passages' | 'hasPassages' | 'passagesVersion' | 'documentStore' | 'currentCopies' | 'installation'
  >;
  /** Beside the streams: workers/search.ts. */
  search(shop: string, task: PassageTask): Promise<Passage[]>;
  /** What makes vectors of a shop's questions; undefined where nothing does. */
  embedderOf(shop: string): Embedder | undefined;
  /** A shop's store at a provider, and which one where its settings say; undefined where there is none. */
  storeOf?: (shop: string) => { store: DocumentStore; id?: string | undefined; hosted?: boolean } | undefined;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  embedMs?: number;
  storeMs?: number;
}

/** A shop's documents, as the rest of the proxy sees them. */
export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { storage, embedderOf, storeOf, log, now = Date.now, embedMs = EMBED_MS, storeMs = STORE_MS } = options;
  let loggedAt = -Infinity;
  /** Why a shop's documents are not the provider's to search, as last told. */
  const reasons = new Map<string, string>();

  function notHosted(shop: string, why: string): undefined {
    if (reasons.get(shop) === why) return undefined;
    reasons.set(shop, why);
    log.warn({ shop, why }, "the provider's own search is not used for now: search_documents looks instead");
  }

  /** Words find without. */
  function without(shop: string, what: string, error: unknown): undefined {
    if (now() - loggedAt >= LOG_EVERY_MS) log.warn({ shop, err: error }, `documents are searched without ${what}`);
    loggedAt = now();
  }

  async function vectorOf(shop: string, query: string, signal: AbortSignal): Promise<PassageTask['vector']> {
    const embedder = embedderOf(shop);
    if (!embedder || query.trim() === '') return undefined;
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(embedMs)]);
      const [values] = await embedder.embed([query.slice(0, 2_000)], inTime);
      return values && { model: embedder.model, values };
    } catch (error) {
      signal.throwIfAborted();
      return without(shop, 'vectors', error);
    }
  }

  async function storedFor(shop: string, task: PassageTask, signal: AbortSignal): Promise<PassageTask['stored']> {
    const { store, id: given } = storeOf?.(shop) ?? {};
    const text = [task.query, ...(task.synonyms ?? [])].join(' ').trim().slice(0, MAX_QUERY);
    if (!store || text === '') return undefined;
    const id = given ?? (await storage.documentStore(shop, store.endpoint));
    if (id === undefined) return undefined;
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(storeMs)]);
      return await store.search(id, { text, limit: STORE_LIMIT }, inTime);
    } catch (error) {
      signal.throwIfAborted();
      return without(shop, 'the vector store', error);
    }
  }

  return {
    async search(shop, query, signal) {
      signal.throwIfAborted();
      const [vector, stored] = await Promise.all([vectorOf(shop, query.query, signal), storedFor(shop, query, signal)]);
      const found = await options.search(shop, { ...query, ...(vector && { vector }), ...(stored && { stored }) });
      signal.throwIfAborted();
      return found;
    },
    async hosted(shop) {
      const { store, id: given, hosted } = storeOf?.(shop) ?? {};
      if (!store || !hosted) return undefined;
      const id = given ?? (await storage.documentStore(shop, store.endpoint));
      if (id === undefined) return notHosted(shop, 'there is no vector store yet');
      const version = await storage.passagesVersion(shop);
      const copies = await storage.currentCopies(shop, { endpoint: store.endpoint, store: id }, MAX_HOSTED + 1);
      if (copies.length === 0) return notHosted(shop, 'there are no documents');
      if (copies.length > MAX_HOSTED) return notHosted(shop, `there are more than ${MAX_HOSTED} documents`);
      const files = new Map(copies.flatMap(({ file, document }) => (file === null ? [] : [[file, document] as const])));
      // Half of the documents would be half of an answer.
      if (files.size < copies.length)
        return notHosted(shop, 'not all documents are in the vector store as they are now');
      reasons.delete(shop);
      const only = store.only(shop, [...files.values()]);
      return { account: store.account, store: id, only, files, version };
    },
    async behind(shop, { documents, queries, parts }, signal) {
      const installation = await storage.installation();
      signal.throwIfAborted();
      const stored = parts.flatMap(({ file, text }) => {
        const document = documents.files.get(file);
        return document === undefined ? [] : [{ file, name: '', text, copyOf: { installation, shop, document } }];
      });
      if (stored.length === 0) return [];
      const [query = '', ...synonyms] = queries;
      const found = await options.search(shop, { query, synonyms, limit: MAX_BEHIND, stored, storedAlone: true });
      signal.throwIfAborted();
      return found;
    },
    passages: (shop, ids) => storage.passages(shop, ids),
    // Of a store that its settings name, nobody knows here what else is in it.
    hasDocuments: async (shop) => storeOf?.(shop)?.id !== undefined || storage.hasPassages(shop),
    version: (shop) => storage.passagesVersion(shop),
  };
}
