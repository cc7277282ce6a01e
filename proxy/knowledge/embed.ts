import { setTimeout as delay } from 'node:timers/promises';
import type { Storage } from '../storage/types.ts';
import type { Embedder } from './types.ts';
import { bytesOf } from './vectors.ts';

/** Chunks in one request: some 20,000 tokens, which every provider takes. */
const BATCH = 64;
const GAP_MS = 2;

/**
 * Makes vectors of what of a document has none of this model. What fails leaves the rest for the next time; words find all
 * of it meanwhile. @returns of how many chunks
 * @throws ChatError, or the signal's reason
 */
export async function embedDocument(
  { shop, id }: { shop: string; id: string },
  embedder: Embedder,
  {
    storage,
    signal,
    now = Date.now,
  }: { storage: Pick<Storage, 'chunksToEmbed' | 'embedChunks'>; signal: AbortSignal; now?: () => number },
): Promise<number> {
  let count = 0;
  for (;;) {
    signal.throwIfAborted();
    const chunks = await storage.chunksToEmbed(shop, id, { model: embedder.model, limit: BATCH });
    if (chunks.length === 0) return count;
    const texts = chunks.map(({ title, section, text }) =>
      [title, section, text].filter((part) => part !== '').join('\n'),
    );
    const vectors = await embedder.embed(texts, signal);
    const rows = chunks.map((chunk, index) => ({ id: chunk.id, embedding: bytesOf(vectors[index]!) }));
    await storage.embedChunks(id, rows, now());
    count += chunks.length;
    await delay(GAP_MS);
  }
}
