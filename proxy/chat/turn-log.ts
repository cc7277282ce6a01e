import { encodeFrame, type ChatEvent } from '../protocol/index.ts';

/** An event with its place in the turn. */
export interface LoggedEvent {
  /** From 1. */
  seq: number;
  event: ChatEvent;
  /** The event as it goes over the wire, made once for all who follow. */
  frame: string;
}

/**
 * What one turn has said so far, and whoever is listening. Appending and following never wait for each other: a follower
 * reads at its own pace from wherever it stopped.
 */
export class TurnLog {
  readonly turnId: string;
  readonly #events: LoggedEvent[] = [];
  readonly #wake = new Set<() => void>();
  #closed = false;
  #scheduled = false;

  constructor(turnId: string) {
    this.turnId = turnId;
  }

  append(event: ChatEvent): void {
    const seq = this.#events.length + 1;
    this.#events.push({ seq, event, frame: encodeFrame(this.turnId, seq, event) });
    this.#schedule();
  }

  /** No more events will come. */
  close(): void {
    this.#closed = true;
    this.#schedule();
  }

  /**
   * What comes after the event number `after`, in batches: first all that is there, then what comes. Ends with the turn,
   * or when `signal` is aborted.
   */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LoggedEvent[], void> {
    let next = after;
    let wake = () => {};
    // One listener for the whole time: adding and removing it at every event costs more than the event.
    const leave = () => wake();
    signal.addEventListener('abort', leave, { once: true });
    try {
      while (!signal.aborted) {
        if (next < this.#events.length) {
          const batch = this.#events.slice(next);
          next += batch.length;
          yield batch;
        } else if (this.#closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#wake.add(resolve);
          });
        }
      }
    } finally {
      this.#wake.delete(wake);
      signal.removeEventListener('abort', leave);
    }
  }

  /**
   * Followers wake once per turn of the event loop: deltas that came in one read from the model leave in one write, and
   * a write costs more than all else that is done for a delta (docs/performance.md).
   */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const wake of this.#wake) wake();
      this.#wake.clear();
    });
  }
}
