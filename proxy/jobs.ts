import type { Log } from './chat/types.ts';
import type { Storage } from './storage/types.ts';

/** Who comes back later than this after the end of an answer reads it from the thread. */
const KEEP_EVENTS_MS = 15 * 60_000;
const EVERY_MS = 60_000;
/** Rows in one step: a few milliseconds, so that no stream waits for the cleaning. */
const STEP = 500;

/** What has to be done from time to time. @returns stops it */
export function startJobs({
  storage,
  log,
  now = Date.now,
}: {
  storage: Storage;
  log: Log;
  now?: () => number;
}): () => void {
  let stopped = false;

  async function pruneEvents(): Promise<void> {
    let pruned: number;
    do {
      pruned = await storage.pruneEvents(now() - KEEP_EVENTS_MS, STEP);
      await new Promise(setImmediate);
    } while (pruned === STEP && !stopped);
  }

  const timer = setInterval(() => {
    pruneEvents().catch((error: unknown) => log.error({ err: error }, 'old events could not be removed'));
  }, EVERY_MS).unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
