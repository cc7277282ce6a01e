import { createDocumentDesk, createKnowledge } from './knowledge/index.ts';
import { accountsOfShop, type EmbeddingUsage, paidEmbedder, READING_SHARE } from './limits/index.ts';
import type { Log } from './log.ts';
import { createEmbedders } from './models/embeddings.ts';
import { createVectorStores } from './models/vector-store.ts';
import type { createGuard } from './outbound/index.ts';
import type { Shop } from './shops/types.ts';
import type { Storage } from './storage/types.ts';
import { runDocuments } from './workers/run-documents.ts';
import type { createSearchThread } from './workers/search.ts';

export interface DocumentDepsOptions {
  storage: Storage;
  /** The database, for the threads. */
  file: string;
  search: ReturnType<typeof createSearchThread>['passages'];
  /** Those that are served by now. */
  shops: () => readonly Shop[];
  /** For servers whose address a shop wrote. */
  guard: ReturnType<typeof createGuard>;
  allowPrivate: boolean;
  version: string;
  /** Told of each call that made vectors. */
  onUsed: (shop: string, usage: EmbeddingUsage) => void;
  log: Log;
  now: () => number;
}

/** The shops' documents: what keeps them, and what finds something in them, with vectors that the shop pays for. */
export function createDocuments(options: DocumentDepsOptions) {
  const { storage, file, search, shops, guard, allowPrivate, version, onUsed, log, now } = options;
  const embedderFor = createEmbedders({ guard });
  const storeFor = createVectorStores({ guard });

  function documentsOf(slug: string): Shop['documents'] | undefined {
    return shops().find((shop) => shop.slug === slug)?.documents;
  }

  function accountsOf(slug: string, share?: number) {
    const shop = shops().find((one) => one.slug === slug);
    return shop ? accountsOfShop(shop, now(), share) : [];
  }

  const documents = createDocumentDesk({
    storage,
    shops,
    log,
    run: ({ slug, documents: { sources, embeddings, store } }, order, signal) =>
      runDocuments(
        {
          file,
          shop: slug,
          order,
          sources,
          embeddings: embeddings ? { ...embeddings, apiKey: embeddings.apiKey.reveal() } : undefined,
          store: store ? { ...store, apiKey: store.apiKey.reveal() } : undefined,
          accounts: accountsOf(slug, READING_SHARE),
          allowPrivate,
          version,
        },
        signal,
        (usage) => onUsed(slug, usage),
      ),
  });

  const knowledge = createKnowledge({
    storage,
    search,
    embedderOf(slug) {
      const settings = documentsOf(slug)?.embeddings;
      if (!settings) return undefined;
      return paidEmbedder((onUsage) => embedderFor(settings, onUsage), {
        shop: slug,
        storage: {
          spent: storage.spent,
          addUsage: (...used) =>
            storage
              .addUsage(...used)
              .catch((error: unknown) => log.error({ shop: slug, err: error }, 'what vectors cost could not be kept')),
        },
        accounts: () => accountsOf(slug),
        onUsed: (usage) => onUsed(slug, usage),
      });
    },
    storeOf(slug) {
      const settings = documentsOf(slug)?.store;
      if (!settings) return undefined;
      return { store: storeFor(settings), id: settings.id, hosted: settings.search === 'hosted' };
    },
    log,
  });

  return { documents, knowledge };
}
