import type { Shop } from './shops/types.ts';
import type { Storage } from './storage/types.ts';

/** Who comes back later than this after the end of an answer reads it from the thread. */
const KEEP_EVENTS_MS = 15 * 60_000;
/** Whole months of which it stays known what was spent, before the current one. */
const KEEP_SPENDING_MONTHS = 3;
/** Whole months of single calls and turns, before the current one: a year of them to compare with, while the sums by day stay. */
const KEEP_USAGE_MONTHS = 13;
/** How long the threads of a shop stay that is served no longer: it may come back, but nobody can ask it any more. */
const UNSERVED_DAYS = 30;
/** How long it stays known who changed what at the desk. */
const AUDIT_DAYS = 730;
const DAY_MS = 24 * 60 * 60_000;
const EVERY_MS = 60_000;
/** Rows in one step: a few milliseconds, so that no stream waits for the cleaning. */
const STEP = 100;
/** A thread of two hundred messages takes some four milliseconds to delete. */
const THREADS_STEP = 2;

export interface JobsDeps {
  storage: Pick<
    Storage,
    | 'pruneJournal'
    | 'pruneEvents'
    | 'pruneThreads'
    | 'shopsWithThreads'
    | 'pruneContactMessages'
    | 'shopsWithContactMessages'
    | 'pruneSpending'
    | 'pruneUsage'
    | 'pruneTurnFigures'
    | 'pruneCartAdditions'
    | 'pruneDesk'
  >;
  turns: {
    /** Rows of the journal before this number belong to no running turn. */
    readonly journalNeededFrom: number;
  };
  /** Asked at each run: settings change while the proxy runs. */
  shops: () => readonly Pick<Shop, 'slug' | 'retentionDays'>[];
  log: { error(fields: object, message: string): void };
  everyMs?: number;
  now?: () => number;
}

/** What has to be done from time to time. @returns stops it */
export function startJobs({ storage, turns, shops, log, everyMs = EVERY_MS, now = Date.now }: JobsDeps): () => void {
  const stop = new AbortController();
  let running = false;

  async function inSteps(size: number, step: (size: number) => Promise<number>): Promise<void> {
    while (!stop.signal.aborted && (await step(size)) === size) await new Promise(setImmediate);
  }

  /** One job that fails doesn't keep the others from their work. */
  async function tidy(what: string, size: number, step: (size: number) => Promise<number>): Promise<void> {
    try {
      await inSteps(size, step);
    } catch (error) {
      log.error({ err: error }, `${what} could not be removed`);
    }
  }

  async function cleanUp(): Promise<void> {
    await tidy('old events', STEP, (size) => storage.pruneJournal(turns.journalNeededFrom, size));
    await tidy('old events', STEP, (size) => storage.pruneEvents(now() - KEEP_EVENTS_MS, size));
    const days = new Map(shops().map(({ slug, retentionDays }) => [slug, retentionDays]));
    for (const slug of await storage.shopsWithThreads()) {
      const idleSince = now() - (days.get(slug) ?? UNSERVED_DAYS) * DAY_MS;
      await tidy(`idle threads of ${slug}`, THREADS_STEP, (size) => storage.pruneThreads(slug, idleSince, size));
    }
    for (const slug of await storage.shopsWithContactMessages()) {
      const before = now() - (days.get(slug) ?? UNSERVED_DAYS) * DAY_MS;
      await tidy(`old messages to ${slug}`, STEP, (size) => storage.pruneContactMessages(slug, before, size));
    }
    const since = monthsBefore(now(), KEEP_SPENDING_MONTHS);
    await tidy('old accounts', STEP, (size) => storage.pruneSpending(since, size));
    const desk = { now: now(), idleSince: now() - DAY_MS, auditBefore: now() - AUDIT_DAYS * DAY_MS };
    await tidy('old logins', STEP, (size) => storage.pruneDesk(desk, size));
    const usageSince = Date.parse(monthsBefore(now(), KEEP_USAGE_MONTHS));
    await tidy('old usage', STEP, (size) => storage.pruneUsage(usageSince, size));
    await tidy('old figures', STEP, (size) => storage.pruneTurnFigures(usageSince, size));
    await tidy('old figures', STEP, (size) => storage.pruneCartAdditions(usageSince, size));
  }

  const timer = setInterval(() => {
    // The first run of a short retention may take longer than the pause between two.
    if (running) return;
    running = true;
    cleanUp()
      .catch((error: unknown) => log.error({ err: error }, 'the cleaning failed'))
      .finally(() => (running = false));
  }, everyMs).unref();
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}

/** `2026-10`, UTC, as accounts name their periods. */
function monthsBefore(time: number, months: number): string {
  const date = new Date(time);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months)).toISOString().slice(0, 7);
}
