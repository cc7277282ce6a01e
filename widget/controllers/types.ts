import type { ChatState } from '../state/state.ts';

/** What the components may ask of the conversation. None of these throws; what goes wrong is in `state`. */
export interface Chat {
  readonly state: ChatState;
  /** Session, and the thread of before if there was one. Safe to call again: does what is still missing. */
  start(): Promise<void>;
  /**
   * Does nothing while a turn runs here or for blank text. If one runs in the same thread that isn't shown here, it is shown,
   * and the question waits for its end.
   */
  send(text: string): Promise<void>;
  /** Ends the running answer and keeps what was said. */
  stop(): Promise<void>;
  /** Asks the last question again, after a failed or stopped answer; an answer that was only lost from sight is found. */
  retry(): Promise<void>;
  newThread(): void;
}
