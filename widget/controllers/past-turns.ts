/** What brings turns into the view that can only be had from their thread: with the rest of the past, when it is needed. */
import type { Thread } from '../../proxy/protocol/index.ts';
import { refreshed, threadRestored } from '../state/past.ts';
import type { Question } from '../state/session.ts';
import { isGone, TransportError, type Transport } from '../transport/types.ts';
import type { OldThread, Step, TurnFollowerOptions, Turns } from './following.ts';
import type { ChatRoom } from './room.ts';
import type { TurnRun } from './turn-run.ts';

export { threadRestored } from '../state/past.ts';
export { goOn, sendWaiting } from './sending.ts';

export interface PastView extends Pick<TurnFollowerOptions, 'transport' | 'locale' | 'dispatch' | 'state'> {
  /** Id of the turn that the shopper stopped last. */
  stopped: string | null;
  /** False as soon as the shopper wants something else. */
  wanted(): boolean;
}

/** The thread of before; null when it is gone. */
export async function lastThread(
  ...[transport, ...which]: [Transport, ...Parameters<Transport['thread']>]
): Promise<OldThread | null> {
  try {
    const thread = await transport.thread(...which);
    return { thread, restore: threadRestored(thread) };
  } catch (error) {
    if (!isGone(error)) throw error;
    return null;
  }
}

/** Loads the thread again: it has changed elsewhere. */
export async function catchUp({ state, transport, locale, signal }: ChatRoom, turns: Turns): Promise<void> {
  const { threadId, turn } = state();
  if (threadId === null || turn) return;
  const life = signal();
  let thread: Thread;
  try {
    thread = await transport.thread(threadId, locale(), life);
  } catch (error) {
    // The view is what it was, and says nothing false; the next question tells what is wrong.
    if (error instanceof TransportError || life.aborted) return;
    throw error;
  }
  if (state().threadId === threadId && !state().turn) await turns.show({ thread, restore: threadRestored(thread) });
}

/** The cards on show as they are today. @returns false where they stay as they were */
export async function refresh({ state, transport, dispatch, locale, signal }: ChatRoom): Promise<boolean> {
  const life = signal();
  try {
    const action = await refreshed(state().messages, transport, locale(), life);
    if (action) dispatch(action);
    return true;
  } catch (error) {
    if (!(error instanceof TransportError) && !life.aborted) throw error;
    return false;
  }
}

/** The proxy has no events for this place any more, but it has the thread. */
export async function afterGap(
  view: PastView,
  run: TurnRun,
  question: Question | null,
  threadId: string,
  told: boolean,
): Promise<Step | null> {
  const old = await threadOf(view, run, threadId);
  if (!old) return null;
  const { active_turn_id: turnId } = old.thread;
  view.dispatch(old.restore);
  if (turnId === null) return null;
  if (told || turnId !== run.turnId) return { turnId, question: run.own ? null : question };
  // Not even from its beginning.
  const failure = { code: 'interrupted', retryable: true } as const;
  view.dispatch({ type: 'turn_failed', clientMessageId: turnId, failure });
  return null;
}

/** Another turn runs in the thread: it is shown, and the question waits below it. */
export async function afterBusy(view: PastView, run: TurnRun, question: Question): Promise<Step | null> {
  const old = await threadOf(view, run, view.state().threadId!);
  if (!old) return null;
  const { active_turn_id: turnId } = old.thread;
  // What the shopper has stopped is not shown again; there is only its end to wait for.
  if (turnId === null || turnId !== view.stopped) {
    view.dispatch(old.restore);
    view.dispatch({ type: 'message_queued', ...question, status: 'waiting' });
  }
  return { turnId, question };
}

/** Null when the shopper wants something else meanwhile. */
async function threadOf(view: PastView, run: TurnRun, id: string): Promise<OldThread | null> {
  const thread = await view.transport.thread(id, view.locale(), run.signal);
  return view.wanted() ? { thread, restore: threadRestored(thread) } : null;
}
