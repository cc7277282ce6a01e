import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ChatError } from '../errors.ts';
import { CART_ERROR_CODES, PAGE_ERROR_CODES } from '../protocol/index.ts';
import type { CartAct, CartOutcome, ClientAct, PageOutcome } from '../protocol/index.ts';

/** How long a turn waits for the shopper's yes, in milliseconds. */
const MAX_WAIT_MS = 120_000;
/** And for a function of the page: nobody has to be asked. */
const MAX_PAGE_WAIT_MS = 30_000;
/** Acts of one turn; a model that asks for more is out of its mind. */
const MAX_ACTS = 10;

export interface ClientActsOptions {
  turnId: string;
  /** How often the turn was begun. */
  attempt: number;
  /** False where nobody can act: the answer is read by a program, not by a page. */
  hasPage?: boolean;
  maxWaitMs?: number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export type ActOutcome = CartOutcome | PageOutcome;

interface Waiting {
  act: ClientAct;
  promise: Promise<ActOutcome>;
  resolve(outcome: ActOutcome): void;
  isOpen: boolean;
}

/** What is new of an act that was asked for. */
export interface AskedAct<Outcome = ActOutcome> {
  callId: string;
  /** False when this turn has asked for the very same before: the page isn't bothered again. */
  isNew: boolean;
  outcome: Promise<Outcome>;
}

/** What a turn has asked the shopper's page to do, and what it is waiting for. */
export class ClientActs {
  readonly #options: Required<ClientActsOptions>;
  readonly #acts = new Map<string, Waiting>();
  #looks = 0;
  #isAlone = false;

  constructor({ hasPage = true, maxWaitMs = MAX_WAIT_MS, sleep = pause, ...options }: ClientActsOptions) {
    this.#options = { hasPage, maxWaitMs, sleep, ...options };
  }

  /** Whether something waits for the shopper's page and the cart now, and may do so for long. */
  get isWaiting(): boolean {
    return [...this.#acts.values()].some(({ isOpen, act }) => isOpen && act.name !== 'page_tool');
  }

  /** @param signal ends the waiting; the outcome then rejects with its reason */
  ask(act: CartAct, signal: AbortSignal): AskedAct<CartOutcome>;
  ask(act: ClientAct, signal: AbortSignal): AskedAct;
  ask(act: ClientAct, signal: AbortSignal): AskedAct {
    const callId = this.#idOf(act);
    const before = this.#acts.get(callId);
    if (before) return { callId, isNew: false, outcome: before.promise };
    const { hasPage } = this.#options;
    if (!hasPage) return { callId, isNew: false, outcome: Promise.resolve({ ok: false, code: 'unavailable' }) };
    // Who hasn't answered once isn't there: a turn doesn't wait two minutes again and again.
    const isHopeless = this.#isAlone || this.#acts.size >= MAX_ACTS;
    if (isHopeless) return { callId, isNew: false, outcome: Promise.resolve({ ok: false, code: 'no_answer' }) };
    const { promise, resolve } = Promise.withResolvers<ActOutcome>();
    const waiting: Waiting = { act, promise, resolve, isOpen: true };
    this.#acts.set(callId, waiting);
    return { callId, isNew: true, outcome: this.#await(waiting, signal) };
  }

  /**
   * @throws ChatError `tool_call_not_found` for what was never asked, `tool_call_settled` for what has an outcome already,
   *   `invalid_request` for an outcome of another kind
   */
  settle(callId: string, outcome: ActOutcome): void {
    const waiting = this.#acts.get(callId);
    if (!waiting) throw notAsked();
    if (!waiting.isOpen) throw new ChatError('tool_call_settled', 'This call has its outcome already.');
    if (!fits(waiting.act, outcome))
      throw new ChatError('invalid_request', `result: is no outcome of ${waiting.act.name}`);
    waiting.isOpen = false;
    waiting.resolve(outcome);
  }

  async #await(waiting: Waiting, signal: AbortSignal): Promise<ActOutcome> {
    const { sleep, maxWaitMs } = this.#options;
    const enough = new AbortController();
    // Ends the waiting for whoever asked for the same again, too.
    const ms = waiting.act.name === 'page_tool' ? Math.min(maxWaitMs, MAX_PAGE_WAIT_MS) : maxWaitMs;
    const giveUp = async (): Promise<ActOutcome> => {
      await sleep(ms, AbortSignal.any([signal, enough.signal]));
      this.#isAlone = true;
      waiting.resolve({ ok: false, code: 'no_answer' });
      return waiting.promise;
    };
    const late = giveUp();
    // Aborted once there is an outcome, when nobody listens to it any more.
    late.catch(() => undefined);
    try {
      return await Promise.race([waiting.promise, late]);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      waiting.isOpen = false;
      enough.abort();
    }
  }

  /**
   * The same product, variant and quantity in the same turn is the same act, also when the turn is begun again after a
   * crash: a page that has done it answers from memory. The same for a function of the page and what goes into it. A look into the cart is a new one each time.
   */
  #idOf(act: ClientAct): string {
    const { turnId, attempt } = this.#options;
    const what =
      act.name === 'add_to_cart'
        ? [act.arguments.product.external_id, act.arguments.variant_id, act.arguments.quantity]
        : act.name === 'page_tool'
          ? [act.arguments.tool, act.arguments.input]
          : [attempt, ++this.#looks];
    const text = JSON.stringify([turnId, act.name, ...what]);
    return `act_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  }
}

function fits({ name }: ClientAct, outcome: ActOutcome): boolean {
  const isOfPage = name === 'page_tool';
  if (outcome.ok) return 'output' in outcome === isOfPage;
  return (isOfPage ? PAGE_ERROR_CODES : CART_ERROR_CODES).some((code) => code === outcome.code);
}

export function notAsked(): ChatError {
  return new ChatError(
    'tool_call_not_found',
    'Nothing waits for this outcome: the turn has not asked for it, or it is over. A turn that is begun again asks anew.',
  );
}

function pause(ms: number, signal: AbortSignal): Promise<unknown> {
  return wait(ms, undefined, { signal });
}
