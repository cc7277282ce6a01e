import { ChatError } from '../errors.ts';
import type { Place } from '../limits/types.ts';
import type { Shop } from '../shops/types.ts';
import type { TurnRow } from '../storage/types.ts';
import { beginTurn, type Asked } from './begin-turn.ts';
import { ClientActs, notAsked } from './client-acts.ts';
import { createSummaries } from './context/summaries.ts';
import { runDetached, type DetachedTurn } from './detached-turn.ts';
import { withFields } from './log-fields.ts';
import { retell } from './retell.ts';
import { settle } from './settle.ts';
import { closedLog, readFrames, TurnLogs, type LoggedEvent, type TurnLog } from './turn-log.ts';
import type { FollowedTurn, StartTurn, TurnDeps, TurnOwner, TurnRunner } from './types.ts';

export interface TurnRunnerOptions {
  /** Turns at once; more are refused. */
  maxActive: number;
  maxTurnMs: number;
  /** How long a turn runs on while nobody listens. */
  maxDetachedMs: number;
  /** Waits for a page that was asked to do something. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

interface Running extends DetachedTurn {
  ended: Promise<void>;
  place: Place;
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
  { maxActive, maxTurnMs, maxDetachedMs, sleep }: TurnRunnerOptions,
): TurnRunner {
  const running = new Map<string, Running>();
  /** Turns that are about to run, by their message: the same message at the same time waits for the first. */
  const starting = new Map<string, Promise<FollowedTurn>>();
  const summaries = createSummaries(deps);
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

  async function run(entry: Running, shop: Shop, { requestId, ...asked }: Omit<Asked, 'hasPage'>): Promise<void> {
    const { row, place } = entry;
    const ids = { ...(requestId && { requestId }), shop: row.shop, thread: row.threadId, turn: row.id };
    const turnLog = withFields(deps.log, ids);
    deps.watch?.began(row);
    let ending;
    try {
      const options = { shop, turnLog, maxTurnMs, maxDetachedMs, flush: () => logs.flush(), ...asked };
      ending = await runDetached(deps, entry, options);
    } finally {
      running.delete(row.id);
      place.release();
    }
    const { isSummaryDue, ...end } = ending;
    deps.watch?.ended(row, end);
    turnLog.info(end, 'turn');
    if (isSummaryDue) summaries.consider(shop, row);
  }

  function launch(
    row: TurnRow,
    shop: Shop,
    place: Place,
    { earlier = [], hasPage = true, ...asked }: Asked & { earlier?: readonly LoggedEvent[] } = {},
  ): TurnLog {
    const log = logs.open(row.id, earlier);
    const stop = new AbortController();
    const acts = new ClientActs({ turnId: row.id, attempt: row.attempts, hasPage, ...(sleep && { sleep }) });
    const entry: Running = { row, log, acts, stop, place, ended: Promise.resolve(), journalledAfter: journalled };
    running.set(row.id, entry);
    if (row.attempts > 1) log.append({ type: 'reset' });
    entry.ended = run(entry, shop, asked);
    return log;
  }

  function refuseIfFull(others = starting.size): void {
    if (draining) throw new ChatError('shutting_down', 'The proxy is restarting.', { retryAfterMs: 2_000 });
    if (running.size + others >= maxActive) {
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
      // Who joins it may be counted as starting already.
      refuseIfFull(0);
      const reopened = await deps.storage.reopenTurn(row.id, reopening());
      if (reopened) {
        const place = deps.allowances.resume({ shop, visitorId: row.visitorId, address: row.address });
        return launch(reopened, shop, place, { earlier: events });
      }
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

  async function join(turn: TurnRow): Promise<FollowedTurn> {
    return { turn, log: (await logOf(turn)) ?? (await retell(deps, turn)) };
  }

  /** Stops the turn that stands in the way, if all it does is wait for a yes: whoever writes on has moved on. */
  async function makeRoom(turn: TurnRow): Promise<boolean> {
    const busy = running.get(turn.id);
    if (!busy?.acts.isWaiting) return false;
    busy.stop.abort();
    await busy.ended;
    return true;
  }

  async function start(input: StartTurn): Promise<FollowedTurn> {
    const { shop, visitorId, address } = input;
    const repeated = await deps.storage.turnOfMessage(shop.slug, visitorId, input.clientMessageId);
    if (repeated) return join(repeated);
    const place = await deps.allowances.admit({ shop, visitorId, address });
    try {
      const begun = await beginTurn(deps, input, makeRoom);
      if (begun.outcome === 'started') {
        return { turn: begun.turn, log: launch(begun.turn, shop, place, begun.asked) };
      }
      place.release();
      return await join(begun.turn);
    } catch (error) {
      place.release();
      throw error;
    }
  }

  return {
    async start(input) {
      const message = [input.shop.slug, input.visitorId, input.clientMessageId].join(' ');
      const other = starting.get(message);
      if (other) return other;
      refuseIfFull();
      const started = start(input).finally(() => starting.delete(message));
      starting.set(message, started);
      return started;
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
    async settleAct(turnId, owner, callId, outcome) {
      await ownTurn(turnId, owner);
      const entry = running.get(turnId);
      if (!entry) throw notAsked();
      entry.acts.settle(callId, outcome);
    },
    async stopThread(threadId) {
      await Promise.allSettled(starting.values());
      const entries = [...running.values()].filter(({ row }) => row.threadId === threadId);
      for (const { stop } of entries) stop.abort();
      await Promise.all(entries.map(({ ended }) => ended));
      await summaries.stop(threadId);
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
    get draining() {
      return draining;
    },
    get active() {
      return running.size;
    },
    recover: () => settle(deps),
    async drain(graceMs) {
      draining = true;
      // Nobody waits for them.
      const quiet = summaries.close();
      await Promise.allSettled(starting.values());
      const ended = Promise.all([...running.values()].map((entry) => entry.ended));
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([ended, grace]);
      for (const { stop } of running.values()) stop.abort(new ChatError('shutting_down', 'The proxy is restarting.'));
      await ended;
      await quiet;
    },
  };
}
