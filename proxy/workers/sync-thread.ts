/** The thread in which catalogues are read: a connection and a way to the web for each sync, gone with it. */
import { createSource } from '../catalog/source.ts';
import { syncCatalog, SyncRunningError } from '../catalog/sync.ts';
import { createOutbound } from '../outbound/index.ts';
import { openSqlite } from '../storage/index.ts';
import { doJobs } from './do-jobs.ts';
import type { SyncJob, SyncMessage } from './types.ts';

const PROGRESS_MS = 500;

doJobs<SyncJob, SyncMessage>(async (job, send, signal) => {
  try {
    send({ kind: 'done', result: await sync(job, send, signal) });
  } catch (error) {
    send({ kind: 'failed', running: error instanceof SyncRunningError, message: (error as Error).message });
  }
});

async function sync(job: SyncJob, send: (message: SyncMessage) => void, signal: AbortSignal) {
  const storage = openSqlite({ file: job.file });
  const { request } = createOutbound({ allowPrivate: job.allowPrivate, version: job.version });
  let told = 0;
  try {
    return await syncCatalog({
      storage,
      shop: job.shop,
      source: createSource(job.source, { request }),
      sourceKey: job.sourceKey,
      full: job.full,
      ...(job.only && { only: job.only }),
      signal,
      onProgress(phase, read, total) {
        if (Date.now() - told < PROGRESS_MS) return;
        told = Date.now();
        send({ kind: 'progress', phase, read, ...(total !== undefined && { total }) });
      },
    });
  } finally {
    await storage.close();
  }
}
