/** How well Pippalo's documents are found (test/fixtures/documents/questions.json), by what the proxy itself finds them with. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addDocument } from '../../proxy/knowledge/add.ts';
import { createExtractor } from '../../proxy/knowledge/extractor.ts';
import {
  createKnowledge,
  createPassageSearch,
  createVectorSearch,
  embedDocument,
} from '../../proxy/knowledge/index.ts';
import { openSqlite } from '../../proxy/storage/index.ts';
import type { Storage } from '../../proxy/storage/types.ts';
import { letterEmbedder } from '../fakes/letter-embedder.ts';
import { tempDir } from '../temp-dir.ts';
import { measurePassages, type PassageRecall } from './passage-recall.ts';

const SHOP = 'demo';
const folder = path.resolve(import.meta.dirname, '../../demo/documents');

/** @returns the file that each document was made from, by its id */
export async function addPippalo(storage: Storage, shop: string, signal: AbortSignal): Promise<Map<string, string>> {
  const extractor = createExtractor();
  const sources = new Map<string, string>();
  try {
    for (const name of readdirSync(folder).filter((file) => /\.(md|html|csv|pdf|docx)$/.test(file))) {
      const file = { name, bytes: readFileSync(path.join(folder, name)) };
      const { document } = await addDocument({ shop, file }, { storage, extractor, signal });
      if (document.status !== 'ready') throw new Error(`${name}: ${document.error}`);
      sources.set(document.id, name);
    }
  } finally {
    await extractor.close();
  }
  return sources;
}

export interface KnowledgeRecall {
  chunks: number;
  typed: PassageRecall;
  rewritten: PassageRecall;
  /** The same with vectors that know nothing of meaning beside the words: no measure of a real model's. */
  hybrid: { typed: PassageRecall; rewritten: PassageRecall };
}

export async function measureKnowledge(): Promise<KnowledgeRecall> {
  using dir = tempDir();
  const storage = openSqlite({ file: dir.file('knowledge.sqlite') });
  const signal = AbortSignal.timeout(60_000);
  try {
    const sources = await addPippalo(storage, SHOP, signal);
    const search = createPassageSearch({ storage });
    const typed = await measurePassages({ search }, { shop: SHOP, sources, wording: 'typed' });
    const rewritten = await measurePassages({ search }, { shop: SHOP, sources, wording: 'rewritten' });
    for (const id of sources.keys()) await embedDocument({ shop: SHOP, id }, letterEmbedder, { storage, signal });
    const mixed = createKnowledge({
      storage,
      search: createPassageSearch({ storage, vectors: createVectorSearch({ storage }) }),
      embedderOf: () => letterEmbedder,
      log: console,
    });
    const hybrid = {
      typed: await measurePassages(mixed, { shop: SHOP, sources, wording: 'typed' }),
      rewritten: await measurePassages(mixed, { shop: SHOP, sources, wording: 'rewritten' }),
    };
    const documents = await storage.documents(SHOP);
    return { chunks: documents.reduce((sum, { chunks }) => sum + chunks, 0), typed, rewritten, hybrid };
  } finally {
    await storage.close();
  }
}
