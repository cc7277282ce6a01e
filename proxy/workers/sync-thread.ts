/** The thread in which one sync runs: a connection and a way to the web of its own, gone with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { createSource } from '../catalog/source.ts';
import { syncCatalog, SyncRunningError } from '../catalog/sync.ts';
import { createOutbound } from '../outbound/index.ts';
import { openSqlite } from '../storage/index.ts';
import type { SyncJob, SyncMessage } from './types.ts';

const PROGRESS_MS = 500;

const job = workerData as SyncJob;
const stop = new AbortController();
parentPort!.once('message', () => stop.abort(new Error('The sync was stopped.')));

const storage = openSqlite({ file: job.file });
const { request } = createOutbound({ allowPrivate: job.allowPrivate, version: job.version });
let told = 0;
try {
  const result = await syncCatalog({
    storage,
    shop: job.shop,
    source: createSource(job.source, { request }),
    sourceKey: job.sourceKey,
    full: job.full,
    ...(job.only && { only: job.only }),
    signal: stop.signal,
    onProgress(phase, read, total) {
      if (Date.now() - told < PROGRESS_MS) return;
      told = Date.now();
      send({ kind: 'progress', phase, read, ...(total !== undefined && { total }) });
    },
  });
  send({ kind: 'done', result });
} catch (error) {
  send({ kind: 'failed', running: error instanceof SyncRunningError, message: (error as Error).message });
} finally {
  await storage.close();
  parentPort!.close();
}

function send(message: SyncMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
}
