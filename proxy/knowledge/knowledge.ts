import type { Storage } from '../storage/types.ts';
import type { PassageTask } from './search.ts';
import type { DocumentStore, Embedder, Knowledge, Passage } from './types.ts';

/** A question that waits longer for its vector goes without. */
const EMBED_MS = 2_000;
/** Nor for what a provider's store finds. */
const STORE_MS = 4_000;
/** Of a store's parts, which are longer than our passages. */
const STORE_LIMIT = 10;
const MAX_QUERY = 1_000;
/** An endpoint that is down fails with every question; one line tells of all of them. */
const LOG_EVERY_MS = 60_000;

export interface KnowledgeOptions {
  storage: Pick<Storage, 'passages' | 'hasPassages' | 'passagesVersion' | 'documentStore'>;
  /** Beside the streams: workers/search.ts. */
  search(shop: string, task: PassageTask): Promise<Passage[]>;
  /** What makes vectors of a shop's questions; undefined where nothing does. */
  embedderOf(shop: string): Embedder | undefined;
  /** A shop's store at a provider, and which one where its settings say; undefined where there is none. */
  storeOf?: (shop: string) => { store: DocumentStore; id?: string | undefined } | undefined;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  embedMs?: number;
  storeMs?: number;
}

/** A shop's documents, as the rest of the proxy sees them. */
export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { storage, embedderOf, storeOf, log, now = Date.now, embedMs = EMBED_MS, storeMs = STORE_MS } = options;
  let loggedAt = -Infinity;

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
    passages: (shop, ids) => storage.passages(shop, ids),
    // Of a store that its settings name, nobody knows here what else is in it.
    hasDocuments: async (shop) => storeOf?.(shop)?.id !== undefined || storage.hasPassages(shop),
    version: (shop) => storage.passagesVersion(shop),
  };
}
