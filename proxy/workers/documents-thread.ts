/** The thread in which documents are written: a connection and a way to the web for each job, gone with it. */
import { DISK_FULL, isDiskFull } from '../errors.ts';
import {
  addDocument,
  createExtractor,
  DocumentError,
  embedDocument,
  fileOfForm,
  mirrorDocuments,
  syncDocuments,
  withMirrored,
} from '../knowledge/index.ts';
import type { DocumentOutcome } from '../knowledge/index.ts';
import type { DocumentsSync } from '../knowledge/types.ts';
import { paidEmbedder, type EmbeddingUsage } from '../limits/index.ts';
import { createGuard, createOutbound } from '../outbound/index.ts';
import { openSqlite } from '../storage/index.ts';
import type { Storage } from '../storage/types.ts';
import { doJobs } from './do-jobs.ts';
import type { DocumentJob, DocumentMessage } from './types.ts';

/** Of this thread, for all its jobs: it loads longer than it reads, and ends with it. */
const extractor = createExtractor();

doJobs<DocumentJob, DocumentMessage>(async (job, send, signal) => {
  try {
    send(await work(job, (usage) => send({ kind: 'used', usage }), signal));
  } catch (error) {
    if (isDiskFull(error)) return send({ kind: 'failed', why: 'disk_full', message: DISK_FULL });
    const why = error instanceof DocumentError ? 'refused' : 'broken';
    send({ kind: 'failed', why, message: (error as Error).message });
  }
});

type OnUsed = (usage: EmbeddingUsage) => void;

async function work(job: DocumentJob, onUsed: OnUsed, signal: AbortSignal): Promise<DocumentOutcome> {
  const { shop, order, allowPrivate } = job;
  const storage = openSqlite({ file: job.file });
  const options = { storage, extractor, signal };
  try {
    // Most shops need neither, and the provider's library takes longer to load than all the rest.
    const embedder = job.embeddings && (await embedderOf(job.embeddings, job, storage, onUsed));
    if (order.kind === 'add') {
      const { upload } = order;
      const { url, ...file } = 'form' in upload ? await fileOfForm(upload) : upload;
      const { document } = await addDocument({ shop, file, url }, options);
      const added = { kind: 'added', id: document.id } as const;
      if (!embedder || document.status !== 'ready') return added;
      try {
        await embedDocument({ shop, id: document.id }, embedder, options);
        return added;
      } catch (error) {
        // Words find it already, and the next reading of all tries again.
        return { ...added, noVectors: (error as Error).message };
      }
    }
    let result: DocumentsSync = { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [] };
    if (order.kind === 'sync') {
      const { request } = createOutbound({ allowPrivate, version: job.version });
      result = await syncDocuments({ ...options, shop, sources: job.sources, request, embedder });
    }
    if (job.store) {
      const { id, ...server } = job.store;
      const { createVectorStore } = await import('../models/vector-store.ts');
      const store = createVectorStore({ ...server, ...guarded(server, allowPrivate) });
      result = withMirrored(result, await mirrorDocuments({ storage, store, id, shop, signal }));
    }
    return { kind: 'synced', result };
  } finally {
    await storage.close();
  }
}

async function embedderOf(
  settings: NonNullable<DocumentJob['embeddings']>,
  { shop, accounts, allowPrivate }: DocumentJob,
  storage: Storage,
  onUsed: OnUsed,
) {
  const { createEmbedder } = await import('../models/embeddings.ts');
  return paidEmbedder((onUsage) => createEmbedder({ ...settings, ...guarded(settings, allowPrivate), onUsage }), {
    shop,
    storage,
    accounts: () => accounts,
    onUsed,
  });
}

function guarded(settings: { guarded: boolean }, allowPrivate: boolean) {
  return settings.guarded && { guard: createGuard({ allowPrivate }) };
}
