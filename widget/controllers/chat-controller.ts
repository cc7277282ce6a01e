import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Thread } from '../../proxy/protocol/index.ts';
import { lastQuestion, reduce } from '../state/reducer.ts';
import type { Action } from '../state/reducer.ts';
import type { Question, SessionMemory } from '../state/session.ts';
import { initialState } from '../state/state.ts';
import type { ChatState } from '../state/state.ts';
import { TransportError } from '../transport/types.ts';
import type { Transport } from '../transport/types.ts';
import { createClientMessageId } from './client-message-id.ts';
import { failureOf } from './failure-of.ts';
import type { Tabs } from './tabs.ts';
import { TurnFollower } from './turn-follower.ts';
import type { Chat } from './types.ts';

export interface ChatControllerOptions {
  transport: Transport;
  memory: SessionMemory;
  /** Where other tabs are told of this one's turns, and tell of theirs. */
  tabs: Tabs;
  /** BCP 47 language of the widget; asked for every message. */
  locale?: () => string | undefined;
  /** How long a stopped turn may take to end, in milliseconds. Then the view lets go of it. */
  stopPatienceMs?: number;
}

/**
 * Owns the conversation: feeds what happens to `reduce` and asks the host to draw. Text is drawn once a frame at most,
 * however many pieces arrive; anything else at once.
 */
export class ChatController implements Chat, ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #transport: Transport;
  readonly #memory: SessionMemory;
  readonly #tabs: Tabs;
  readonly #locale: () => string | undefined;
  readonly #turns: TurnFollower;
  #state = initialState;
  /** Aborted when the host leaves the page. */
  #life = new AbortController();
  #starting: Promise<void> | null = null;
  #frame = 0;
  /** The question that the proxy has not yet said it got. */
  #asking: Question | undefined;

  constructor(
    host: ReactiveControllerHost,
    { transport, memory, tabs, locale = () => undefined, stopPatienceMs = 5_000 }: ChatControllerOptions,
  ) {
    this.#host = host;
    this.#transport = transport;
    this.#memory = memory;
    this.#tabs = tabs;
    this.#locale = locale;
    this.#turns = new TurnFollower({
      transport,
      stopPatienceMs,
      state: () => this.#state,
      dispatch: (action) => this.#dispatch(action),
      locale,
      life: () => this.#life.signal,
      onTurn: (news, own) => {
        if (own) this.#asking = undefined;
        this.#remember(news.threadId, true);
        if (own) tabs.tell(news);
      },
    });
    host.addController(this);
  }

  get state(): ChatState {
    return this.#state;
  }

  hostConnected(): void {
    if (this.#life.signal.aborted) this.#life = new AbortController();
    const { signal } = this.#life;
    // Animation frames stop in a hidden page: what waits for one is drawn now.
    document.addEventListener('visibilitychange', () => document.hidden && this.#frame && this.#update(), { signal });
    this.#tabs.listen(
      {
        heard: ({ threadId, turnId }) => {
          if (threadId === this.#state.threadId && turnId !== this.#turns.lastEnded) void this.#turns.catchUp();
        },
        missed: () => void this.#turns.catchUp(),
      },
      signal,
    );
  }

  hostDisconnected(): void {
    this.#life.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  start(): Promise<void> {
    if (this.#state.connection === 'ready') return Promise.resolve();
    this.#starting ??= this.#connect().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async send(text: string): Promise<void> {
    const message = text.trim();
    if (message !== '') await this.#ask(message, { retry: false });
  }

  async stop(): Promise<void> {
    await this.#turns.stop();
  }

  async retry(): Promise<void> {
    const text = lastQuestion(this.#state);
    const answer = this.#state.messages.at(-1)?.status;
    if (text === null || (answer !== 'failed' && answer !== 'stopped')) return;
    const { lost } = this.#turns;
    // A turn that was only lost from sight may have gone on: asking under a new id would make a second one.
    if (lost?.question === null) await this.#turns.catchUp();
    else await this.#ask(text, { retry: true, clientMessageId: lost?.question.clientMessageId });
  }

  newThread(): void {
    const remembered = this.#memory.load();
    this.#asking = undefined;
    if (remembered) this.#memory.save({ token: remembered.token, threadId: null });
    this.#dispatch({ type: 'thread_left' });
    this.#turns.leave();
  }

  /** The session and, where there was one, the thread of before. */
  async #connect(): Promise<void> {
    const { signal } = this.#life;
    this.#dispatch({ type: 'session_loading' });
    try {
      const remembered = this.#memory.load();
      this.#asking = remembered?.asking;
      const shop = await this.#transport.session(remembered?.token ?? null, signal);
      const thread = remembered?.threadId ? await this.#thread(remembered.threadId, signal) : null;
      if (thread?.messages.some((message) => message.client_message_id === this.#asking?.clientMessageId)) {
        this.#asking = undefined;
      }
      this.#remember(this.#memory.load()?.threadId ?? null, remembered !== null);
      this.#dispatch({ type: 'session_ready', shop });
      // The page went away with a question on its way: under the same id it is asked once, whatever has come of it.
      if (thread) void this.#turns.show(thread, this.#asking ?? null);
      else if (this.#asking) void this.#turns.ask(this.#asking, false);
    } catch (error) {
      this.#dispatch({ type: 'session_failed', failure: failureOf(error, 'network') });
    }
  }

  /** The thread of before; null when it is gone, or the shopper has begun a new one meanwhile. */
  async #thread(id: string, signal: AbortSignal): Promise<Thread | null> {
    try {
      const thread = await this.#transport.thread(id, this.#locale(), signal);
      return this.#memory.load()?.threadId === id ? thread : null;
    } catch (error) {
      if (!(error instanceof TransportError) || error.status !== 404) throw error;
      this.#remember(null, true);
      return null;
    }
  }

  /** Nothing is kept of somebody who never wrote: `known` says that this visitor has. */
  #remember(threadId: string | null, known: boolean): void {
    const { token } = this.#transport;
    const asking = this.#asking && { asking: this.#asking };
    if (known && token !== null) this.#memory.save({ token, threadId, ...asking });
  }

  async #ask(text: string, again: { retry: boolean; clientMessageId?: string | undefined }): Promise<void> {
    const { retry, clientMessageId = createClientMessageId() } = again;
    // A stopped turn may take a moment to end; the proxy runs one turn a thread.
    if (this.#state.turn?.stopping) await this.#turns.stop();
    const last = this.#state.messages.at(-1);
    await this.start();
    if (this.#state.turn) return;
    const question = { clientMessageId, text, createdAt: Date.now() };
    if (this.#state.connection === 'ready') {
      this.#asking = question;
      this.#remember(this.#state.threadId, true);
      // The old conversation may have come just now, without the question that was not sent.
      await this.#turns.ask(question, retry && last === this.#state.messages.at(-1));
      // Refused, or answered: either way the proxy has spoken. A line that is lost for good leaves it to be asked again.
      if (this.#asking === question && !this.#turns.lost) this.#asking = undefined;
      return;
    }
    this.#dispatch({ type: 'message_sent', ...question, retry });
    const failure = this.#state.failure ?? { code: 'network', retryable: true };
    this.#dispatch({ type: 'turn_failed', clientMessageId, failure });
  }

  #dispatch(action: Action): void {
    const state = reduce(this.#state, action);
    if (state === this.#state) return;
    this.#state = state;
    const canWait = action.type === 'event_received' && action.event.type === 'text' && !document.hidden;
    if (!canWait) this.#update();
    else this.#frame ||= requestAnimationFrame(() => this.#update());
  }

  #update(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#host.requestUpdate();
  }
}
