import { Worker } from 'node:worker_threads';
import { ChatError } from '../errors.ts';
import type { ReportReader, Reports } from '../storage/types.ts';
import type { ReportAnswer, ReportTask } from './types.ts';

/** Reports that wait behind the one that is being read; at a tenth of a second each, who came later would wait too long. */
const MAX_WAITING = 20;
/** One that takes so long is stuck, and all others with it. */
const LONGEST_MS = 5_000;
const RETRY_MS = 1_000;
/** A conversation of a thousand messages takes some megabytes; a thread that grows beyond this would take the proxy along. */
const MAX_HEAP_MB = 512;

export interface ReportsThreadOptions {
  /** The database. */
  file: string;
  log: { error(fields: object, message: string): void };
  maxWaiting?: number;
  longestMs?: number;
  /** Injected by tests. */
  start?: () => Worker;
}

interface Asked {
  task: ReportTask;
  signal: AbortSignal;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/**
 * Reports in a thread of its own, one at a time: reading all of a shop's turns takes longer than a stream may stand still.
 * Who stops waiting is taken out of the line; what is being read by then is read to its end, for nobody. A thread that
 * breaks down or hangs is replaced with the next question.
 */
export function createReportsThread(options: ReportsThreadOptions): Reports & { close(): Promise<void> } {
  const { file, log, maxWaiting = MAX_WAITING, longestMs = LONGEST_MS } = options;
  const start =
    options.start ??
    (() =>
      new Worker(new URL('reports-thread.ts', import.meta.url), {
        workerData: { file },
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      }));
  const line: Asked[] = [];
  let current: Asked | undefined;
  let thread: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  function begin(): Worker {
    const begun = start();
    begun.unref();
    begun.on('message', (answer: ReportAnswer) => {
      if (current?.task.id !== answer.id) return;
      const { resolve, reject } = current;
      free();
      if ('result' in answer) resolve(answer.result);
      else reject(new ChatError('internal', 'The report failed.', { cause: new Error(answer.error) }));
      next();
    });
    begun.once('error', (error) => drop(begun, error));
    begun.once('exit', () => drop(begun, new Error('The thread has ended.')));
    return begun;
  }

  function free(): void {
    clearTimeout(timer);
    current = undefined;
  }

  function drop(dropped: Worker, error: Error): void {
    if (thread !== dropped) return;
    thread = undefined;
    log.error({ err: error }, 'the thread of the reports broke down; another one takes its place');
    const failed = current;
    free();
    failed?.reject(busy('The report broke down. Try again.', error));
    next();
  }

  function next(): void {
    if (current || isClosed) return;
    current = line.shift();
    if (!current) return;
    thread ??= begin();
    const asked = thread;
    timer = setTimeout(() => {
      drop(asked, new Error(`A report took longer than ${longestMs} ms.`));
      void asked.terminate();
    }, longestMs).unref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    asked.postMessage(current.task);
  }

  /** Behind a full line one of each shop may wait that has nobody in it: one owner's many questions shut no other owner out. */
  function isFullFor(shop: unknown): boolean {
    if (line.length < maxWaiting) return false;
    return line.length >= 2 * maxWaiting || line.some(({ task }) => shopOf(task.query) === shop);
  }

  function ask(name: keyof ReportReader, query: unknown, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (isClosed) return Promise.reject(shuttingDown());
    if (isFullFor(shopOf(query))) return Promise.reject(busy('Too many reports are waiting. Try again.'));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const asked: Asked = { task: { id: ++lastId, name, query }, signal, resolve, reject };
    const leave = () => {
      const at = line.indexOf(asked);
      if (at >= 0) line.splice(at, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    line.push(asked);
    next();
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  return {
    read: ((name: keyof ReportReader, query: unknown, signal: AbortSignal) =>
      ask(name, query, signal)) as Reports['read'],
    async close() {
      isClosed = true;
      const last = thread;
      thread = undefined;
      const left = [...(current ? [current] : []), ...line.splice(0)];
      free();
      for (const one of left) one.reject(shuttingDown());
      await last?.terminate();
    },
  };
}

function shopOf(query: unknown): unknown {
  return (query as { shop?: unknown }).shop;
}

function busy(message: string, cause?: Error): ChatError {
  return new ChatError('overloaded', message, { cause, retryAfterMs: RETRY_MS });
}

function shuttingDown(): ChatError {
  return new ChatError('shutting_down', 'The proxy is shutting down.');
}
