import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatEvent } from '../../proxy/protocol/index.ts';
import { lastQuestion, reduce } from '../state/reducer.ts';
import type { Action } from '../state/reducer.ts';
import type { SessionMemory } from '../state/session.ts';
import { initialState } from '../state/state.ts';
import type { ChatState, Failure } from '../state/state.ts';
import { TransportError } from '../transport/types.ts';
import type { Transport } from '../transport/types.ts';
import { createClientMessageId } from './client-message-id.ts';
import type { Chat } from './types.ts';

export interface ChatControllerOptions {
  transport: Transport;
  memory: SessionMemory;
  /** BCP 47 language of the widget; asked for every message. */
  locale?: () => string | undefined;
}

/** How long a stopped turn may take to end, in milliseconds. Then the widget lets go of it. */
const STOP_PATIENCE = 5_000;

/** One question on its way. */
interface Run {
  readonly clientMessageId: string;
  readonly abort: AbortController;
  turnId: string | null;
  /** Set once the shopper doesn't want the answer any more. */
  patience: ReturnType<typeof setTimeout> | null;
}

/**
 * Owns the conversation: feeds what the transport brings to `reduce` and asks the host to draw. Text is drawn once a
 * frame at most, however many pieces arrive; anything else at once.
 */
export class ChatController implements Chat, ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #transport: Transport;
  readonly #memory: SessionMemory;
  readonly #locale: () => string | undefined;
  #state = initialState;
  /** Aborted when the host leaves the page. */
  #life = new AbortController();
  #starting: Promise<void> | null = null;
  #run: Run | null = null;
  /** Ends with the current run, never rejects. */
  #following: Promise<void> = Promise.resolve();
  #frame = 0;

  constructor(host: ReactiveControllerHost, { transport, memory, locale = () => undefined }: ChatControllerOptions) {
    this.#host = host;
    this.#transport = transport;
    this.#memory = memory;
    this.#locale = locale;
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
  }

  hostDisconnected(): void {
    this.#life.abort();
    this.#run?.abort.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  start(): Promise<void> {
    if (this.#state.connection === 'ready') return Promise.resolve();
    this.#starting ??= this.#connect().finally(() => (this.#starting = null));
    return this.#starting;
  }

  send(text: string): Promise<void> {
    const message = text.trim();
    return message === '' ? Promise.resolve() : this.#ask(message);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    this.#dispatch({ type: 'stop_requested' });
    this.#end(run);
    await this.#following;
  }

  async retry(): Promise<void> {
    const question = lastQuestion(this.#state);
    const answer = this.#state.messages.at(-1)?.status;
    if (question !== null && (answer === 'failed' || answer === 'stopped')) await this.#ask(question, true);
  }

  newThread(): void {
    const remembered = this.#memory.load();
    if (remembered) this.#memory.save({ ...remembered, threadId: null });
    this.#dispatch({ type: 'thread_left' });
    if (this.#run) this.#end(this.#run);
    this.#run = null;
    this.#following = Promise.resolve();
  }

  /** The session and, where there was one, the thread of before. */
  async #connect(): Promise<void> {
    const { signal } = this.#life;
    this.#dispatch({ type: 'session_loading' });
    try {
      const remembered = this.#memory.load();
      const shop = await this.#transport.session(remembered?.token ?? null, signal);
      if (remembered?.threadId) await this.#restore(remembered.threadId, signal);
      this.#remember(this.#memory.load()?.threadId ?? null, remembered !== null);
      this.#dispatch({ type: 'session_ready', shop });
    } catch (error) {
      this.#dispatch({ type: 'session_failed', failure: failureOf(error, 'network') });
    }
  }

  async #restore(id: string, signal: AbortSignal): Promise<void> {
    try {
      const thread = await this.#transport.thread(id, this.#locale(), signal);
      // Unless the shopper has begun a new one meanwhile.
      if (this.#memory.load()?.threadId === id) this.#dispatch({ type: 'thread_restored', thread });
    } catch (error) {
      if (!(error instanceof TransportError) || error.status !== 404) throw error;
      this.#remember(null, true);
    }
  }

  /** Nothing is kept of somebody who never wrote: `known` says that this visitor has. */
  #remember(threadId: string | null, known: boolean): void {
    const { token } = this.#transport;
    if (known && token !== null) this.#memory.save({ token, threadId });
  }

  async #ask(text: string, retry = false): Promise<void> {
    // A stopped turn may take a moment to end; the proxy runs one turn a thread.
    if (this.#state.turn?.stopping) await this.#following;
    await this.start();
    if (this.#state.turn) return;
    const clientMessageId = createClientMessageId();
    this.#dispatch({ type: 'message_sent', clientMessageId, text, createdAt: Date.now(), retry });
    if (this.#state.connection !== 'ready') {
      const failure = this.#state.failure ?? { code: 'network', retryable: true };
      this.#dispatch({ type: 'turn_failed', clientMessageId, failure });
      return;
    }
    this.#run = { clientMessageId, abort: new AbortController(), turnId: null, patience: null };
    this.#following = this.#follow(this.#run, text);
    await this.#following;
  }

  async #follow(run: Run, message: string): Promise<void> {
    const { clientMessageId, abort } = run;
    const locale = this.#locale();
    const request = {
      message,
      thread_id: this.#state.threadId,
      client_message_id: clientMessageId,
      ...(locale !== undefined && { locale }),
    };
    try {
      for await (const event of this.#transport.stream(request, abort.signal)) this.#receive(run, event);
    } catch (error) {
      if (run.patience !== null) this.#dispatch({ type: 'turn_stopped', clientMessageId });
      else this.#dispatch({ type: 'turn_failed', clientMessageId, failure: failureOf(error, 'interrupted') });
    } finally {
      if (run.patience !== null) clearTimeout(run.patience);
      if (this.#run === run) this.#run = null;
    }
  }

  #receive(run: Run, event: ChatEvent): void {
    this.#dispatch({ type: 'event_received', clientMessageId: run.clientMessageId, event });
    if (event.type !== 'thread_id') return;
    run.turnId = event.turn_id;
    if (this.#run === run) this.#remember(event.thread_id, true);
    if (run.patience !== null) void this.#cancel(run);
  }

  /** The answer isn't wanted any more: cancels the turn as soon as its id is known, and waits for its end in bounds. */
  #end(run: Run): void {
    if (run.patience !== null) return;
    run.patience = setTimeout(() => run.abort.abort(), STOP_PATIENCE);
    if (run.turnId !== null) void this.#cancel(run);
  }

  async #cancel({ turnId, abort }: Run): Promise<void> {
    try {
      await this.#transport.cancel(turnId!, this.#life.signal);
    } catch {
      // The proxy can't be told, so there is no end to wait for. If the turn still runs, the next question says so.
      abort.abort();
    }
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

/** `aborted` is what to call it when the host left the page in the middle. */
function failureOf(error: unknown, aborted: 'network' | 'interrupted'): Failure {
  if (error instanceof TransportError) {
    const { code, retryable, retryAfterMs } = error;
    return { code, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (error instanceof DOMException && error.name === 'AbortError') return { code: aborted, retryable: true };
  // A fault of the widget itself: the shopper gets a way on, the developer the error.
  reportError(error);
  return { code: 'internal', retryable: true };
}
