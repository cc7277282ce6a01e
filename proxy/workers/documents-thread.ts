/** The thread in which documents are written: a connection and a way to the web of its own, gone with it. */
import { parentPort, workerData } from 'node:worker_threads';
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
import type { DocumentsSync } from '../knowledge/types.ts';
import { paidEmbedder } from '../limits/index.ts';
import { createGuard, createOutbound } from '../outbound/index.ts';
import { openSqlite } from '../storage/index.ts';
import type { DocumentJob, DocumentMessage } from './types.ts';

const job = workerData as DocumentJob;
const stop = new AbortController();
parentPort!.once('message', () => stop.abort(new Error('The reading was stopped.')));

const { shop, allowPrivate } = job;
const storage = openSqlite({ file: job.file });
const extractor = createExtractor();
const { request } = createOutbound({ allowPrivate, version: job.version });
const guarded = (settings: { guarded: boolean }) => settings.guarded && { guard: createGuard({ allowPrivate }) };
// Most shops need neither, and the provider's library takes longer to load than all the rest.
const embedder = job.embeddings && (await embedderOf(job.embeddings));
const options = { storage, extractor, signal: stop.signal };
try {
  if (job.order.kind !== 'add') {
    let result: DocumentsSync = { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [] };
    if (job.order.kind === 'sync') {
      result = await syncDocuments({ ...options, shop, sources: job.sources, request, embedder });
    }
    if (job.store) {
      const { id, ...server } = job.store;
      const { createVectorStore } = await import('../models/vector-store.ts');
      const store = createVectorStore({ ...server, ...guarded(server) });
      result = withMirrored(result, await mirrorDocuments({ storage, store, id, shop, signal: stop.signal }));
    }
    send({ kind: 'synced', result });
  } else {
    const { upload } = job.order;
    const { url, ...file } = 'form' in upload ? await fileOfForm(upload) : upload;
    const { document } = await addDocument({ shop, file, url }, options);
    // Words find it already; what is wrong with the vectors is told by the next reading of all.
    if (embedder && document.status === 'ready') {
      await embedDocument({ shop, id: document.id }, embedder, options).catch(() => undefined);
    }
    send({ kind: 'added', id: document.id });
  }
} catch (error) {
  if (isDiskFull(error)) send({ kind: 'failed', why: 'disk_full', message: DISK_FULL });
  else
    send({
      kind: 'failed',
      why: error instanceof DocumentError ? 'refused' : 'broken',
      message: (error as Error).message,
    });
} finally {
  await extractor.close();
  await storage.close();
  parentPort!.close();
}

async function embedderOf(settings: NonNullable<DocumentJob['embeddings']>) {
  const { createEmbedder } = await import('../models/embeddings.ts');
  return paidEmbedder((onUsage) => createEmbedder({ ...settings, ...guarded(settings), onUsage }), {
    shop,
    storage,
    accounts: () => job.accounts,
    onUsed: (usage) => send({ kind: 'used', usage }),
  });
}

function send(message: DocumentMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
}
