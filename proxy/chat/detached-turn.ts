import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import type { TurnRow } from '../storage/types.ts';
import type { EndedTurn } from '../turn-watch.ts';
import type { ClientActs } from './client-acts.ts';
import type { TurnLog } from './turn-log.ts';
import { runTurn } from './turn.ts';
import type { AskedTurn, Log, TurnDeps } from './types.ts';

export interface DetachedTurn {
  row: TurnRow;
  log: TurnLog;
  acts: ClientActs;
  /** Ends it early: Stop, a limit, a shutdown. */
  stop: AbortController;
}

export interface DetachedTurnOptions extends Pick<AskedTurn, 'publicQuestion' | 'pageTools'> {
  shop: Shop;
  /** Tells the turn's ids with each line. */
  turnLog: Log;
  maxTurnMs: number;
  /** How long it runs on while nobody listens. */
  maxDetachedMs: number;
  /** Writes down what the logs still hold back. */
  flush: () => void;
}

export interface Ending extends EndedTurn {
  /** The thread has grown so long that its beginning should be summed up. */
  isSummaryDue: boolean;
}

/** Events that show something of the answer. */
const VISIBLE: ReadonlySet<string> = new Set(['text', 'products', 'comparison', 'citations']);

/** Writes each event of one turn down until its end, whoever listens, and keeps them for those who come late. */
export async function runDetached(
  deps: TurnDeps,
  { row, log, acts, stop }: DetachedTurn,
  { shop, turnLog, maxTurnMs, maxDetachedMs, flush, ...asked }: DetachedTurnOptions,
): Promise<Ending> {
  const limit = setTimeout(() => stop.abort(new ChatError('model_timeout', 'The answer took too long.')), maxTurnMs);
  const unwatch = watchFollowers(log, stop, maxDetachedMs);
  let isTakenBack = false;
  const startedAt = deps.now();
  const ending: Ending = { finish: 'interrupted', durationMs: 0, firstMs: null, isSummaryDue: false };
  const events = runTurn({ ...deps, log: turnLog }, { shop, turn: row, acts, ...asked }, stop.signal);
  try {
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      isTakenBack ||= next.value.type === 'notice' && next.value.code === 'moderated';
      log.append(next.value);
      if (next.value.type === 'done') ending.finish = next.value.finish;
      else if (ending.firstMs === null && VISIBLE.has(next.value.type)) ending.firstMs = deps.now() - startedAt;
    }
    ending.isSummaryDue = next.value;
  } catch (error) {
    await events.return(false);
    // The answer could not be saved: its row stays `running` until the next boot settles it.
    turnLog.error({ err: error }, 'a turn could not be saved');
    ending.finish = 'error';
    log.append({ type: 'error', code: 'internal', message: 'The answer could not be saved.', retryable: true });
    log.append({ type: 'done', thread_id: row.threadId, message_id: row.assistantMessageId, finish: 'error' });
  } finally {
    unwatch();
    clearTimeout(limit);
    log.close();
    // Before it counts as over: who asks next finds the whole of it in the database.
    flush();
    // What moderation has taken back is kept nowhere: who comes late is told to load the thread.
    keep(deps, row, isTakenBack ? '' : log.frames());
  }
  return { ...ending, durationMs: deps.now() - startedAt };
}

function keep({ storage, log }: TurnDeps, row: TurnRow, frames: string): void {
  try {
    storage.keepEvents(row.id, frames);
  } catch (error) {
    // The answer itself is saved; only who resumes this turn has to load the thread instead.
    log.error({ err: error, turn: row.id }, 'the events of a turn could not be kept');
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
