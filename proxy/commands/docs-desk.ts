/** What the actions of `shop-clerk docs` have in common. */
import { createKnowledge, createPassageSearch, createVectorSearch, mirrorDocuments } from '../knowledge/index.ts';
import type { Embedder, Knowledge, KnowledgeDocument } from '../knowledge/types.ts';
import { accountsOfShop, paidEmbedder } from '../limits/index.ts';
import { createEmbedders } from '../models/embeddings.ts';
import { createVectorStores } from '../models/vector-store.ts';
import { createGuard, createOutbound } from '../outbound/index.ts';
import type { Shop } from '../shops/types.ts';
import type { Storage } from '../storage/types.ts';
import type { ReadingCommandOptions } from './types.ts';

export type Desk = ReadingCommandOptions & { storage: Storage; shop: Shop; json: boolean };

/** @param share of the shop's allowances that its calls may use up */
export function embedderOf({ shop, config, storage }: Desk, share?: number): Embedder | undefined {
  const { embeddings } = shop.documents;
  if (!embeddings) return undefined;
  const embedderFor = createEmbedders({ guard: createGuard({ allowPrivate: config.allowPrivateNetwork }) });
  return paidEmbedder((onUsage) => embedderFor(embeddings, onUsage), {
    shop: shop.slug,
    storage,
    accounts: () => accountsOfShop(shop, Date.now(), share),
  });
}

export function storeOf({ shop, config }: Desk) {
  const settings = shop.documents.store;
  if (!settings) return undefined;
  const storeFor = createVectorStores({ guard: createGuard({ allowPrivate: config.allowPrivateNetwork }) });
  return { store: storeFor(settings), id: settings.id };
}

/** As the assistant finds. */
export function knowledgeOf(desk: Desk): Knowledge {
  const { storage, print } = desk;
  const embedder = embedderOf(desk);
  const store = storeOf(desk);
  return createKnowledge({
    storage,
    search: createPassageSearch({ storage, vectors: createVectorSearch({ storage }) }),
    embedderOf: () => embedder,
    storeOf: () => store,
    log: { warn: (_fields, message) => print(message) },
  });
}

export function requestOf({ config, version }: Desk) {
  return createOutbound({ allowPrivate: config.allowPrivateNetwork, version }).request;
}

/** Brings the copies in the shop's vector store up to date, where it has one. @returns how many documents that failed for */
export async function bringToStore(desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  const settings = storeOf(desk);
  if (!settings) return 0;
  const { sent, deleted, failed } = await mirrorDocuments({
    ...settings,
    storage,
    shop: shop.slug,
    signal,
    onProgress: (done, total) => show?.(`Vector store: ${done} of ${total} documents`),
  });
  show?.('');
  if (json) print(JSON.stringify({ vector_store: { sent, deleted, failed } }));
  else {
    print(`Vector store: ${sent} sent, ${deleted} deleted.`);
    for (const { source, error } of failed) print(`  ${source}: ${error}`);
  }
  return failed.length;
}

export function lineOf(document: KnowledgeDocument, unchanged = false): string {
  const { id, source, title, status, error, chunks, pages, enabled, store } = document;
  const size = [pages === null ? '' : `${pages} pages, `, `${chunks} ${chunks === 1 ? 'part' : 'parts'}`].join('');
  const state = status === 'failed' ? `failed: ${error}` : status === 'waiting' ? 'is being read' : size;
  const copy = store?.error ? `  (${store.error})` : store?.state === 'waiting' ? '  (waits for the vector store)' : '';
  return `${id}  ${source}  "${title}"  ${state}${enabled ? '' : '  (disabled)'}${unchanged ? '  (unchanged)' : ''}${copy}`;
}
