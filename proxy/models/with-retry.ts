import { ChatError } from '../errors.ts';
import { answerOf, begin, type Begun, prefix } from './begun.ts';
import { backoff, pause, type Sleep } from './pause.ts';
import type { Model, ModelRequest } from './types.ts';

/** A provider that asks for a longer wait than this gets no second try: the shopper is told when to come back. */
const MAX_WAIT_MS = 10_000;
/** 0.5 s, 1 s, 2 s … at most 8 s. */
const BACKOFF = { baseMs: 500, capMs: 8_000 };

export interface RetryOptions {
  maxAttempts?: number;
  /** No try begins later than this after the first one; a provider may take a minute for each. */
  giveUpAfterMs?: number;
  /** Failures that another wrapper deals with. */
  leave?: (error: ChatError) => boolean;
  /** Rejects when the signal is aborted. */
  sleep?: Sleep;
  /** 0 ≤ x < 1. */
  random?: () => number;
  now?: () => number;
}

/**
 * Asks again after a failure that passes, and only then: no byte of an answer had come. So nothing is said twice, and
 * nothing paid twice as far as we know. An answer that took more than one try begins with a `retried` event. Throws the
 * last failure, with all tries counted.
 */
export function withRetry(
  model: Model,
  {
    maxAttempts = 3,
    giveUpAfterMs = 60_000,
    leave = () => false,
    sleep = pause,
    random = Math.random,
    now = Date.now,
  }: RetryOptions = {},
): Model {
  /** Milliseconds; undefined for what is not tried again. */
  function waitAfter(error: unknown, tries: number): number | undefined {
    if (!(error instanceof ChatError) || error.fault !== 'passing' || leave(error)) return undefined;
    const wait = error.retryAfterMs ?? backoff(tries, BACKOFF, random);
    return tries >= maxAttempts || wait > MAX_WAIT_MS ? undefined : wait;
  }

  async function open(request: ModelRequest, signal: AbortSignal): Promise<Begun> {
    const startedAt = now();
    let failedTries = 0;
    for (let tries = 1; ; tries++) {
      try {
        const begun = await begin(model, request, signal);
        return failedTries === 0 ? begun : prefix({ type: 'retried', failedTries }, begun);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ChatError) {
          failedTries += error.tries;
          error.tries = failedTries;
        }
        const wait = waitAfter(error, tries);
        if (wait === undefined || now() + wait - startedAt > giveUpAfterMs) throw error;
        await sleep(wait, signal);
      }
    }
  }

  return { id: model.id, stream: (request, signal) => answerOf(() => open(request, signal)) };
}
