import { setTimeout as delay } from 'node:timers/promises';
import { ChatError } from '../errors.ts';

/** A store that says "not now" is asked again so often, and waited for so long, before the rest is left for the next time. */
const TRIES = 3;
const MAX_WAIT_MS = 60_000;
const SHORT_WAIT_MS = 1_000;

interface AgainOptions {
  signal: AbortSignal;
  /** In milliseconds. @throws the signal's reason */
  wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Once more where the store says that it would do, after the time it says. */
export async function again<R>(ask: (signal: AbortSignal) => Promise<R>, options: AgainOptions): Promise<R> {
  const { signal, wait = pause } = options;
  for (let tries = 1; ; tries++) {
    try {
      return await ask(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ChatError) || error.fault !== 'passing' || tries >= TRIES) throw error;
      const { retryAfterMs = SHORT_WAIT_MS * tries } = error;
      if (retryAfterMs > MAX_WAIT_MS) throw error;
      await wait(retryAfterMs, signal);
    }
  }
}

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}
