import type { ChatEvent } from '../../protocol/index.ts';

/** An answer that is being made, for those who asked the same meanwhile. Who makes it waits for none of them. */
export class Flight {
  readonly #events: ChatEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #state: 'under way' | 'whole' | 'void' = 'under way';

  get isOver(): boolean {
    return this.#state !== 'under way';
  }

  tell(event: ChatEvent): void {
    if (this.isOver) return;
    this.#events.push(event);
    this.#wakeUp();
  }

  /** Once; what comes later changes nothing. @param whole whether it may be told to others to its end */
  end(whole: boolean): void {
    if (this.isOver) return;
    this.#state = whole ? 'whole' : 'void';
    this.#wakeUp();
  }

  /**
   * What was told and what comes, live.
   * @param patienceMs how long to wait for the next event
   * @returns false when it can't be told to its end: whoever follows has to ask for themselves
   * @throws `signal.reason`
   */
  async *follow(signal: AbortSignal, patienceMs: number): AsyncGenerator<ChatEvent, boolean> {
    let wake = () => {};
    let patient = true;
    // One timer and one listener for the whole time: an event is cheaper than making either.
    const timer = setTimeout(() => {
      patient = false;
      wake();
    }, patienceMs);
    const leave = () => wake();
    signal.addEventListener('abort', leave, { once: true });
    try {
      for (let next = 0; ;) {
        signal.throwIfAborted();
        if (this.#state === 'void') return false;
        if (next < this.#events.length) {
          yield this.#events[next++]!;
          // The reader's own time doesn't count.
          patient = true;
          timer.refresh();
        } else if (this.#state === 'whole') {
          return true;
        } else if (!patient) {
          return false;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            this.#waiting.add(resolve);
          });
        }
      }
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(wake);
      signal.removeEventListener('abort', leave);
    }
  }

  #wakeUp(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
