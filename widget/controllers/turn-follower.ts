import type { PageContext } from '../../proxy/protocol/index.ts';
import type { Question } from '../state/session.ts';
import { TransportError } from '../transport/types.ts';
import type { TransportEvent } from '../transport/types.ts';
import { loadPast } from './past.ts';
import type { PastView } from './past-turns.ts';
import type { OldThread, Step, TurnFollowerOptions, Turns } from './following.ts';
import { failureOf } from './failure-of.ts';
import { TurnRun } from './turn-run.ts';

/** How often a question is sent that finds another turn in its way each time. */
const MAX_SENDS = 5;
/** Nothing heard for so long, in milliseconds, is told as a lost line, whatever it is that takes long. */
const QUIET_MS = 3_000;

/**
 * Brings turns into the view, one after the other: those asked here, and those found running, which were asked before a
 * reload or in another tab. What it is asked for never rejects; what goes wrong is dispatched.
 */
export class TurnFollower implements Turns {
  readonly #options: TurnFollowerOptions;
  #run: TurnRun | null = null;
  #lost: Step | null = null;
  #lastEnded: string | null = null;
  /** The turn that the shopper stopped last. It may run on for as long as the proxy can't be told. */
  #stopped: string | null = null;

  constructor(options: TurnFollowerOptions) {
    this.#options = options;
  }

  get lost(): Step | null {
    return this.#lost;
  }

  /** Id of the last turn whose end was shown. */
  get lastEnded(): string | null {
    return this.#lastEnded;
  }

  ask(question: Question, retry: boolean): Promise<void> {
    return this.#drive({ turnId: null, question }, retry);
  }

  async show({ thread, restore }: OldThread, question: Question | null = null): Promise<void> {
    const { active_turn_id: turnId } = thread;
    this.#options.dispatch(restore);
    if (turnId !== null) await this.#drive({ turnId, question });
    else if (question) await this.ask(question, question.replaces !== undefined);
  }

  /** Ends the turn that is shown; resolves when it has ended, or when its end takes too long. */
  async stop(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    this.#options.dispatch({ type: 'stop_requested' });
    this.#stopped = run.turnId;
    run.discard();
    await run.over;
  }

  /** The view turns to something else. A turn that was asked here isn't wanted any more. */
  leave(): void {
    if (this.#run?.own) this.#run.discard();
    else this.#run?.leave();
    this.#run = null;
    this.#lost = null;
  }

  async #drive(first: Step, retry = false): Promise<void> {
    const { dispatch, state, transport, stopPatienceMs: patienceMs, life } = this.#options;
    let sent = 0;
    for (let step: Step | null = first; step;) {
      const { turnId, question }: Step = step;
      const own: boolean = turnId === null;
      const key: string = turnId ?? question.clientMessageId;
      this.#lost = null;
      if (turnId === null) {
        // Stopped while it waited for another turn.
        if (sent > 0 && state().turn?.stopping) return dispatch({ type: 'turn_stopped', clientMessageId: key });
        dispatch({ type: 'message_sent', ...question, retry: retry && sent === 0 });
        sent++;
      }
      const run: TurnRun = new TurnRun({ transport, key, turnId, own, patienceMs, life: life() });
      this.#run = run;
      if (turnId !== null && turnId === this.#stopped) {
        if (state().turn?.turnId === turnId) dispatch({ type: 'stop_requested' });
        run.discard();
      }
      const next: Step | null = await Promise.race([this.#take(run, step, sent < MAX_SENDS), run.over]);
      if (run.unwanted) dispatch({ type: 'turn_stopped', clientMessageId: key });
      run.ended();
      // The view has turned to something else.
      if (this.#run !== run) return;
      this.#run = null;
      step = next ?? (own || !question ? null : { turnId: null, question });
    }
  }

  /** One step to its end; resolves with the one that has become necessary before it, or instead of it. */
  async #take(run: TurnRun, step: Step, mayQueue: boolean): Promise<Step | null> {
    try {
      return await this.#show(run, step, mayQueue);
    } catch (error) {
      if (run.unwanted) return null;
      const failure = failureOf(error, 'interrupted');
      if (this.#run === run && (failure.code === 'network' || failure.code === 'interrupted')) this.#lost = step;
      this.#options.dispatch({ type: 'turn_failed', clientMessageId: run.key, failure });
      return null;
    }
  }

  async #show(run: TurnRun, step: Step, mayQueue: boolean): Promise<Step | null> {
    let told = false;
    const quiet = setTimeout(() => told || this.#receive(run, { type: 'line', up: false }), QUIET_MS);
    try {
      let context: PageContext | undefined;
      if (step.turnId === null) {
        await this.#options.session(run.signal);
        context = await this.#options.context();
      }
      for await (const event of this.#events(run, step, context)) {
        if (event.type === 'gap')
          return await (await loadPast()).afterGap(this.#view(run), run, step.question, event.thread_id, told);
        told = true;
        this.#receive(run, event);
      }
      return null;
    } catch (error) {
      const busy = error instanceof TransportError && error.code === 'turn_active';
      if (!busy || !step.question || step.turnId !== null || !mayQueue || run.unwanted) throw error;
      return (await loadPast()).afterBusy(this.#view(run), run, step.question);
    } finally {
      clearTimeout(quiet);
    }
  }

  #events(run: TurnRun, { turnId, question }: Step, context?: PageContext): AsyncIterable<TransportEvent> {
    const { transport, state, locale } = this.#options;
    if (turnId !== null) return transport.follow(turnId, 0, run.signal);
    const language = locale();
    return transport.stream(
      {
        message: question.text,
        thread_id: state().threadId,
        client_message_id: question.clientMessageId,
        ...(question.replaces !== undefined && { replaces: question.replaces }),
        ...(language !== undefined && { locale: language }),
        ...(context && { context }),
      },
      run.signal,
    );
  }

  #receive(run: TurnRun, event: Exclude<TransportEvent, { type: 'gap' }>): void {
    const { dispatch, onTurn } = this.#options;
    const { key: clientMessageId, own } = run;
    if (event.type === 'line') {
      dispatch({ type: 'line_changed', clientMessageId, up: event.up });
      return;
    }
    dispatch({ type: 'event_received', clientMessageId, event });
    if (event.type === 'thread_id') {
      run.started(event.turn_id);
      if (run.unwanted) this.#stopped = event.turn_id;
    }
    const acts = event.type === 'client_tool' || event.type === 'cart';
    if (acts && this.#run === run && !run.unwanted) this.#options.onAct(event, run.turnId!);
    if (this.#run !== run || (event.type !== 'thread_id' && event.type !== 'done')) return;
    if (event.type === 'done') this.#lastEnded = run.turnId;
    onTurn({ threadId: event.thread_id, turnId: run.turnId! }, own);
  }

  /** For what the past is needed for. */
  #view(run: TurnRun): PastView {
    return { ...this.#options, stopped: this.#stopped, wanted: () => this.#run === run && !run.unwanted };
  }
}
