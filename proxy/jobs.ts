import type { Storage } from './storage/types.ts';

/** Who comes back later than this after the end of an answer reads it from the thread. */
const KEEP_EVENTS_MS = 15 * 60_000;
const EVERY_MS = 60_000;
/** Rows in one step: a few milliseconds, so that no stream waits for the cleaning. */
const STEP = 100;

export interface JobsDeps {
  storage: Pick<Storage, 'pruneJournal' | 'pruneEvents'>;
  turns: {
    /** Rows of the journal before this number belong to no running turn. */
    readonly journalNeededFrom: number;
  };
  log: { error(fields: object, message: string): void };
  everyMs?: number;
  now?: () => number;
}

/** What has to be done from time to time. @returns stops it */
export function startJobs({ storage, turns, log, everyMs = EVERY_MS, now = Date.now }: JobsDeps): () => void {
  const stop = new AbortController();

  async function inSteps(step: () => Promise<number>): Promise<void> {
    while (!stop.signal.aborted && (await step()) === STEP) await new Promise(setImmediate);
  }

  async function cleanUp(): Promise<void> {
    await inSteps(() => storage.pruneJournal(turns.journalNeededFrom, STEP));
    await inSteps(() => storage.pruneEvents(now() - KEEP_EVENTS_MS, STEP));
  }

  const timer = setInterval(() => {
    cleanUp().catch((error: unknown) => log.error({ err: error }, 'old events could not be removed'));
  }, everyMs).unref();
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}
