import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PageContext } from '../../proxy/protocol/index.ts';
import { loadAbout, mayTell } from '../about/load.ts';
import { lastQuestion, lastQuestionId, reduce } from '../state/reducer.ts';
import { waitsForShopper } from '../state/parts.ts';
import type { Action } from '../state/reducer.ts';
import type { Question, SessionMemory } from '../state/session.ts';
import { consentNeeded, initialState, lastAsked } from '../state/state.ts';
import type { ChatState, Failure } from '../state/state.ts';
import { isGone, TransportError } from '../transport/types.ts';
import type { Transport } from '../transport/types.ts';
import type { ActsWiring, CartActs } from './cart-acts.ts';
import { createClientMessageId } from './client-message-id.ts';
import { failureOf } from './failure-of.ts';
import { LaterActs } from './later-acts.ts';
import { loadPast, loadThread } from './past.ts';
import type { OldThread } from './following.ts';
import { Outbox } from './outbox.ts';
import type { ChatRoom } from './room.ts';
import { SIGNED_OUT } from './tabs.ts';
import type { Tabs } from './tabs.ts';
import { TurnFollower } from './turn-follower.ts';
import type { Chat } from './types.ts';

export interface ChatControllerOptions {
  transport: Transport;
  memory: SessionMemory;
  /** Where other tabs are told of this one's turns, and tell of theirs. */
  tabs: Tabs;
  /** The shopper has signed out in another tab. */
  onSignedOut?: () => void;
  /** BCP 47 language of the widget; asked for every message. */
  locale?: () => string | undefined;
  /** Brings what acts in the shopper's cart; called at the first act, and again as long as it gives null. */
  acts: (wiring: ActsWiring) => Promise<CartActs | null>;
  /** How long a stopped turn may take to end, in milliseconds. Then the view lets go of it. */
  stopPatienceMs?: number;
}

/** Prices of a moment ago are today's. */
const FRESH_MS = 5 * 60_000;

interface Again {
  /** The last question and its answer leave the view. */
  retry?: boolean;
  clientMessageId?: string | undefined;
  /** Of a question that goes once more under its own id. */
  replaces?: string | undefined;
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
  readonly #onSignedOut: () => void;
  readonly #turns: TurnFollower;
  readonly #acts: LaterActs;
  /** When the cards on show were last known to be as the shop has them, in milliseconds since 1970. */
  #freshAt = Date.now();
  #state = initialState;
  /** Aborted when the host leaves the page. */
  #life = new AbortController();
  #starting: Promise<void> | null = null;
  #frame = 0;
  readonly #outbox: Outbox;
  /** Of who has signed in; null when it is no longer good, undefined for an anonymous visitor. */
  #identity: string | null | undefined;
  /** Whether the transport's session is that of the visitor as they are now. */
  #inSession = false;
  /** What failed for want of a good identity was tried again with the next one: once, or a bad one would go round for ever. */
  #triedAgain = false;
  #left = false;
  readonly room: ChatRoom;
  context: (() => Promise<PageContext | undefined>) | null = null;

  constructor(
    host: ReactiveControllerHost,
    {
      transport,
      memory,
      tabs,
      acts,
      onSignedOut = () => {},
      locale = () => undefined,
      stopPatienceMs = 5_000,
    }: ChatControllerOptions,
  ) {
    this.#host = host;
    this.#transport = transport;
    this.#memory = memory;
    this.#tabs = tabs;
    this.#locale = locale;
    this.#onSignedOut = onSignedOut;
    const dispatch = (action: Action): void => this.#dispatch(action);
    const life = (): AbortSignal => this.#life.signal;
    this.#acts = new LaterActs({
      load: () => acts({ dispatch, life }),
      onMissed: () => dispatch({ type: 'aside_failed', failure: { code: 'network', retryable: true } }),
      life,
    });
    this.#turns = new TurnFollower({
      transport,
      stopPatienceMs,
      state: () => this.#state,
      dispatch,
      locale,
      session: (signal) => this.#openSession(signal),
      life,
      context: async () => {
        const { context } = host as { context?: unknown };
        if (!this.#state.shop?.page_context || !mayTell(context)) return undefined;
        await loadAbout();
        return this.context?.();
      },
      onAct: (event, turnId) => this.#acts.heard(event, turnId),
      onTurn: (news, own) => {
        if (own) this.#outbox.asking = [];
        this.#remember(news.threadId);
        if (own) tabs.tell(news);
        // When all of the turn is over.
        setTimeout(() => this.#outbox.goOn());
      },
    });
    this.#outbox = new Outbox({
      state: () => this.#state,
      dispatch,
      ask: (text, clientMessageId) => this.#ask(text, { clientMessageId }),
      keep: () => this.#remember(),
    });
    this.room = {
      transport,
      state: () => this.#state,
      dispatch,
      locale,
      signal: life,
      known: () => !consentNeeded(this.#state) && typeof (transport.token ?? memory.load()?.token) === 'string',
      session: (signal) => this.#openSession(signal),
      show: (old) => {
        this.newThread();
        this.#remember(old.thread.thread_id);
        return this.#turns.show(old);
      },
    };
    host.addController(this);
  }

  get state(): ChatState {
    return this.#state;
  }

  hostConnected(): void {
    if (this.#life.signal.aborted) this.#life = new AbortController();
    const { signal } = this.#life;
    // Animation frames stop in a hidden page: what waits for one is drawn now.
    const onVisibility = (): void => {
      if (document.hidden && this.#frame) this.#update();
      if (!document.hidden) void this.refresh();
    };
    document.addEventListener('visibilitychange', onVisibility, { signal });
    addEventListener('online', () => void this.#sendWaiting(), { signal });
    this.#tabs.listen(
      {
        heard: ({ threadId, turnId }) => {
          if (threadId === this.#state.threadId && turnId !== this.#turns.lastEnded) void this.#turns.catchUp();
        },
        signedOut: this.#onSignedOut,
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
    if (message === '') return;
    // Who asks something else instead of saying yes or no has moved on.
    if (waitsForShopper(this.#state)) await this.stop();
    const { connection, turn } = this.#state;
    const first = navigator.onLine && this.#outbox.isEmpty;
    if (first || connection !== 'ready' || turn || consentNeeded(this.#state)) {
      await this.#ask(message);
      return;
    }
    const sent = this.#outbox.add(message);
    void this.#sendWaiting();
    await sent;
  }

  withdraw(key: string): void {
    this.#outbox.withdraw(key);
  }

  draft(): string {
    return this.#memory.draft(this.#draftsThread);
  }

  keepDraft(text: string): void {
    if (!this.#left && !consentNeeded(this.#state)) this.#memory.keepDraft(this.#draftsThread, text);
  }

  /** Before the old thread is there, it is what was written about. */
  get #draftsThread(): string | null {
    const { threadId, connection } = this.#state;
    return threadId ?? (connection === 'ready' ? null : (this.#memory.load()?.threadId ?? null));
  }

  /** What was lost on its way goes before what stands behind it. */
  async #sendWaiting(): Promise<void> {
    if (this.#turns.lost && !this.#outbox.isEmpty && navigator.onLine) await this.retry();
    else await this.#outbox.flush();
  }

  async stop(): Promise<void> {
    this.#acts.drop();
    await this.#turns.stop();
  }

  async retry(): Promise<void> {
    const text = lastQuestion(this.#state);
    if (text === null || lastAsked(this.#state)?.role === 'user') return;
    const { lost } = this.#turns;
    // A turn that was only lost from sight may have gone on: asking under a new id would make a second one.
    if (lost?.question === null) await this.#turns.catchUp();
    else await this.#ask(text, { ...lost?.question, retry: true });
  }

  newThread(): void {
    this.#outbox.asking = [];
    this.#acts.drop();
    this.#dispatch({ type: 'thread_left' });
    const remembered = this.#memory.load();
    if (remembered) this.#remember(null, remembered.token);
    this.#turns.leave();
  }

  answerAct(callId: string, agreed: boolean): Promise<void> {
    return this.#acts.answer(callId, agreed);
  }

  async refresh(): Promise<void> {
    const { connection, messages } = this.#state;
    if (connection !== 'ready' || Date.now() - this.#freshAt < FRESH_MS) return;
    this.#freshAt = Date.now();
    if (messages.length === 0 || !this.#inSession) return;
    try {
      const past = await loadPast();
      const action = await past.refreshed(messages, this.#transport, this.#locale(), this.#life.signal);
      if (action) this.#dispatch(action);
    } catch (error) {
      // The cards stay as they are; the next time the panel opens they are looked up again.
      if (!(error instanceof TransportError) && !this.#life.signal.aborted) throw error;
      this.#freshAt = 0;
    }
  }

  consent(): void {
    this.#dispatch({ type: 'consent_changed', agreed: true });
    // Somebody who was here before the shop demanded it.
    if (this.#state.connection === 'ready' && !this.#inSession && this.#memory.load()) void this.#connect();
  }

  identify(jwt: string | null): void {
    if (this.#identity === undefined) this.#memory.signIn();
    this.#identity = jwt;
    this.#inSession = false;
    if (jwt === null) {
      this.#dispatch({ type: 'session_failed', failure: { code: 'identity_invalid', retryable: false } });
      return;
    }
    if (this.#triedAgain) return;
    const { connection, failure, messages } = this.#state;
    const again = connection === 'failed' ? failure : messages.at(-1)?.failure;
    if (again?.code !== 'identity_invalid') return;
    this.#triedAgain = true;
    void (connection === 'failed' ? this.start() : this.retry());
  }

  failBeside(failure: Failure): void {
    this.#dispatch({ type: 'aside_failed', failure });
  }

  leave({ forget, everywhere }: { forget: boolean; everywhere: boolean }): void {
    this.#left = true;
    this.#acts.drop();
    if (forget) this.#memory.forget();
    if (everywhere) this.#tabs.tell(SIGNED_OUT);
    this.#host.removeController(this);
    this.hostDisconnected();
    this.#state = initialState;
    this.#outbox.tell(true);
  }

  /** The first question, or a thread of before, takes a session; somebody who only looks has none. */
  async #openSession(signal: AbortSignal): Promise<void> {
    if (this.#inSession) return;
    if (this.#identity === null) {
      throw new TransportError('identity_invalid', 'The page has to call identify() again.', { retryable: false });
    }
    const token = this.#memory.load()?.token ?? null;
    const visitor = { token, consent: this.#state.agreed, identity: this.#identity };
    await this.#transport.session(visitor, signal);
    this.#inSession = true;
    this.#triedAgain = false;
    this.#remember(this.#state.threadId ?? this.#memory.load()?.threadId ?? null);
  }

  /** The settings and, where there was one, the thread of before. */
  async #connect(): Promise<void> {
    const { signal } = this.#life;
    this.#dispatch({ type: 'session_loading' });
    // Beside the settings, and not after them.
    if (this.#memory.load()?.threadId) loadPast().catch(() => {});
    try {
      const shop = await this.#transport.settings(signal);
      this.#dispatch({ type: 'session_loading', shop });
      const remembered = this.#memory.load();
      this.#outbox.asking = remembered?.asking ?? [];
      if (remembered?.consent) this.#dispatch({ type: 'consent_changed', agreed: true });
      if (!remembered || consentNeeded(this.#state)) {
        this.#dispatch({ type: 'session_ready', shop });
        return;
      }
      await this.#openSession(signal);
      const old = remembered.threadId ? await this.#thread(remembered.threadId, signal) : null;
      const arrived = new Set(old?.thread.messages.map((message) => message.client_message_id));
      this.#outbox.asking = this.#outbox.asking.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
      this.#remember(this.#memory.load()?.threadId ?? null);
      this.#freshAt = Date.now();
      this.#dispatch({ type: 'session_ready', shop });
      // The page went away with a question on its way: under the same id it is asked once, whatever has come of it.
      this.#outbox.restore(async (first) => {
        if (old) await this.#turns.show(old, first);
        else if (first) await this.#turns.ask(first, false);
      });
    } catch (error) {
      this.#dispatch({ type: 'session_failed', failure: failureOf(error, 'network') });
    }
  }

  /** The thread of before; null when it is gone, or the shopper has begun a new one meanwhile. */
  async #thread(id: string, signal: AbortSignal): Promise<OldThread | null> {
    try {
      const old = await loadThread(this.#transport, id, this.#locale(), signal);
      return this.#memory.load()?.threadId === id ? old : null;
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#remember(null);
      return null;
    }
  }

  /** Nothing is kept of somebody who never wrote: they have no token, and no question on its way. */
  #remember(threadId = this.#state.threadId, token = this.#transport.token): void {
    if (this.#left) return;
    // Without a session, who was here before is still who they are.
    const who = token === null ? this.#memory.load() : { token, threadId };
    const asking = this.#outbox.questions;
    this.#memory.save({
      token: who?.token ?? null,
      threadId: who?.threadId ?? null,
      ...(this.#state.agreed && { consent: true }),
      ...(asking[0] && { asking }),
    });
  }

  async #ask(text: string, again: Again = {}): Promise<void> {
    const { retry = false, clientMessageId = createClientMessageId() } = again;
    // A stopped turn may take a moment to end; the proxy runs one turn a thread.
    if (this.#state.turn?.stopping) await this.#turns.stop();
    const last = this.#state.messages.at(-1);
    const { turn } = this.#state;
    await this.start();
    if (this.#state.turn || this.#left) {
      // The old conversation came with a turn that runs: what was written meanwhile is written still.
      if (!turn && !again.clientMessageId && !retry)
        this.#dispatch({ type: 'message_withdrawn', clientMessageId, text });
      return;
    }
    if (consentNeeded(this.#state)) {
      this.#dispatch({ type: 'question_held', text });
      return;
    }
    // The old conversation may have come just now, without the question that was not sent.
    const stands = retry && last === this.#state.messages.at(-1);
    const before = stands ? lastQuestionId(this.#state) : null;
    const replaces = before === clientMessageId ? again.replaces : (before ?? undefined);
    const question: Question = {
      clientMessageId,
      text,
      createdAt: Date.now(),
      ...(replaces !== undefined && { replaces }),
    };
    if (this.#state.connection === 'ready') {
      this.#outbox.asking = [question];
      this.#remember();
      await this.#turns.ask(question, stands);
      // Refused, or answered: either way the proxy has spoken. A line that is lost for good leaves it to be asked again.
      if (this.#outbox.asking[0] !== question || this.#turns.lost) return;
      this.#outbox.asking = [];
      this.#remember();
      return;
    }
    this.#dispatch({ type: 'message_sent', ...question, retry });
    const failure = this.#state.failure ?? { code: 'network', retryable: true };
    this.#dispatch({ type: 'turn_failed', clientMessageId, failure });
  }

  #dispatch(action: Action): void {
    const state = reduce(this.#state, action);
    if (state === this.#state || this.#left) return;
    this.#state = state;
    this.#outbox.tell();
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
