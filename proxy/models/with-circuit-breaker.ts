import {
  circuitBreaker,
  CircuitState,
  DelegateBackoff,
  handleWhen,
  type IBreaker,
  isBrokenCircuitError,
} from 'cockatiel';
import { ChatError } from '../errors.ts';
import { answerOf, begin, type Begun } from './begun.ts';
import type { CircuitReport, Model, ModelRequest } from './types.ts';

/** First probe after so long, then twice as long each time. */
const PROBE_MS = { first: 5_000, longest: 60_000, asked: 600_000 };
/** What somebody has to mend is not mended in seconds. */
const STANDING_PROBE_MS = 60_000;
const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
} as const;

export interface CircuitOptions {
  log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
  /** Failures in a row that open the circuit … */
  minFailures?: number;
  /** … if the row has lasted so long. Refusals come back in a moment and answers take their time: of two hundred requests
   * at once the failures are the first sixty to return, and say nothing yet. */
  minSpanMs?: number;
}

export interface GuardedModel extends Model {
  circuit(): CircuitReport;
}

/**
 * Stops asking a model that doesn't answer, and asks it with one request at a time (a probe) until it does. Beginnings
 * count: once an answer has begun, the provider is there. What stands (no credit, a wrong key) opens the circuit at once,
 * and is told as an error in the log, once. A rate limit opens nothing: the provider is there, and says when to come back.
 *
 * The state machine is cockatiel's, which reads `Date.now`; its half-open queue is not used, since who waits for the probe
 * of somebody else waits without a bound.
 */
export function withCircuitBreaker(
  model: Model,
  { log, minFailures = 10, minSpanMs = 5_000 }: CircuitOptions,
): GuardedModel {
  let last: ChatError | undefined;
  let broken = false;
  let since = Date.now();
  let probeAt = 0;

  const policy = circuitBreaker(
    handleWhen((error) => (error === STOPPED ? policy.state === CircuitState.HalfOpen : isOutage(error))),
    {
      breaker: new Row(() => last?.fault === 'standing', { minFailures, minSpanMs }),
      halfOpenAfter: new DelegateBackoff(({ attempt }) => {
        const wait = probeAfter(last, attempt);
        probeAt = Date.now() + wait;
        return wait;
      }),
    },
  );
  policy.onBreak(() => {
    if (broken) return;
    broken = true;
    since = Date.now();
    const fields = { model: model.id, code: last?.code, err: last?.cause };
    if (last?.fault === 'standing') log.error(fields, 'the model is asked no more until somebody mends this');
    else log.warn(fields, 'the model does not answer and is asked no more for now');
  });
  policy.onReset(() => {
    broken = false;
    since = Date.now();
    log.info({ model: model.id }, 'the model answers again');
  });

  async function attempt(request: ModelRequest, signal: AbortSignal): Promise<Begun> {
    try {
      return await begin(model, request, signal);
    } catch (error) {
      // A probe that was stopped has found out nothing; cockatiel would take it for a success.
      if (signal.aborted) throw STOPPED;
      if (isOutage(error)) last = error;
      throw error;
    }
  }

  async function open(request: ModelRequest, signal: AbortSignal): Promise<Begun> {
    signal.throwIfAborted();
    if (policy.state === CircuitState.HalfOpen || (policy.state === CircuitState.Open && Date.now() < probeAt)) {
      throw refusal(last, probeAt - Date.now());
    }
    try {
      return await policy.execute(() => attempt(request, signal));
    } catch (error) {
      if (error === STOPPED) signal.throwIfAborted();
      // cockatiel looks at the clock by itself, and may be a millisecond behind.
      if (isBrokenCircuitError(error)) throw refusal(last, probeAt - Date.now());
      throw error;
    }
  }

  return {
    id: model.id,
    stream: (request, signal) => answerOf(() => open(request, signal)),
    circuit: () => ({ model: model.id, state: STATES[policy.state], since, lastError: last?.code ?? null }),
  };
}

const STOPPED = new Error('The reader left before the answer began.');

/** The provider's failure, not one of this conversation. */
function isOutage(error: unknown): error is ChatError {
  if (!(error instanceof ChatError)) return false;
  if (error.fault === 'standing') return true;
  return ['model_unavailable', 'model_timeout', 'model_interrupted'].includes(error.code);
}

function probeAfter(error: ChatError | undefined, attempt: number): number {
  if (error?.fault === 'standing') return STANDING_PROBE_MS;
  const wait = Math.min(PROBE_MS.longest, PROBE_MS.first * 2 ** (attempt - 1));
  return Math.max(wait, Math.min(PROBE_MS.asked, error?.retryAfterMs ?? 0));
}

function refusal(error: ChatError | undefined, probeInMs: number): ChatError {
  const code = error?.fault === 'standing' ? error.code : 'model_unavailable';
  const said = 'The model is not asked at the moment: its last requests failed.';
  return new ChatError(code, said, { cause: error?.cause, retryAfterMs: Math.max(1_000, probeInMs), tries: 0 });
}

interface RowOptions {
  minFailures: number;
  minSpanMs: number;
}

/** Counts failures without a success in between. */
class Row implements IBreaker {
  state: unknown;
  readonly #isStanding: () => boolean;
  readonly #options: RowOptions;
  #length = 0;
  #startedAt = 0;

  constructor(isStanding: () => boolean, options: RowOptions) {
    this.#isStanding = isStanding;
    this.#options = options;
  }

  success(): void {
    this.#length = 0;
  }

  failure(): boolean {
    if (this.#length++ === 0) this.#startedAt = Date.now();
    const { minFailures, minSpanMs } = this.#options;
    return this.#isStanding() || (this.#length >= minFailures && Date.now() - this.#startedAt >= minSpanMs);
  }
}
