import { setTimeout as delay } from 'node:timers/promises';
import type { ChatError } from '../errors.ts';

/** A provider that asks for a longer wait than this gets no second try: the shopper is told when to come back. */
const MAX_WAIT_MS = 10_000;
const BASE_MS = 500;
const CAP_MS = 8_000;

export interface Failure {
  error: ChatError;
  /** Whether the same request may well succeed in a moment. */
  transient: boolean;
}

export interface RetryOptions {
  maxAttempts: number;
  /** Rejects when the signal is aborted. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1. */
  random?: () => number;
}

/** Tries until `attempt` succeeds, fails for good, or was tried often enough. Throws the last failure's ChatError. */
export async function retry<T>(
  attempt: () => Promise<T>,
  toFailure: (error: unknown) => Failure,
  signal: AbortSignal,
  {
    maxAttempts,
    sleep = (ms, aborted) => delay(ms, undefined, { signal: aborted }),
    random = Math.random,
  }: RetryOptions,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (thrown) {
      signal.throwIfAborted();
      const { error, transient } = toFailure(thrown);
      if (!transient || tries >= maxAttempts || (error.retryAfterMs ?? 0) > MAX_WAIT_MS) throw error;
      await sleep(error.retryAfterMs ?? backoff(tries, random), signal);
    }
  }
}

/** 0.5 s, 1 s, 2 s … at most 8 s, each shortened by up to a half so that many clients don't come back together. */
function backoff(tries: number, random: () => number): number {
  return Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1)) * (1 - random() / 2);
}
