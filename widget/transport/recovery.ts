import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { SILENCE_MS } from './line.ts';
import type { WatchPage } from './page-life.ts';
import { TransportError } from './types.ts';

export interface RecoveryOptions {
  backoff: Backoff;
  clock: Clock;
  watch: WatchPage;
  /** Ends the whole undertaking. */
  signal: AbortSignal;
}

/** Several reasons to wake up within this time are one. */
const WAKE_EVERY_MS = 1_000;
/** An attempt counts as this long at most: a computer that slept for hours has not tried for hours. */
const ATTEMPT_MS = 60_000;
/** The longest wait that timers know, over three weeks. */
const FOREVER_MS = 2 ** 31 - 1;

/**
 * What happens between two attempts of the same thing: the wait, and all that can cut it or the attempt itself short.
 * Use in turns: `attempt()`, then `heard()` as things arrive, and after a lost line `pause()`.
 */
export class Recovery {
  readonly #backoff: Backoff;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #attempt = new AbortController();
  #startedAt: number;
  #heardAt: number;
  /** Set while it waits. */
  #waiting: AbortController | null = null;
  #resting = false;
  /** The attempt was given up because another is likely to succeed: no wait. */
  #hurry = false;
  #wokenAt = -Infinity;

  constructor({ backoff, clock, watch, signal }: RecoveryOptions) {
    this.#backoff = backoff;
    this.#clock = clock;
    this.#signal = signal;
    this.#startedAt = this.#heardAt = clock.now();
    watch({ wake: () => this.#wake(), rest: () => this.#rest() }, signal);
  }

  /** Begins one; the signal ends it early. */
  attempt(): AbortSignal {
    this.#attempt = new AbortController();
    this.#startedAt = this.#heardAt = this.#clock.now();
    return AbortSignal.any([this.#signal, this.#attempt.signal]);
  }

  /** Bytes came. `healthy`: enough to say that the line works again, not just that somebody picked up. */
  heard(healthy: boolean): void {
    this.#heardAt = this.#clock.now();
    if (healthy) this.#backoff.reset();
  }

  /** Waits for the time of the next attempt; resolves with false when there have been enough of them. */
  async pause({ retryAfterMs = 0 }: TransportError): Promise<boolean> {
    if (!this.#hurry && !this.#resting) {
      const tookMs = Math.min(this.#clock.now() - this.#startedAt, ATTEMPT_MS);
      const wait = this.#backoff.next({ tookMs, retryAfterMs });
      if (wait === null) return false;
      // Waking up is no reason to come back earlier than the proxy asked for.
      await this.#clock.sleep(retryAfterMs, this.#signal);
      await this.#sleepUntilWoken(wait - retryAfterMs);
    }
    this.#hurry = false;
    while (this.#resting) await this.#sleepUntilWoken(FOREVER_MS);
    return true;
  }

  async #sleepUntilWoken(ms: number): Promise<void> {
    const waiting = (this.#waiting = new AbortController());
    try {
      await this.#clock.sleep(ms, AbortSignal.any([this.#signal, waiting.signal]));
    } catch (error) {
      if (this.#signal.aborted) throw error;
    } finally {
      this.#waiting = null;
    }
  }

  #wake(): void {
    const now = this.#clock.now();
    if (!this.#resting && now - this.#wokenAt < WAKE_EVERY_MS) return;
    this.#wokenAt = now;
    this.#resting = false;
    this.#backoff.reset();
    if (this.#waiting) this.#waiting.abort();
    else if (now - this.#heardAt > SILENCE_MS) this.#cut('The line was silent when the page woke up.');
  }

  /** A frozen page can't read, and an open stream would keep it out of the browser's cache. */
  #rest(): void {
    this.#resting = true;
    this.#attempt.abort(new TransportError('interrupted', 'The page was left.', { retryable: true }));
  }

  #cut(message: string): void {
    this.#hurry = true;
    this.#attempt.abort(new TransportError('interrupted', message, { retryable: true }));
  }
}
