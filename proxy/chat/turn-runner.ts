import { ChatError } from '../errors.ts';
import type { Place } from '../limits/types.ts';
import type { Shop } from '../shops/types.ts';
import type { BegunTurn, TurnRow } from '../storage/types.ts';
import type { PageContext, PageTool } from '../protocol/index.ts';
import { publicQuestion } from './answer-cache/public-question.ts';
import { withFields } from './log-fields.ts';
import { ClientActs, notAsked, type ActOutcome } from './client-acts.ts';
import { mask } from './mask.ts';
import { readPage } from './page-context.ts';
import { retell } from './retell.ts';
import { settle } from './settle.ts';
import { createSummaries } from './context/summaries.ts';
import { closedLog, readFrames, TurnLogs, type LoggedEvent, type TurnLog } from './turn-log.ts';
import { runTurn } from './turn.ts';
import type { EndedTurn } from '../turn-watch.ts';
import type { AskedTurn, TurnDeps } from './types.ts';

export interface StartTurn {
  shop: Shop;
  visitorId: string;
  /** Keyed hash of the visitor's network. */
  address: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  /** The last question of the thread, whose place this one takes. */
  replaces?: string;
  /** What the page said; where the shop doesn't want it, it is thrown away. */
  context?: PageContext;
  /** Functions of the page; the same. */
  pageTools?: readonly PageTool[];
  /** As the shopper wrote it; what the shop masks is taken out before anything is kept. */
  text: string;
  locale: string;
  /** The shop says that the visitor has signed in. Left out, nobody has said that they haven't: their answers aren't shared. */
  identified?: boolean;
  /** False where no page follows that could act for the shopper. */
  hasPage?: boolean;
  /** Of the request that asks, for the log. */
  requestId?: string;
  /** The owner's own, from the desk: in no figure, and in nobody's cache. */
  own?: boolean;
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
   * Writes the question down and lets the turn run, whoever listens. The same message again joins the turn it made, and
   * counts against no limit.
   * @throws ChatError `thread_not_found`, `turn_active`, `not_last_message`, `overloaded`, `shutting_down`, `too_many_threads`, `thread_full`,
   *   and what `Limits.admit` throws
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
  /**
   * Hands over how an act in the shopper's page ended; once.
   * @throws ChatError `turn_not_found`, `tool_call_not_found`, `tool_call_settled`, `invalid_request`
   */
  settleAct(turnId: string, owner: TurnOwner, callId: string, outcome: ActOutcome): Promise<void>;
  /** Stops whatever runs in a thread that is known to be the asker's, and returns when it is saved: then it can be deleted. */
  stopThread(threadId: string): Promise<void>;
  /** The turn that runs in a thread, or that a follower would take up again; if any. */
  activeIn(threadId: string): Promise<string | null>;
  readonly active: number;
  /** It has been told to end, and takes no more turns. */
  readonly draining: boolean;
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
  /** Waits for a page that was asked to do something. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Absent when a turn is begun again: what broke it off may have been its question, and its page may be another. */
type Asked = Pick<AskedTurn, 'publicQuestion' | 'pageTools'> & { requestId?: string };

interface Running {
  row: TurnRow;
  log: TurnLog;
  acts: ClientActs;
  stop: AbortController;
  ended: Promise<void>;
  place: Place;
  /** Number of the journal's row before its first event. */
  journalledAfter: number;
}

/** Events that show something of the answer. */
const VISIBLE: ReadonlySet<string> = new Set(['text', 'products', 'comparison', 'citations']);

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

  async function run(entry: Running, shop: Shop, { requestId, ...asked }: Asked): Promise<void> {
    const { row, log, acts, stop, place } = entry;
    const ids = { ...(requestId && { requestId }), shop: row.shop, thread: row.threadId, turn: row.id };
    const turnLog = withFields(deps.log, ids);
    const limit = setTimeout(() => stop.abort(new ChatError('model_timeout', 'The answer took too long.')), maxTurnMs);
    const unwatch = watchFollowers(log, stop, maxDetachedMs);
    let isTakenBack = false;
    let isSummaryDue = false;
    const startedAt = deps.now();
    deps.watch?.began(row);
    const end: EndedTurn = { finish: 'interrupted', durationMs: 0, firstMs: null };
    const events = runTurn({ ...deps, log: turnLog }, { shop, turn: row, acts, ...asked }, stop.signal);
    try {
      let next = await events.next();
      for (; !next.done; next = await events.next()) {
        isTakenBack ||= next.value.type === 'notice' && next.value.code === 'moderated';
        log.append(next.value);
        if (next.value.type === 'done') end.finish = next.value.finish;
        else if (end.firstMs === null && VISIBLE.has(next.value.type)) end.firstMs = deps.now() - startedAt;
      }
      isSummaryDue = next.value;
    } catch (error) {
      await events.return(false);
      // The answer could not be saved: its row stays `running` until the next boot settles it.
      turnLog.error({ err: error }, 'a turn could not be saved');
      end.finish = 'error';
      log.append({ type: 'error', code: 'internal', message: 'The answer could not be saved.', retryable: true });
      log.append({ type: 'done', thread_id: row.threadId, message_id: row.assistantMessageId, finish: 'error' });
    } finally {
      unwatch();
      clearTimeout(limit);
      log.close();
      // Before it counts as over: who asks next finds the whole of it in the database.
      logs.flush();
      // What moderation has taken back is kept nowhere: who comes late is told to load the thread.
      keep(row, isTakenBack ? '' : log.frames());
      running.delete(row.id);
      place.release();
      end.durationMs = deps.now() - startedAt;
      deps.watch?.ended(row, end);
      turnLog.info(end, 'turn');
      if (isSummaryDue) summaries.consider(shop, row);
    }
  }

  function keep(row: TurnRow, frames: string): void {
    try {
      deps.storage.keepEvents(row.id, frames);
    } catch (error) {
      // The answer itself is saved; only who resumes this turn has to load the thread instead.
      deps.log.error({ err: error, turn: row.id }, 'the events of a turn could not be kept');
    }
  }

  function launch(
    row: TurnRow,
    shop: Shop,
    place: Place,
    { earlier = [], hasPage = true, ...asked }: { earlier?: readonly LoggedEvent[]; hasPage?: boolean } & Asked = {},
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
  async function makeRoom(begun: BegunTurn): Promise<boolean> {
    const busy = begun.outcome === 'busy' ? running.get(begun.turn.id) : undefined;
    if (!busy?.acts.isWaiting) return false;
    busy.stop.abort();
    await busy.ended;
    return true;
  }

  async function start({
    shop,
    hasPage = true,
    identified = true,
    context,
    requestId,
    pageTools: offered = [],
    ...input
  }: StartTurn): Promise<FollowedTurn> {
    const { visitorId, address } = input;
    const { mask: masks } = shop.privacy;
    const repeated = await deps.storage.turnOfMessage(shop.slug, visitorId, input.clientMessageId);
    if (repeated) return join(repeated);
    const place = await deps.allowances.admit({ shop, visitorId, address });
    try {
      const question = {
        ...input,
        text: await mask(input.text, masks, input.locale),
        page:
          context && shop.pageContext
            ? await readPage(context, { shop: shop.slug, locale: input.locale, masks, catalog: deps.catalog })
            : null,
        shop: shop.slug,
        maxThreads: shop.limits.threadsPerVisitor,
        maxMessages: shop.limits.messagesPerThread,
        now: deps.now(),
      };
      let begun = await deps.storage.beginTurn(question);
      if (await makeRoom(begun)) begun = await deps.storage.beginTurn(question);
      if (begun.outcome === 'started') {
        const pageTools = hasPage && shop.pageTools ? offered : [];
        const shared = publicQuestion({
          asWritten: input.text,
          hasPage: question.page !== null || pageTools.length > 0,
          isFirst: input.threadId === null,
          // What a draft makes of a question is nobody's answer.
          identified: identified || input.own === true,
          ...question,
        });
        const options = {
          hasPage,
          pageTools,
          ...(requestId !== undefined && { requestId }),
          ...(shared !== null && { publicQuestion: shared }),
        };
        return { turn: begun.turn, log: launch(begun.turn, shop, place, options) };
      }
      if (begun.outcome === 'repeated') {
        place.release();
        return await join(begun.turn);
      }
      throw refusal(begun.outcome);
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

function refusal(outcome: Exclude<BegunTurn['outcome'], 'started' | 'repeated'>): ChatError {
  switch (outcome) {
    case 'busy':
      return new ChatError('turn_active', 'An answer is still under way in this thread. Stop it or wait for it.', {
        retryAfterMs: 1_000,
      });
    case 'no_thread':
      return new ChatError('thread_not_found', 'There is no such thread.');
    case 'not_last':
      return new ChatError('not_last_message', 'The question to replace is not the last one of its thread.');
    case 'too_many_threads':
      return new ChatError(
        'too_many_threads',
        'This visitor keeps as many threads as the shop allows. Delete one first.',
      );
    case 'thread_full':
      return new ChatError('thread_full', 'This thread is as long as the shop allows. Begin a new one.');
  }
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
