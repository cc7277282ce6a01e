import { Worker } from 'node:worker_threads';

export interface JobThreadsOptions<Message> {
  /** Its module, which calls `doJobs`. */
  script: URL;
  /** What it says last of a job. */
  isLast: (message: Message) => boolean;
  /** A thread that grows beyond it would take the whole proxy along. */
  maxHeapMb: number;
  /** Milliseconds from being told to stop to being ended. */
  stopMs?: number;
  /** Milliseconds for which a thread without a job is kept. */
  idleMs?: number;
  /** Milliseconds that a job waits for a thread that has another, before a further one is started. */
  patienceMs?: number;
}

export interface JobThreads<Job, Message> {
  /**
   * Does a job in a thread that has none beside it, as soon as there is one.
   * @param transfer what of the job goes over to the thread instead of being copied
   * @param onMessage told all that the thread says but the last
   * @returns its last message; null when the thread ended without one
   * @throws what the thread died of, or the signal's reason if it was aborted before
   */
  run(job: Job, options: JobOptions<Message>): Promise<Message | null>;
}

export interface JobOptions<Message> {
  signal: AbortSignal;
  transfer?: readonly ArrayBuffer[];
  onMessage?: (message: Message) => void;
}

/**
 * Threads for one kind of long job, each with one job at a time. Who has done its job is kept a little while for the next,
 * and the next waits a little while for it: loading a thread's modules takes longer than most jobs, and at the start every
 * shop has some.
 */
export function createJobThreads<Job, Message>({
  script,
  isLast,
  maxHeapMb,
  stopMs = 5_000,
  idleMs = 5_000,
  patienceMs = 2_000,
}: JobThreadsOptions<Message>): JobThreads<Job, Message> {
  const spare = new Map<Worker, NodeJS.Timeout>();
  const busy = new Set<Worker>();
  /** Who has waited longest comes first. */
  const waiting = new Set<(thread: Worker | null) => void>();

  async function take(signal: AbortSignal): Promise<Worker> {
    const [kept] = spare.keys();
    if (!kept) return (busy.size > 0 && (await freed(signal))) || begin();
    clearTimeout(spare.get(kept));
    spare.delete(kept);
    busy.add(kept);
    kept.ref();
    return kept;
  }

  function begin(): Worker {
    const thread = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    busy.add(thread);
    // Also of one that dies without a job; whoever has given it one hears it as well.
    return thread.on('error', () => spare.delete(thread)).on('exit', () => spare.delete(thread));
  }

  /** Null when a further one is to be started. @throws the signal's reason */
  function freed(signal: AbortSignal): Promise<Worker | null> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => get(null), patienceMs);
      // At once, so that no thread is given to somebody who waits no longer.
      const leave = (): void => {
        clearTimeout(timer);
        waiting.delete(get);
        signal.removeEventListener('abort', giveUp);
      };
      const get = (thread: Worker | null): void => {
        leave();
        resolve(thread);
      };
      const giveUp = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      waiting.add(get);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** After its job. @param alive whether it can do another */
  function release(thread: Worker, alive: boolean): void {
    const [next] = waiting;
    if (alive && next) return next(thread);
    busy.delete(thread);
    next?.(null);
    if (alive) keep(thread);
  }

  function keep(thread: Worker): void {
    thread.unref();
    const timer = setTimeout(() => {
      spare.delete(thread);
      void thread.terminate();
    }, idleMs);
    spare.set(thread, timer.unref());
  }

  return {
    async run(job, { signal, transfer = [], onMessage }) {
      signal.throwIfAborted();
      const thread = await take(signal);
      const { promise, resolve, reject } = Promise.withResolvers<Message | null>();
      const hear = (message: Message) => (isLast(message) ? resolve(message) : onMessage?.(message));
      const end = () => resolve(null);
      let timer: NodeJS.Timeout | undefined;
      const stop = (): void => {
        thread.postMessage('stop', []);
        timer = setTimeout(() => void thread.terminate(), stopMs);
      };
      thread.on('message', hear).once('error', reject).once('exit', end);
      signal.addEventListener('abort', stop, { once: true });
      let last: Message | null = null;
      try {
        thread.postMessage({ job }, transfer);
        if (signal.aborted) stop();
        return (last = await promise);
      } finally {
        signal.removeEventListener('abort', stop);
        clearTimeout(timer);
        thread.off('message', hear).off('error', reject).off('exit', end);
        release(thread, last !== null);
      }
    },
  };
}
