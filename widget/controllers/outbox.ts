import type { Action } from '../state/reducer.ts';
import { textOf } from '../state/reducer.ts';
import type { Question } from '../state/session.ts';
import { clientMessageIdOf, lastAsked, waitsForLine } from '../state/state.ts';
import type { ChatState, Message } from '../state/state.ts';
import { createClientMessageId } from './client-message-id.ts';

/** So many questions wait for the line; one more goes back to where it was written. */
const MOST = 10;

export interface OutboxOptions {
  state: () => ChatState;
  dispatch: (action: Action) => void;
  /** Asks under the id that the question has. Never rejects. */
  ask: (text: string, clientMessageId: string) => Promise<void>;
  /** The memory is to be told what has not arrived. */
  keep: () => void;
}

/** Questions that the proxy has not yet said it got: the one under way, and those that wait for the line. */
export class Outbox {
  readonly #options: OutboxOptions;
  /** What is under way; after a reload all that had not arrived, until it is shown. */
  asking: readonly Question[] = [];
  #flushing = false;
  /** Those who asked without a line, and hear when nothing waits for it any more. */
  #onSent: (() => void)[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get #waiting(): readonly Message[] {
    return this.#options.state().messages.filter(waitsForLine);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** All of them, in order. */
  get questions(): readonly Question[] {
    const waiting = this.#waiting.map((message) => ({
      clientMessageId: clientMessageIdOf(message.key)!,
      text: textOf(message),
      createdAt: message.createdAt,
    }));
    const isNew = ({ clientMessageId: id }: Question): boolean =>
      this.asking.every(({ clientMessageId }) => clientMessageId !== id);
    return [...this.asking, ...waiting.filter(isNew)];
  }

  /** Resolves when nothing waits for the line any more. */
  async add(text: string): Promise<void> {
    const { dispatch, state } = this.#options;
    const clientMessageId = createClientMessageId();
    if (this.#waiting.length >= MOST) {
      // With a space more where the same text went back before: nothing would have changed.
      const back = state().unsent === text ? `${text} ` : text;
      dispatch({ type: 'message_withdrawn', clientMessageId, text: back });
      dispatch({ type: 'aside_failed', failure: { code: 'network', retryable: true } });
      return;
    }
    this.#show({ clientMessageId, text, createdAt: Date.now() });
    this.#options.keep();
    await new Promise<void>((resolve) => this.#onSent.push(resolve));
  }

  #show(question: Question): void {
    this.#options.dispatch({ type: 'message_queued', ...question, status: 'offline' });
  }

  /** After a reload: the first is asked, all others stand below it. */
  restore(ask: (first: Question | null) => Promise<void>): void {
    const [first, ...others] = this.asking;
    this.asking = first ? [first] : [];
    void ask(first ?? null).then(() => this.goOn());
    for (const question of others) this.#show(question);
    this.#options.keep();
  }

  /** It is written again in place of being sent. */
  withdraw(key: string): void {
    const message = this.#waiting.find((message) => message.key === key);
    if (!message) return;
    this.#options.dispatch({
      type: 'message_withdrawn',
      clientMessageId: clientMessageIdOf(key)!,
      text: textOf(message),
    });
    this.#options.keep();
  }

  /**
   * Sends what has waited for the line: one after the other, each under the id that it had from the beginning. One that failed
   * and may be tried again holds up those behind it.
   */
  async flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    const { state, ask } = this.#options;
    while (navigator.onLine && !state().turn) {
      const [message] = this.#waiting;
      if (!message) break;
      await ask(textOf(message), clientMessageIdOf(message.key)!);
      // Something else was in its way; it goes on waiting.
      if (state().messages.includes(message) || this.#isHeldUp) break;
    }
    this.#flushing = false;
  }

  /** Something was asked and answered: the next, unless that failed. */
  goOn(): void {
    if (!this.#isHeldUp) void this.flush();
  }

  get #isHeldUp(): boolean {
    return lastAsked(this.#options.state())?.failure?.retryable === true;
  }

  /** Lets go of who waits for what no longer does; all of them, when the conversation is left. */
  tell(left = false): void {
    if (this.#onSent.length === 0 || (!left && !this.isEmpty)) return;
    for (const resolve of this.#onSent.splice(0)) resolve();
  }
}
