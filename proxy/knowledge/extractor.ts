import { Worker } from 'node:worker_threads';
import type { IndexedChunk } from '../storage/types.ts';
import { DocumentError } from './document-error.ts';
import type { DocumentFile } from './extract.ts';
import { MAX_BYTES } from './limits.ts';
import type { DocumentKind } from './types.ts';

const LONGEST_MS = 60_000;
const MAX_HEAP_MB = 384;
/** Buffers lie outside of the heap and of what Node limits: somebody has to look. */
const MAX_BUFFERS_MB = 256;
const LOOK_MS = 50;
/** Documents read by one thread; then it makes place for a new one, whatever a library has kept. */
const MAX_READ = 200;

/** A document, cut and ready to be written. */
export interface ReadText {
  kind: DocumentKind;
  title: string;
  lang: string | null;
  pages: number | null;
  chunks: IndexedChunk[];
}

export type ExtractAnswer = { read: ReadText } | { refused: string } | { broke: string };

/** Seam to what reads documents. */
export interface Extractor {
  /** @throws DocumentError with the reason for the owner, or the signal's reason */
  read(file: DocumentFile, signal: AbortSignal): Promise<ReadText>;
  close(): Promise<void>;
}

export interface ExtractorOptions {
  longestMs?: number;
  maxHeapMb?: number;
  maxBuffersMb?: number;
  maxRead?: number;
}

/**
 * Reads documents in a thread of its own, one at a time: a file takes as much time and memory as its maker likes, and a
 * thread can be ended. It stands here and not among the threads of the proxy since the command line reads documents, too.
 */
export function createExtractor(options: ExtractorOptions = {}): Extractor {
  const {
    longestMs = LONGEST_MS,
    maxHeapMb = MAX_HEAP_MB,
    maxBuffersMb = MAX_BUFFERS_MB,
    maxRead = MAX_READ,
  } = options;
  let thread: Worker | undefined;
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();

  function begin(): Worker {
    count = 0;
    const begun = new Worker(new URL('extract-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      // Its libraries write what they think of a file; nobody reads that.
      stdout: true,
      stderr: true,
    });
    begun.unref();
    return begun;
  }

  async function end(): Promise<void> {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  }

  async function ask(file: DocumentFile, signal: AbortSignal): Promise<ExtractAnswer> {
    signal.throwIfAborted();
    const asked = (thread ??= begin());
    const settled = new AbortController();
    const { promise, resolve, reject } = Promise.withResolvers<ExtractAnswer>();
    const onError = (error: Error & { code?: string }) =>
      reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? tooLarge()
          : new DocumentError('It could not be read: what reads it broke down.', { cause: error }),
      );
    const onExit = () => reject(new DocumentError('It could not be read: what reads it broke down.'));
    const onAbort = () => reject(signal.reason as Error);
    const timer = setTimeout(
      () =>
        reject(new DocumentError(`It takes longer than ${longestMs / 1_000} seconds to read; divide or simplify it.`)),
      longestMs,
    );
    asked.once('message', resolve).once('error', onError).once('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    watchBuffers(asked, maxBuffersMb, settled.signal, () => reject(tooLarge()));
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      asked.postMessage(file);
      const answer = await promise;
      if (++count >= maxRead) await end();
      return answer;
    } catch (error) {
      // It may still be busy with this one.
      await end();
      throw error;
    } finally {
      settled.abort();
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      asked.off('message', resolve).off('error', onError).off('exit', onExit);
    }
  }

  return {
    async read(file, signal) {
      if (file.bytes.length > MAX_BYTES) {
        throw new DocumentError(`It is larger than ${MAX_BYTES / 2 ** 20} MB; divide it.`);
      }
      const mine = last.then(() => ask(file, signal));
      last = mine.catch(() => undefined);
      const answer = await mine;
      if ('read' in answer) return answer.read;
      if ('refused' in answer) throw new DocumentError(answer.refused);
      throw new DocumentError('It could not be read: it is damaged, or made in an unusual way.', {
        cause: new Error(answer.broke),
      });
    },
    close: end,
  };
}

function watchBuffers(thread: Worker, maxMb: number, done: AbortSignal, onTooMuch: () => void): void {
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const { external_memory: external } = await thread.getHeapStatistics();
      if (!done.aborted && external > maxMb * 2 ** 20) onTooMuch();
    } catch {
      // It has not begun yet, or has ended, which its own events tell.
    } finally {
      looking = false;
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  done.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function tooLarge(): DocumentError {
  return new DocumentError('It unpacks to more than a document may take of memory; divide or simplify it.');
}
