import { Worker } from 'node:worker_threads';
import type { Catalog, Facets, ProductHit } from '../catalog/types.ts';
import { ChatError } from '../errors.ts';
import type { PassageTask } from '../knowledge/index.ts';
import type { Passage } from '../knowledge/types.ts';
import type { SearchAnswer, SearchResult, SearchTask } from './types.ts';

/** Searches that wait; at some milliseconds each, who came later would wait for seconds. */
const MAX_WAITING = 200;
/** One that takes so long is stuck, and all others with it. */
const LONGEST_MS = 5_000;
const RETRY_MS = 1_000;

export interface SearchThreadOptions {
  /** The database. */
  file: string;
  log: { error(fields: object, message: string): void };
  maxWaiting?: number;
  longestMs?: number;
  /** Injected by tests. */
  start?: () => Worker;
}

type Asked = SearchTask extends infer T ? (T extends SearchTask ? Omit<T, 'id'> : never) : never;

interface Waiting {
  settle(answer: SearchAnswer): void;
  fail(error: ChatError): void;
}

/**
 * Searches in a thread of its own: ranking thousands of matches takes longer than a stream may stand still. A thread
 * that crashes or hangs is replaced when the next question comes; what it was asked fails as `overloaded`, to be tried again.
 */
export function createSearchThread(options: SearchThreadOptions): Pick<Catalog, 'search' | 'facets'> & {
  passages(shop: string, task: PassageTask): Promise<Passage[]>;
  close(): Promise<void>;
} {
  const { file, log, maxWaiting = MAX_WAITING, longestMs = LONGEST_MS } = options;
  const start =
    options.start ?? (() => new Worker(new URL('search-thread.ts', import.meta.url), { workerData: { file } }));
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  function begin(): Worker {
    const begun = start();
    begun.unref();
    begun.on('message', (answer: SearchAnswer) => {
      waiting.get(answer.id)?.settle(answer);
      watch();
    });
    begun.once('error', (error) => drop(begun, error));
    begun.once('exit', () => drop(begun, new Error('The thread has ended.')));
    return begun;
  }

  function drop(dropped: Worker, error: Error): void {
    if (thread !== dropped) return;
    thread = undefined;
    log.error({ err: error }, 'the search thread broke down; another one takes its place');
    const left = [...waiting.values()];
    waiting.clear();
    clearTimeout(timer);
    for (const one of left) one.fail(busy('The search broke down. Try again.', error));
  }

  /** Restarted with every answer: it is the oldest question that must not take too long. */
  function watch(): void {
    clearTimeout(timer);
    if (waiting.size === 0) return;
    timer = setTimeout(() => {
      const stuck = thread;
      if (!stuck) return;
      drop(stuck, new Error(`A search took longer than ${longestMs} ms.`));
      void stuck.terminate();
    }, longestMs).unref();
  }

  function ask(task: Asked): Promise<SearchResult> {
    if (waiting.size >= maxWaiting) return Promise.reject(busy('Too many searches are waiting. Try again.'));
    const id = ++lastId;
    const asked = new Promise<SearchResult>((resolve, reject) => {
      waiting.set(id, {
        settle(answer) {
          waiting.delete(id);
          if ('result' in answer) resolve(answer.result);
          else reject(new ChatError('internal', 'The search failed.', { cause: new Error(answer.error) }));
        },
        fail: reject,
      });
    });
    if (waiting.size === 1) watch();
    thread ??= begin();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    thread.postMessage({ ...task, id } satisfies SearchTask);
    return asked;
  }

  return {
    search: (shop, query) => ask({ what: 'search', shop, query }) as Promise<ProductHit[]>,
    facets: (shop, query) => ask({ what: 'facets', shop, query }) as Promise<Facets>,
    passages: (shop, query) => ask({ what: 'passages', shop, query }) as Promise<Passage[]>,
    async close() {
      const last = thread;
      thread = undefined;
      clearTimeout(timer);
      for (const one of waiting.values()) one.fail(new ChatError('shutting_down', 'The proxy is shutting down.'));
      waiting.clear();
      await last?.terminate();
    },
  };
}

function busy(message: string, cause?: Error): ChatError {
  return new ChatError('overloaded', message, { cause, retryAfterMs: RETRY_MS });
}
