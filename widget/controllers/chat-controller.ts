import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PageContext } from '../../proxy/protocol/index.ts';
import { loadAbout, mayTell } from '../about/load.ts';
import { lastQuestion, lastQuestionId, reduce } from '../state/reducer.ts';
import { waitsForShopper } from '../state/parts.ts';
import type { Action } from '../state/reducer.ts';
import type { Question, SessionMemory } from '../state/session.ts';
import { consentNeeded, initialState, lastAsked, UNREACHED } from '../state/state.ts';
import type { ChatState, Failure } from '../state/state.ts';
import { systemClock } from '../transport/clock.ts';
import type { Transport } from '../transport/types.ts';
import type { ActsWiring, CartActs } from './cart-acts.ts';
import { createClientMessageId } from './client-message-id.ts';
import { failureOf } from './failure-of.ts';
import { LaterActs } from './later-acts.ts';
import { loadPast, past } from './past.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { ChatRoom } from './room.ts';
import type { Sender } from './sending.ts';
import { SIGNED_OUT } from './tabs.ts';
import type { Tabs } from './tabs.ts';
import { TurnFollower } from './turn-follower.ts';
import type { Chat } from './types.ts';
import { createVisit, type Visit } from './visit.ts';

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
  /** How long a question waits for what the page would have sent along, in milliseconds. */
  partPatienceMs?: number;
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
  readonly #visit: Visit;
  readonly #tabs: Tabs;
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
  readonly #sender: Sender;
  readonly room: ChatRoom;
  context: (() => Promise<PageContext | undefined>) | null = null;
  offering: Promise<unknown> | null = null;

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
      partPatienceMs = 5_000,
    }: ChatControllerOptions,
  ) {
    this.#host = host;
    this.#transport = transport;
    this.#tabs = tabs;
    this.#onSignedOut = onSignedOut;
    const dispatch = (action: Action): void => this.#dispatch(action);
    const life = (): AbortSignal => this.#life.signal;
    const state = (): ChatState => this.#state;
    const soon = (part: Promise<unknown>): Promise<unknown> =>
      Promise.race([part, systemClock.sleep(partPatienceMs, life())]);
    this.#visit = createVisit({ transport, memory, state, questions: () => this.#outbox.questions() });
    this.#acts = new LaterActs({
      load: () => acts({ dispatch, life }),
      onMissed: () => dispatch({ type: 'aside_failed', failure: UNREACHED }),
      life,
    });
    this.#turns = new TurnFollower({
      transport,
      stopPatienceMs,
      state,
      dispatch,
      locale,
      session: (signal) => this.#visit.open(signal),
      life,
      context: async () => {
        if (this.offering) await soon(this.offering);
        const { context } = host as { context?: unknown };
        if (!this.#state.shop?.page_context || !mayTell(context)) return undefined;
        await soon(loadAbout());
        return this.context?.();
      },
      onAct: (event, turnId) => this.#acts.heard(event, turnId),
      onTurn: (news, own) => {
        if (own) this.#outbox.asking = [];
        this.#visit.remember(news.threadId);
        if (own) tabs.tell(news);
        // When all of the turn is over.
        setTimeout(() => void this.#sendWaiting(false));
      },
    });
    this.#outbox = createOutbox({
      state,
      dispatch,
      keep: () => this.#visit.remember(),
    });
    this.#sender = {
      outbox: this.#outbox,
      turns: this.#turns,
      chat: this,
      ask: (text, clientMessageId) => this.#ask(text, { clientMessageId }),
    };
    this.room = {
      transport,
      state,
      dispatch,
      locale,
      signal: life,
      known: () => !consentNeeded(this.#state) && this.#visit.isKnown(),
      session: (signal) => this.#visit.open(signal),
      show: (old) => {
        this.newThread();
        this.#visit.remember(old.thread.thread_id);
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
    const onLife = (): void => {
      this.#transport.woken();
      // Animation frames stop in a hidden page: what waits for one is drawn now.
      if (document.hidden && this.#frame) this.#update();
      if (!document.hidden) void this.refresh();
    };
    // On the way down: `resume` doesn't come up to the window.
    for (const type of ['visibilitychange', 'resume', 'pageshow', 'online'])
      addEventListener(type, onLife, { signal, capture: true });
    const onLine = (): void => {
      const { connection, failure } = this.#state;
      // Who opened the panel without a line need not press anything.
      if (connection === 'failed' && failure?.retryable) void this.start();
      void this.#sendWaiting();
    };
    addEventListener('online', onLine, { signal });
    this.#tabs.listen(
      {
        heard: ({ threadId, turnId }) => {
          if (threadId === this.#state.threadId && turnId !== this.#turns.lastEnded) void this.#catchUp();
        },
        signedOut: this.#onSignedOut,
        missed: () => void this.#catchUp(),
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
    const first = navigator.onLine && this.#outbox.waiting().length === 0;
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
    return this.#visit.memory.draft(this.#visit.draftsThread());
  }

  keepDraft(text: string): void {
    const { left, memory, draftsThread } = this.#visit;
    if (!left && !consentNeeded(this.#state)) memory.keepDraft(draftsThread(), text);
  }

  /** As soon as there is a line for what sends them. `afresh`: something new has happened. */
  async #sendWaiting(afresh = true): Promise<void> {
    const { signal } = this.#life;
    const wanted = (): boolean => this.#outbox.waiting().length > 0 && navigator.onLine && !signal.aborted;
    while (wanted()) {
      const pieces = await past.bring();
      if (pieces && wanted()) return pieces.sendWaiting(this.#sender, afresh);
      if (!pieces) await systemClock.sleep(1_000, signal).catch(() => {});
    }
  }

  /** Where that can't be had, the view is what it was; the next question tells what is wrong. */
  async #catchUp(): Promise<void> {
    await (await past.bring())?.catchUp(this.room, this.#turns);
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
    if (lost?.question === null) await this.#catchUp();
    else await this.#ask(text, { ...lost?.question, retry: true });
  }

  newThread(): void {
    this.#outbox.asking = [];
    this.#acts.drop();
    this.#dispatch({ type: 'thread_left' });
    const remembered = this.#visit.memory.load();
    if (remembered) this.#visit.remember(null, remembered.token);
    this.#turns.leave();
  }

  answerAct(callId: string, agreed: boolean): Promise<void> {
    return this.#acts.answer(callId, agreed);
  }

  async refresh(): Promise<void> {
    if (this.#state.connection !== 'ready' || Date.now() - this.#freshAt < FRESH_MS) return;
    this.#freshAt = Date.now();
    if (this.#state.messages.length === 0 || !this.#visit.isOpen) return;
    // What can't be looked up stays as it is; the next time the panel opens it is looked up again.
    if (!(await (await past.bring())?.refresh(this.room))) this.#freshAt = 0;
  }

  consent(): void {
    this.#dispatch({ type: 'consent_changed', agreed: true });
    // Somebody who was here before the shop demanded it.
    if (this.#state.connection === 'ready' && !this.#visit.isOpen && this.#visit.memory.load()) void this.#connect();
  }

  identify(jwt: string | null): void {
    const again = this.#visit.identify(jwt);
    if (jwt === null) {
      this.#dispatch({ type: 'session_failed', failure: { code: 'identity_invalid', retryable: false } });
    } else if (again) void (this.#state.connection === 'failed' ? this.start() : this.retry());
  }

  failBeside(failure: Failure | null): void {
    this.#dispatch({ type: 'aside_failed', failure });
  }

  leave({ forget, everywhere }: { forget: boolean; everywhere: boolean }): void {
    this.#visit.leave();
    this.#acts.drop();
    if (forget) this.#visit.memory.forget();
    if (everywhere) this.#tabs.tell(SIGNED_OUT);
    this.#host.removeController(this);
    this.hostDisconnected();
    this.#state = initialState;
    this.#outbox.tell();
  }

  /** The settings and, where there was one, the thread of before. */
  async #connect(): Promise<void> {
    const { signal } = this.#life;
    const { memory } = this.#visit;
    this.#dispatch({ type: 'session_loading' });
    const before = memory.load();
    // Beside the settings, and not after them.
    if (before) void past.bring();
    try {
      const shop = await this.#transport.settings(signal);
      this.#dispatch({ type: 'session_loading', shop });
      const remembered = memory.load();
      this.#outbox.asking = remembered?.asking ?? [];
      if (remembered?.consent) this.#dispatch({ type: 'consent_changed', agreed: true });
      if (!remembered || consentNeeded(this.#state)) {
        this.#dispatch({ type: 'session_ready', shop });
        return;
      }
      await (
        await loadPast()
      ).comeBack(this.room, this.#visit, this.#sender, () => {
        this.#freshAt = Date.now();
        this.#dispatch({ type: 'session_ready', shop });
      });
    } catch (error) {
      this.#dispatch({ type: 'session_failed', failure: failureOf(error, 'network') });
    }
  }

  async #ask(text: string, again?: Again): Promise<void> {
    const { retry = false, clientMessageId = createClientMessageId() } = again ?? {};
    // A stopped turn may take a moment to end; the proxy runs one turn a thread.
    if (this.#state.turn?.stopping) await this.#turns.stop();
    const last = this.#state.messages.at(-1);
    const { turn } = this.#state;
    await this.start();
    if (this.#state.turn || this.#visit.left) {
      // The old conversation came with a turn that runs: what was written meanwhile is written still.
      if (!turn && !again) this.#dispatch({ type: 'message_withdrawn', clientMessageId, text });
      return;
    }
    if (consentNeeded(this.#state)) {
      this.#dispatch({ type: 'question_held', text });
      return;
    }
    // The old conversation may have come just now, without the question that was not sent.
    const stands = retry && last === this.#state.messages.at(-1);
    const before = stands ? lastQuestionId(this.#state) : null;
    const replaces = before === clientMessageId ? again?.replaces : (before ?? undefined);
    const question: Question = {
      clientMessageId,
      text,
      createdAt: Date.now(),
      ...(replaces !== undefined && { replaces }),
    };
    if (this.#state.connection === 'ready') {
      this.#outbox.asking = [question];
      const over = this.#turns.ask(question, stands);
      this.#visit.remember();
      await over;
      // Refused, or answered: either way the proxy has spoken. A line that is lost for good leaves it to be asked again.
      if (this.#outbox.asking[0] !== question || this.#turns.lost) return;
      this.#outbox.asking = [];
      this.#visit.remember();
      return;
    }
    this.#dispatch({ type: 'message_sent', ...question, retry });
    const failure = this.#state.failure ?? UNREACHED;
    this.#dispatch({ type: 'turn_failed', clientMessageId, failure });
  }

  #dispatch(action: Action): void {
    const state = reduce(this.#state, action);
    if (state === this.#state || this.#visit.left) return;
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
