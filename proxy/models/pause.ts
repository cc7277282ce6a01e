import { setTimeout as delay } from 'node:timers/promises';

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits; throws the signal's reason when it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Twice as long each time, at most `capMs`, and shortened by up to a half so that many clients don't come back together. */
export function backoff(
  tries: number,
  { baseMs, capMs }: { baseMs: number; capMs: number },
  random: () => number,
): number {
  return Math.min(capMs, baseMs * 2 ** (tries - 1)) * (1 - random() / 2);
}
