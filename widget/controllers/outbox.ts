import type { Action } from '../state/reducer.ts';
import { textOf } from '../state/reducer.ts';
import type { Question } from '../state/session.ts';
import { clientMessageIdOf, UNREACHED, waitsForLine } from '../state/state.ts';
import type { ChatState, Message } from '../state/state.ts';
import { createClientMessageId } from './client-message-id.ts';

/** So many questions wait for the line; one more goes back to where it was written. */
const MOST = 10;

export interface OutboxOptions {
  state: () => ChatState;
  dispatch: (action: Action) => void;
  /** The memory is to be told what has not arrived. */
  keep: () => void;
}

/** Questions that the proxy has not yet said it got: the one under way, and those that wait for the line. */
export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox({ state, dispatch, keep }: OutboxOptions) {
  /** Of those who asked without a line, and hear when nothing waits for it any more. */
  let onSent: (() => void)[] = [];

  const waiting = (): readonly Message[] => state().messages.filter(waitsForLine);

  const questionOf = (message: Message): Question => ({
    clientMessageId: clientMessageIdOf(message.key)!,
    text: textOf(message),
    createdAt: message.createdAt,
  });

  /** They stand below all that was asked. */
  function show(questions: readonly Question[]): void {
    for (const question of questions) dispatch({ type: 'message_queued', ...question, status: 'offline' });
    keep();
  }

  return {
    /** What is under way; after a reload all that had not arrived, until it is shown. */
    asking: [] as readonly Question[],
    waiting,
    show,

    /** All of them, in order. */
    questions(): readonly Question[] {
      return [...this.asking, ...waiting().map(questionOf)];
    },

    /** Resolves when nothing waits for the line any more. */
    add(text: string): Promise<void> | undefined {
      const question = { clientMessageId: createClientMessageId(), text, createdAt: Date.now() };
      if (waiting().length < MOST) {
        show([question]);
        return new Promise((resolve) => onSent.push(resolve));
      }
      // With a space more where the same text went back before: nothing would have changed.
      const back = state().unsent === text ? `${text} ` : text;
      dispatch({ type: 'message_withdrawn', ...question, text: back });
      dispatch({ type: 'aside_failed', failure: UNREACHED });
      return undefined;
    },

    /** It is written again in place of being sent. */
    withdraw(key: string): void {
      const message = waiting().find((message) => message.key === key);
      if (!message) return;
      dispatch({ type: 'message_withdrawn', ...questionOf(message) });
      keep();
    },

    /** Lets go of who waits for what no longer does. */
    tell(): void {
      if (onSent.length === 0 || waiting().length > 0) return;
      for (const resolve of onSent) resolve();
      onSent = [];
    },
  };
}
