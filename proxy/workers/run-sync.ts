import { Worker } from 'node:worker_threads';
import { SourceError } from '../catalog/source-error.ts';
import { SyncRunningError } from '../catalog/index.ts';
import type { SyncResponse } from '../protocol/index.ts';
import type { SyncJob, SyncMessage } from './types.ts';

/** From being told to stop to being ended: a sync stops between two products. */
const STOP_MS = 5_000;
/** A hundred thousand products take less; a thread that grows beyond it would take the whole proxy along. */
const MAX_HEAP_MB = 512;

export interface RunSyncOptions {
  signal: AbortSignal;
  onProgress?: (progress: Extract<SyncMessage, { kind: 'progress' }>) => void;
}

/**
 * A sync in a thread of its own, so that no answer waits for it.
 * @throws SyncRunningError, SourceError in words for the owner, or the signal's reason
 */
export async function runSync(job: SyncJob, { signal, onProgress }: RunSyncOptions): Promise<SyncResponse> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('sync-thread.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  function stop(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    thread.postMessage('stop');
    timer = setTimeout(() => void thread.terminate(), STOP_MS);
  }
  signal.addEventListener('abort', stop, { once: true });
  let last: SyncMessage | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('message', (message: SyncMessage) => {
        if (message.kind === 'progress') onProgress?.(message);
        else last = message;
      });
      thread.once('error', (cause) => reject(new SourceError(`The sync broke off: ${cause.message}`, { cause })));
      thread.once('exit', () => resolve());
    });
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  }
  if (last?.kind === 'done') return last.result;
  signal.throwIfAborted();
  if (last?.kind !== 'failed') throw new SourceError('The sync broke off.');
  throw last.running ? new SyncRunningError(job.shop) : new SourceError(last.message);
}
