import { Worker } from 'node:worker_threads';
import { ChatError } from '../errors.ts';
import type { DocumentOutcome } from '../knowledge/index.ts';
import type { DocumentForm, DocumentUpload } from '../knowledge/types.ts';
import type { EmbeddingUsage } from '../limits/index.ts';
import type { DocumentJob, DocumentMessage } from './types.ts';

/** From being told to stop to being ended: it stops between two documents. */
const STOP_MS = 5_000;
/** It holds one document at a time. */
const MAX_HEAP_MB = 512;

/**
 * Reads documents in a thread of its own, so that no answer waits for it.
 * @param onUsed told of each call of a model
 * @throws ChatError `invalid_request` for a document that a shop may not have, `overloaded` for a full disk, Error with a reason, or the signal's reason
 */
export async function runDocuments(
  job: DocumentJob,
  signal: AbortSignal,
  onUsed: (usage: EmbeddingUsage) => void = () => undefined,
): Promise<DocumentOutcome> {
  signal.throwIfAborted();
  const { order } = job;
  const thread = new Worker(new URL('documents-thread.ts', import.meta.url), {
    workerData: job,
    transferList: order.kind === 'add' ? [bytesOf(order.upload).buffer] : [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  function stop(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    thread.postMessage('stop');
    timer = setTimeout(() => void thread.terminate(), STOP_MS);
  }
  signal.addEventListener('abort', stop, { once: true });
  let last: Exclude<DocumentMessage, { kind: 'used' }> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('message', (message: DocumentMessage) => {
        if (message.kind === 'used') onUsed(message.usage);
        else last = message;
      });
      thread.once('error', (cause) => reject(new Error('The reading broke off.', { cause })));
      thread.once('exit', () => resolve());
    });
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  }
  if (last && last.kind !== 'failed') return last;
  signal.throwIfAborted();
  if (last?.why === 'refused') throw new ChatError('invalid_request', last.message);
  if (last?.why === 'disk_full') throw new ChatError('overloaded', last.message);
  throw new Error(last?.message ?? 'The reading broke off.');
}

function bytesOf(upload: DocumentUpload | DocumentForm): Uint8Array<ArrayBuffer> {
  return 'form' in upload ? upload.form : upload.bytes;
}
