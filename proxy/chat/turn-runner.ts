import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import type { TurnRow } from '../storage/types.ts';
import { settle } from './settle.ts';
import { closedLog, readFrames, TurnLogs, type LoggedEvent, type TurnLog } from './turn-log.ts';
import { runTurn } from './turn.ts';
import type { TurnDeps } from './types.ts';

export interface StartTurn {
  shop: Shop;
  visitorId: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  text: string;
  locale: string;
}

export interface TurnOwner {
  shop: string;
  visitorId: string;
}

export interface FollowedTurn {
  turn: TurnRow;
  log: TurnLog;
}

export interface TurnRunner {
  /**
   * Writes the question down and lets the turn run, whoever listens. The same message again joins the turn it made.
   * @throws ChatError `thread_not_found`, `turn_active`, `overloaded`, `shutting_down`
   */
  start(input: StartTurn): Promise<FollowedTurn>;
  /**
   * The log of a turn, running or over. One that a crash or a restart broke off is taken up again: somebody waits for it.
   * Null when its events are not there any more: the thread has the answer. @throws ChatError `turn_not_found`
   */
  find(turnId: string, owner: TurnOwner): Promise<TurnLog | null>;
  /** @throws ChatError `turn_not_found` */
  row(turnId: string, owner: TurnOwner): Promise<TurnRow>;
  /** Stops a turn; what was said is kept. Does nothing if it has ended. @throws ChatError `turn_not_found` */
  cancel(turnId: string, owner: TurnOwner): Promise<void>;
  /** The turn that runs in a thread, or that a follower would take up again; if any. */
  activeIn(threadId: string): Promise<string | null>;
  readonly active: number;
  /** Rows of the journal before this number belong to no running turn. */
  readonly journalNeededFrom: number;
  /** Settles the turns that a crash left running: nothing they said or cost is lost. Before the first request. */
  recover(): Promise<number>;
  /**
   * Takes no new turns and gives the running ones `graceMs` to end. What then still runs is broken off and kept, for the
   * next process to take up when its followers come back.
   */
  drain(graceMs: number): Promise<void>;
}

export interface TurnRunnerOptions {
  /** Turns at once; more are refused. */
  maxActive: number;
  maxTurnMs: number;
  /** How long a turn runs on while nobody listens. */
  maxDetachedMs: number;
}

interface Running {
  row: TurnRow;
  log: TurnLog;
  stop: AbortController;
  ended: Promise<void>;
  /** Number of the journal's row before its first event. */
  journalledAfter: number;
}

/** A turn that was broken off is taken up again for so long, and begun so often at the most: it may be what kills us. */
const REOPEN_MS = 5 * 60_000;
const MAX_ATTEMPTS = 3;

/**
 * Runs turns detached from the sockets that asked for them: a shopper whose line drops loses nothing, and only Stop,
 * the limits or a shutdown ends a turn early.
 */
export function createTurnRunner(
  deps: TurnDeps,
  { maxActive, maxTurnMs, maxDetachedMs }: TurnRunnerOptions,
): TurnRunner {
  const running = new Map<string, Running>();
  let draining = false;
  /** Number of the journal's newest row. */
  let journalled = 0;

  const logs = new TurnLogs({
    commit(frames) {
      journalled = deps.storage.appendJournal(frames);
    },
    onFailure(error, turnIds) {
      deps.log.error({ err: error, turns: turnIds.length }, 'events could not be written');
      const reason = new ChatError('internal', 'The answer could not be saved.');
      for (const id of turnIds) running.get(id)?.stop.abort(reason);
    },
  });

  async function run({ row, log, stop }: Running, shop: Shop): Promise<void> {
    const limit = setTimeout(() => stop.abort(new ChatError('model_timeout', 'The answer took too long.')), maxTurnMs);
    const unwatch = watchFollowers(log, stop, maxDetachedMs);
    try {
      for await (const event of runTurn(deps, { shop, turn: row }, stop.signal)) log.append(event);
    } catch (error) {
      // The answer could not be saved: its row stays `running` until the next boot settles it.
      deps.log.error({ err: error, turn: row.id }, 'a turn could not be saved');
      log.append({ type: 'error', code: 'internal', message: 'The answer could not be saved.', retryable: true });
      log.append({ type: 'done', thread_id: row.threadId, message_id: row.assistantMessageId, finish: 'error' });
    } finally {
      unwatch();
      clearTimeout(limit);
      log.close();
      // Before it counts as over: who asks next finds the whole of it in the database.
      logs.flush();
      keep(row, log);
      running.delete(row.id);
    }
  }

  function keep(row: TurnRow, log: TurnLog): void {
    try {
      deps.storage.keepEvents(row.id, log.frames());
    } catch (error) {
      // The answer itself is saved; only who resumes this turn has to load the thread instead.
      deps.log.error({ err: error, turn: row.id }, 'the events of a turn could not be kept');
    }
  }

  function launch(row: TurnRow, shop: Shop, earlier: readonly LoggedEvent[] = []): TurnLog {
    const log = logs.open(row.id, earlier);
    const stop = new AbortController();
    const entry: Running = { row, log, stop, ended: Promise.resolve(), journalledAfter: journalled };
    running.set(row.id, entry);
    if (row.attempts > 1) log.append({ type: 'reset' });
    entry.ended = run(entry, shop);
    return log;
  }

  function refuseIfFull(): void {
    if (draining) throw new ChatError('shutting_down', 'The proxy is restarting.', { retryAfterMs: 2_000 });
    if (running.size >= maxActive) {
      throw new ChatError('overloaded', `${maxActive} turns are running already.`, { retryAfterMs: 5_000 });
    }
  }

  function reopening() {
    return { since: deps.now() - REOPEN_MS, maxAttempts: MAX_ATTEMPTS };
  }

  /** Of a turn that is known to be the asker's. */
  async function logOf(row: TurnRow): Promise<TurnLog | null> {
    const shop = deps.shops.bySlug(row.shop);
    const events = readFrames((await deps.storage.events(row.id)) ?? '').get(row.id) ?? [];
    if (row.status === 'interrupted' && shop && !running.has(row.id)) {
      refuseIfFull();
      const reopened = await deps.storage.reopenTurn(row.id, reopening());
      if (reopened) return launch(reopened, shop, events);
    }
    const live = running.get(row.id);
    if (live) return live.log;
    // Without its end the log is not the whole of it: the rest went with a crash, or was forgotten.
    return events.at(-1)?.event.type === 'done' ? closedLog(row.id, events) : null;
  }

  async function ownTurn(turnId: string, owner: TurnOwner): Promise<TurnRow> {
    const row = running.get(turnId)?.row ?? (await deps.storage.turn(turnId));
    if (row?.shop !== owner.shop || row.visitorId !== owner.visitorId) {
      throw new ChatError('turn_not_found', 'There is no such turn.');
    }
    return row;
  }

  return {
    async start({ shop, ...input }) {
      refuseIfFull();
      const begun = await deps.storage.beginTurn({ ...input, shop: shop.slug, now: deps.now() });
      switch (begun.outcome) {
        case 'started':
          return { turn: begun.turn, log: launch(begun.turn, shop) };
        case 'repeated':
          return { turn: begun.turn, log: (await logOf(begun.turn)) ?? (await retell(deps, begun.turn)) };
        case 'busy':
          throw new ChatError('turn_active', 'An answer is still under way in this thread. Stop it or wait for it.', {
            retryAfterMs: 1_000,
          });
        case 'no_thread':
          throw new ChatError('thread_not_found', 'There is no such thread.');
      }
    },
    row: ownTurn,
    async find(turnId, owner) {
      return logOf(await ownTurn(turnId, owner));
    },
    async cancel(turnId, owner) {
      await ownTurn(turnId, owner);
      const entry = running.get(turnId);
      entry?.stop.abort();
      await entry?.ended;
      await deps.storage.cancelInterrupted(turnId);
    },
    async activeIn(threadId) {
      for (const { row } of running.values()) if (row.threadId === threadId) return row.id;
      return (await deps.storage.reopenable(threadId, reopening()))?.id ?? null;
    },
    get journalNeededFrom() {
      let needed = journalled;
      for (const { journalledAfter } of running.values()) needed = Math.min(needed, journalledAfter);
      return needed + 1;
    },
    get active() {
      return running.size;
    },
    recover: () => settle(deps),
    async drain(graceMs) {
      draining = true;
      const ended = Promise.all([...running.values()].map((entry) => entry.ended));
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([ended, grace]);
      for (const { stop } of running.values()) stop.abort(new ChatError('shutting_down', 'The proxy is restarting.'));
      await ended;
    },
  };
}

/** Ends a turn that nobody has listened to for `maxMs`: the line will not come back, and every token costs. */
function watchFollowers(log: TurnLog, stop: AbortController, maxMs: number): () => void {
  const giveUp = () => stop.abort(new ChatError('model_interrupted', 'Nobody was there to read the answer.'));
  let timer = setTimeout(giveUp, maxMs);
  log.onFollowers = (count) => {
    clearTimeout(timer);
    if (count === 0) timer = setTimeout(giveUp, maxMs);
  };
  return () => {
    log.onFollowers = () => undefined;
    clearTimeout(timer);
  };
}

/** A turn that ended so long ago that its events are forgotten: its answer, told again from what was kept. */
async function retell(deps: TurnDeps, turn: TurnRow): Promise<TurnLog> {
  const logs = new TurnLogs({ commit: () => undefined, onFailure: () => undefined });
  const log = logs.open(turn.id);
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  log.append({ type: 'thread_id', turn_id: turn.id, ...ids });
  const message = await deps.storage.message(turn.assistantMessageId);
  for (const part of message?.parts ?? []) {
    if (part.type === 'text') {
      log.append({ type: 'text', content: part.content });
    } else {
      const { ids: productIds, ...heading } = part;
      const products = await deps.catalog.byIds(turn.shop, productIds);
      log.append({ ...heading, data: products.map((product) => deps.catalog.card(product, turn.locale)) });
    }
  }
  if (message?.error) log.append({ type: 'error', ...message.error });
  log.append({ type: 'done', ...ids, finish: message?.finish ?? 'error' });
  log.close();
  return log;
}
