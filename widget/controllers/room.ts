import type { Action } from '../state/reducer.ts';
import type { ChatState } from '../state/state.ts';
import type { Transport } from '../transport/types.ts';
import type { OldThread } from './following.ts';

/** The inside of the conversation, for what is loaded later and can't be part of it. */
export interface ChatRoom {
  transport: Transport;
  state(): ChatState;
  dispatch(action: Action): void;
  /** BCP 47 */
  locale(): string | undefined;
  /** Aborted when the element leaves the page. */
  signal(): AbortSignal;
  /** Whether somebody was here before: who never wrote has no conversations, and no session either. */
  known(): boolean;
  /** Sees to it that there is a session. */
  session(signal: AbortSignal): Promise<void>;
  /** Leaves the conversation that is shown, for this one. */
  show(old: OldThread): Promise<void>;
}
