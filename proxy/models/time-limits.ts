import { ChatError } from '../errors.ts';

export interface TimeLimitsOptions {
  /** Longest silence of the model, counted in events. */
  idleTimeoutMs: number;
  /** Longest call. */
  totalTimeoutMs: number;
}

/**
 * One signal for all that ends a call of the model early: the caller, the deadline, the model's silence. Its `reason` is
 * what the caller shall see. The SDK's `timeout` can't do this, it ends with the headers; and a socket that a relay
 * keeps warm with comments is never idle, so silence is counted in events.
 */
export class TimeLimits {
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #caller: AbortSignal;
  readonly #onAbort = (): void => this.#stop.abort(this.#caller.reason);
  readonly #deadline: NodeJS.Timeout;
  readonly #idleTimeoutMs: number;
  #idle: NodeJS.Timeout | undefined;
  #held = false;

  constructor(caller: AbortSignal, { idleTimeoutMs, totalTimeoutMs }: TimeLimitsOptions) {
    this.signal = this.#stop.signal;
    this.#caller = caller;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#deadline = setTimeout(
      () => this.#stop.abort(new ChatError('model_timeout', `The model took longer than ${totalTimeoutMs} ms in all.`)),
      totalTimeoutMs,
    );
    if (caller.aborted) this.#onAbort();
    else caller.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** The model gave a sign of life, or begins to owe one. */
  alive(): void {
    this.#held = false;
    if (this.#idle === undefined) this.#idle = setTimeout(() => this.#silent(), this.#idleTimeoutMs);
    else this.#idle.refresh();
  }

  /** From here to the next `alive` the model owes nothing: its reader takes the time, or another watch is on. */
  hold(): void {
    this.#held = true;
  }

  end(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#idle);
    this.#caller.removeEventListener('abort', this.#onAbort);
  }

  #silent(): void {
    if (this.#held) return;
    this.#stop.abort(new ChatError('model_timeout', `The model was silent for ${this.#idleTimeoutMs} ms.`));
  }
}
