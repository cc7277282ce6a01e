/** What brings turns into the view that can only be had from their thread: with the rest of the past, when it is needed. */
import { refreshed, threadRestored } from '../state/past.ts';
import type { Question } from '../state/session.ts';
import { readProducts, readThread } from '../transport/past-requests.ts';
import { isGone, TransportError } from '../transport/types.ts';
import type { OldThread, Step, TurnFollowerOptions, Turns } from './following.ts';
import type { ChatRoom } from './room.ts';
import { goOn, type Sender } from './sending.ts';
import type { TurnRun } from './turn-run.ts';
import type { Visit } from './visit.ts';

export { goneCard } from '../components/gone-card.ts';
export { threadRestored } from '../state/past.ts';
export { sendWaiting } from './sending.ts';

export interface PastView extends Pick<TurnFollowerOptions, 'transport' | 'locale' | 'dispatch' | 'state'> {
  /** Id of the turn that the shopper stopped last. */
  stopped: string | null;
  /** False as soon as the shopper wants something else. */
  wanted(): boolean;
}

/** Rejects as `Transport` does. */
export async function oldThread(...which: Parameters<typeof readThread>): Promise<OldThread> {
  const thread = await readThread(...which);
  return { thread, restore: threadRestored(thread) };
}

/** The thread of before; null when it is gone. */
async function lastThread(...which: Parameters<typeof readThread>): Promise<OldThread | null> {
  try {
    return await oldThread(...which);
  } catch (error) {
    if (!isGone(error)) throw error;
    return null;
  }
}

/**
 * Who was here before finds the conversation as the proxy has it, and what had not arrived is asked there. Rejects as `Transport` does.
 * @param ready told when there is something to show; what follows goes on by itself
 */
export async function comeBack(
  { transport, locale, signal, session }: ChatRoom,
  { memory, remember }: Pick<Visit, 'memory' | 'remember'>,
  sender: Sender,
  ready: () => void,
): Promise<void> {
  const life = signal();
  await session(life);
  const threadId = memory.load()?.threadId;
  const found = threadId ? await lastThread(transport, threadId, locale(), life) : null;
  // The shopper may have begun a new one meanwhile.
  const old = memory.load()?.threadId === threadId ? found : null;
  remember(old && threadId);
  ready();
  void goOn(old, sender);
}

/** The thread is being loaded; `again`: there was news meanwhile, so that what comes may be old. */
interface Look {
  again: boolean;
  over: Promise<OldThread | null>;
}

const looks = new WeakMap<ChatRoom, Look>();

/** Loads the thread again: it has changed elsewhere. However much news comes at once, it is asked for once, and once more after that. */
export async function catchUp(room: ChatRoom, turns: Turns): Promise<void> {
  const { state } = room;
  const under = looks.get(room);
  if (under) {
    under.again = true;
    await under.over;
    return;
  }
  const look: Look = { again: false, over: Promise.resolve(null) };
  looks.set(room, look);
  look.over = lookAgain(room, look).finally(() => looks.delete(room));
  const old = await look.over;
  if (old && state().threadId === old.thread.thread_id && !state().turn) await turns.show(old);
}

/** Null where there is nothing to show, or nothing to be had: the view is what it was, and says nothing false. */
async function lookAgain({ state, transport, locale, signal }: ChatRoom, look: Look): Promise<OldThread | null> {
  const life = signal();
  let old: OldThread | null;
  do {
    look.again = false;
    const { threadId, turn } = state();
    if (threadId === null || turn) return null;
    try {
      old = await oldThread(transport, threadId, locale(), life);
    } catch (error) {
      // The next question tells what is wrong.
      if (error instanceof TransportError || life.aborted) return null;
      throw error;
    }
  } while (look.again);
  return old;
}

/** The cards on show as they are today. @returns false where they stay as they were */
export async function refresh({ state, transport, dispatch, locale, signal }: ChatRoom): Promise<boolean> {
  const life = signal();
  try {
    const action = await refreshed(state().messages, (ids) => readProducts(transport, ids, locale(), life));
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
  const old = await oldThread(view.transport, id, view.locale(), run.signal);
  return view.wanted() ? old : null;
}
