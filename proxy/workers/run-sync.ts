import { SourceError } from '../catalog/source-error.ts';
import { SyncRunningError } from '../catalog/index.ts';
import type { SyncResponse } from '../protocol/index.ts';
import { createJobThreads } from './job-threads.ts';
import type { SyncJob, SyncMessage } from './types.ts';

type Progress = Extract<SyncMessage, { kind: 'progress' }>;

const threads = createJobThreads<SyncJob, SyncMessage>({
  script: new URL('sync-thread.ts', import.meta.url),
  isLast: ({ kind }) => kind !== 'progress',
  // A hundred thousand products take less.
  maxHeapMb: 512,
});

export interface RunSyncOptions {
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/**
 * A sync in a thread of its own, so that no answer waits for it.
 * @throws SyncRunningError, SourceError in words for the owner, or the signal's reason
 */
export async function runSync(job: SyncJob, { signal, onProgress }: RunSyncOptions): Promise<SyncResponse> {
  const last = await threads
    .run(job, { signal, onMessage: (message) => message.kind === 'progress' && onProgress?.(message) })
    .catch((cause: Error) => {
      signal.throwIfAborted();
      throw new SourceError(`The sync broke off: ${cause.message}`, { cause });
    });
  if (last?.kind === 'done') return last.result;
  signal.throwIfAborted();
  if (last?.kind !== 'failed') throw new SourceError('The sync broke off.');
  throw last.running ? new SyncRunningError(job.shop) : new SourceError(last.message);
}
