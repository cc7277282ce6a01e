import type { PassageReader } from '../storage/types.ts';
import type { PassageTask } from './search.ts';
import type { Embedder, Knowledge, Passage } from './types.ts';

/** A question that waits longer for its vector goes without. */
const EMBED_MS = 2_000;
/** An endpoint that is down fails with every question; one line tells of all of them. */
const LOG_EVERY_MS = 60_000;

export interface KnowledgeOptions {
  storage: Pick<PassageReader, 'passages' | 'hasPassages' | 'passagesVersion'>;
  /** Beside the streams: workers/search.ts. */
  search(shop: string, task: PassageTask): Promise<Passage[]>;
  /** What makes vectors of a shop's questions; undefined where nothing does. */
  embedderOf(shop: string): Embedder | undefined;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  embedMs?: number;
}

/** A shop's documents, as the rest of the proxy sees them. */
export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { storage, embedderOf, log, now = Date.now, embedMs = EMBED_MS } = options;
  let loggedAt = -Infinity;

  /** Undefined where none can be had: words find without. */
  async function vectorOf(shop: string, query: string, signal: AbortSignal): Promise<PassageTask['vector']> {
    const embedder = embedderOf(shop);
    if (!embedder || query.trim() === '') return undefined;
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(embedMs)]);
      const [values] = await embedder.embed([query.slice(0, 2_000)], inTime);
      return values && { model: embedder.model, values };
    } catch (error) {
      signal.throwIfAborted();
      if (now() - loggedAt >= LOG_EVERY_MS) log.warn({ shop, err: error }, 'documents are searched by words alone');
      loggedAt = now();
      return undefined;
    }
  }

  return {
    async search(shop, query, signal) {
      signal.throwIfAborted();
      const vector = await vectorOf(shop, query.query, signal);
      const found = await options.search(shop, { ...query, ...(vector && { vector }) });
      signal.throwIfAborted();
      return found;
    },
    passages: (shop, ids) => storage.passages(shop, ids),
    hasDocuments: (shop) => storage.hasPassages(shop),
    version: (shop) => storage.passagesVersion(shop),
  };
}
