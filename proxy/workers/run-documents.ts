import { ChatError } from '../errors.ts';
import type { DocumentOutcome } from '../knowledge/index.ts';
import type { DocumentForm, DocumentUpload } from '../knowledge/types.ts';
import type { EmbeddingUsage } from '../limits/index.ts';
import { createJobThreads } from './job-threads.ts';
import type { DocumentJob, DocumentMessage } from './types.ts';

const threads = createJobThreads<DocumentJob, DocumentMessage>({
  script: new URL('documents-thread.ts', import.meta.url),
  isLast: ({ kind }) => kind !== 'used',
  // It holds one document at a time.
  maxHeapMb: 512,
});

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
  const { order } = job;
  const last = await threads
    .run(job, {
      signal,
      transfer: order.kind === 'add' ? [bytesOf(order.upload).buffer] : [],
      onMessage: (message) => message.kind === 'used' && onUsed(message.usage),
    })
    .catch((cause: Error) => {
      signal.throwIfAborted();
      throw new Error('The reading broke off.', { cause });
    });
  if (last?.kind === 'added' || last?.kind === 'synced') return last;
  signal.throwIfAborted();
  if (last?.kind !== 'failed') throw new Error('The reading broke off.');
  if (last.why === 'refused') throw new ChatError('invalid_request', last.message);
  if (last.why === 'disk_full') throw new ChatError('overloaded', last.message);
  throw new Error(last.message);
}

function bytesOf(upload: DocumentUpload | DocumentForm): Uint8Array<ArrayBuffer> {
  return 'form' in upload ? upload.form : upload.bytes;
}
