export interface BackoffOptions {
  /** All in milliseconds: the longest first wait, the longest of all, and what attempts and waits may take in all. */
  baseMs: number;
  capMs: number;
  budgetMs: number;
  /** From 0 to 1. */
  random: () => number;
}

export interface FailedAttempt {
  tookMs: number;
  /** What the proxy asked for. */
  retryAfterMs: number;
}

/**
 * How long to wait before the next attempt; no I/O, no clock. Exponential with full jitter: of a thousand widgets that
 * lose their line together, each comes back at a moment of its own.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #spentMs = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Milliseconds to wait, what the proxy asked for included; null when it is time to give up. */
  next({ tookMs, retryAfterMs }: FailedAttempt): number | null {
    const { baseMs, capMs, budgetMs, random } = this.#options;
    const ceiling = Math.min(capMs, baseMs * 2 ** this.#failures++);
    const wait = retryAfterMs + random() * ceiling;
    this.#spentMs += tookMs + wait;
    return this.#spentMs > budgetMs ? null : wait;
  }

  /** The line works again, or there is news that it may. */
  reset(): void {
    this.#failures = 0;
    this.#spentMs = 0;
  }
}
