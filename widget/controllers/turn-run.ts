import type { Transport } from '../transport/types.ts';

export interface TurnRunOptions {
  transport: Transport;
  /** What the state calls the turn. */
  key: string;
  /** Null until its first event. */
  turnId: string | null;
  /** Whether it was asked in this tab. */
  own: boolean;
  /** How long a stopped turn may take to end, in milliseconds. Then the view lets go of it. */
  patienceMs: number;
  /** Aborted when the host leaves the page. */
  life: AbortSignal;
}

/** One turn on its way to the view, and how the shopper gets rid of it. */
export class TurnRun {
  readonly key: string;
  readonly own: boolean;
  /** Resolves when the turn has ended, or when the end of one that is unwanted takes too long. Never rejects. */
  readonly over: Promise<null>;
  readonly #transport: Transport;
  readonly #patienceMs: number;
  readonly #life: AbortSignal;
  readonly #abort = new AbortController();
  #turnId: string | null;
  #patience: ReturnType<typeof setTimeout> | null = null;
  #finish!: (value: null) => void;

  constructor({ transport, key, turnId, own, patienceMs, life }: TurnRunOptions) {
    this.key = key;
    this.own = own;
    this.#transport = transport;
    this.#turnId = turnId;
    this.#patienceMs = patienceMs;
    this.#life = life;
    this.over = new Promise((resolve) => (this.#finish = resolve));
  }

  get signal(): AbortSignal {
    return AbortSignal.any([this.#life, this.#abort.signal]);
  }

  get turnId(): string | null {
    return this.#turnId;
  }

  /** The shopper doesn't want it any more. */
  get unwanted(): boolean {
    return this.#patience !== null;
  }

  started(turnId: string): void {
    this.#turnId = turnId;
    if (this.unwanted) void this.#cancel(turnId);
  }

  /** Cancels the turn as soon as its id is known, however long the line is lost; the view waits for it in bounds. */
  discard(): void {
    if (this.unwanted) return;
    this.#patience = setTimeout(() => this.#finish(null), this.#patienceMs);
    if (this.#turnId !== null) void this.#cancel(this.#turnId);
  }

  /** Stops following; the turn goes on. */
  leave(): void {
    this.#abort.abort();
  }

  ended(): void {
    if (this.#patience !== null) clearTimeout(this.#patience);
    this.#finish(null);
  }

  async #cancel(turnId: string): Promise<void> {
    try {
      await this.#transport.cancel(turnId, this.#life);
    } catch {
      // The proxy can't be told, so there is no end to wait for. If the turn still runs, the next question says so.
      this.leave();
    }
  }
}
