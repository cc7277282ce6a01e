import type { PageContext } from '../../proxy/protocol/index.ts';
import type { ChatState, Failure } from '../state/state.ts';
import type { ChatRoom } from './room.ts';

/** What a shopper writes to the people of the shop. */
export interface Letter {
  /** '' for none. */
  name: string;
  email: string;
  message: string;
  /** The conversation goes along. */
  talk: boolean;
}

/** What the components may ask of the conversation. None of these throws; what goes wrong is in `state`. */
export interface Chat {
  readonly state: ChatState;
  /** The shop's settings and, for who was here before, session and thread. Safe to call again: does what is still missing. */
  start(): Promise<void>;
  /**
   * Does nothing while a turn runs here or for blank text. If one runs in the same thread that isn't shown here, it is shown,
   * and the question waits for its end. Without a line it resolves when the question is sent, is taken back, or the conversation is left.
   */
  send(text: string): Promise<void>;
  /** Ends the running answer and keeps what was said. */
  stop(): Promise<void>;
  /** Asks the last question again: question and answer give way to new ones; an answer that was only lost from sight is found. */
  retry(): Promise<void>;
  /** A question that waits for the line shall not be sent: it is written again. */
  withdraw(key: string): void;
  /** What was being written in this conversation. */
  draft(): string;
  keepDraft(text: string): void;
  /** What the page has to say with a question; asked only where the shop wants it. */
  context: (() => Promise<PageContext | undefined>) | null;
  /** Resolves when the functions that the page has offered are there to go along: a question waits for it. */
  offering: Promise<unknown> | null;
  /** What the parts need that come later. */
  readonly room: ChatRoom;
  newThread(): void;
  /** The shopper's yes or no to what the assistant wants to put into the cart. */
  answerAct(callId: string, agreed: boolean): Promise<void>;
  /** The cards on show are looked up again when they are old. */
  refresh(): Promise<void>;
  /** The shopper agrees to what the shop says it stores. */
  consent(): void;
  /**
   * Who has signed in, for the proxy to verify; null when the page has to say it again. Call it before `start`, or with a
   * fresh one of the same shopper.
   */
  identify(jwt: string | null): void;
  /** Something beside the conversation failed: it is said until the next question, or until null. */
  failBeside(failure: Failure | null): void;
  /**
   * Ends every line; nothing comes of this conversation any more. `forget`: it leaves nothing in this browser, either.
   * `everywhere`: other tabs are told to do the same.
   */
  leave(options: { forget: boolean; everywhere: boolean }): void;
}
