/** What a turn is followed with and shown by. */
import type { CartEvent, ClientToolEvent, PageContext, Thread } from '../../proxy/protocol/index.ts';
import type { Action } from '../state/reducer.ts';
import type { Question } from '../state/session.ts';
import type { ChatState } from '../state/state.ts';
import type { Transport } from '../transport/types.ts';
import type { TurnNews } from './tabs.ts';

/** A thread, and what brings it into the view: at once, because the view may change while one waits. */
export interface OldThread {
  thread: Thread;
  restore: Action;
}

/** What to do next: ask the question (`turnId` null), or follow a turn and ask the question, if any, after it. */
export type Step = { turnId: null; question: Question } | { turnId: string; question: Question | null };

/** Brings turns into the view. What it is asked for never rejects. */
export interface Turns {
  /** The last turn, if it failed only because its line was lost: it may have gone on. */
  readonly lost: Step | null;
  ask(question: Question, retry: boolean): Promise<void>;
  /** Shows a thread, follows the turn that runs in it, and then asks the question that waits, if any. */
  show(old: OldThread, question?: Question | null): Promise<void>;
}

export interface TurnFollowerOptions {
  transport: Transport;
  stopPatienceMs: number;
  state: () => ChatState;
  dispatch: (action: Action) => void;
  locale: () => string | undefined;
  /** Sees to it that there is a session, before a question is sent. */
  session: (signal: AbortSignal) => Promise<void>;
  /** Aborted when the host leaves the page. */
  life: () => AbortSignal;
  /** What the page has to say with a question. */
  context: () => Promise<PageContext | undefined>;
  /** The turn wants something done in the page, or it has been done. */
  onAct: (event: ClientToolEvent | CartEvent, turnId: string) => void;
  /** A turn that is shown was started, or has ended. `own`: it was asked here. */
  onTurn: (news: TurnNews, own: boolean) => void;
}
