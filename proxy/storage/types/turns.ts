import type { ErrorEvent, Finish } from '../../protocol/index.ts';
import type { StoredPage, StoredPart } from './threads.ts';

export interface TurnRow {
  id: string;
  threadId: string;
  shop: string;
  visitorId: string;
  /** Keyed hash of the network it was asked from. */
  address: string;
  userMessageId: string;
  assistantMessageId: string;
  clientMessageId: string;
  locale: string;
  /** `interrupted`: broken off by a crash or a restart; may be taken up again for a while. */
  status: 'running' | 'interrupted' | Finish;
  /** How often it was begun. */
  attempts: number;
  startedAt: number;
  endedAt: number | null;
  /** The owner's own, from the preview or the playground: it counts in no figure. */
  own: boolean;
}

export interface NewTurn {
  shop: string;
  visitorId: string;
  address: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  text: string;
  locale: string;
  page?: StoredPage | null;
  /** `clientMessageId` of the last question of the thread, whose place this one takes; one that never came is no matter. */
  replaces?: string;
  /** Bounds of what one visitor may keep. */
  maxThreads: number;
  maxMessages: number;
  /** As in `TurnRow`; left out, a shopper's. */
  own?: boolean;
  now: number;
}

/** Outcome of `beginTurn`; only `started` wrote anything. */
export type BegunTurn =
  | { outcome: 'started'; turn: TurnRow }
  /** The same message came before: this is its turn, running or ended. */
  | { outcome: 'repeated'; turn: TurnRow }
  /** Another turn of this thread is running. */
  | { outcome: 'busy'; turn: TurnRow }
  | { outcome: 'no_thread' }
  /** What it was to replace is not the last question any more. */
  | { outcome: 'not_last' }
  | { outcome: 'too_many_threads' }
  | { outcome: 'thread_full' };

export interface EndedTurn {
  turnId: string;
  finish: Finish;
  /** Broken off by a crash or a restart: its row then says `interrupted`. */
  interrupted?: boolean;
  error: Omit<ErrorEvent, 'type'> | null;
  parts: StoredPart[];
  /** When the shopper first saw something of it; left out or null where they saw nothing, and where nobody knows. */
  firstAt?: number | null;
  /** What was run for it, in its order. */
  steps?: readonly ToolStep[];
  now: number;
}

/** A call of a tool. */
export interface ToolStep {
  /** As the model wrote it, 64 characters at most. */
  name: string;
  /** What was looked for, and how much was found. */
  query?: string;
  found?: number;
  /** The model was told of an error. */
  failed?: true;
}
