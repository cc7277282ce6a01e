import type { CartEvent, ClientToolEvent } from '../../proxy/protocol/index.ts';
import { systemClock } from '../transport/clock.ts';
import type { CartActs } from './cart-acts.ts';

export interface LaterActsOptions {
  /** Null when it can't be had. */
  load: () => Promise<CartActs | null>;
  /** It could not be had, and is fetched again. */
  onMissed: () => void;
  /** Aborted when the host leaves the page. */
  life: () => AbortSignal;
  /** How soon it is fetched again, in milliseconds. */
  againMs?: number;
}

/** What acts in the shopper's cart, brought by the first act; what it is told waits for it, in order. */
export class LaterActs {
  readonly #options: LaterActsOptions;
  #acts: Promise<CartActs | null> | null = null;

  constructor(options: LaterActsOptions) {
    this.#options = options;
  }

  heard(event: ClientToolEvent | CartEvent, turnId: string): void {
    if (event.type === 'client_tool') {
      this.#acts ??= this.#bring();
      void this.#tell((acts) => acts.receive(event, turnId));
    } else void this.#tell((acts) => acts.settled(event.call_id));
  }

  drop(): void {
    void this.#tell((acts) => acts.drop());
  }

  answer(callId: string, agreed: boolean): Promise<void> {
    return this.#tell((acts) => acts.answer(callId, agreed));
  }

  /** Never gives up while the host is there: the turn waits for what shall be done. */
  async #bring(): Promise<CartActs | null> {
    const { load, onMissed, life, againMs = 5_000 } = this.#options;
    const signal = life();
    while (!signal.aborted) {
      const acts = await load();
      if (acts) return acts;
      onMissed();
      await systemClock.sleep(againMs, signal).catch(() => {});
    }
    this.#acts = null;
    return null;
  }

  /** Nothing where no act has come. */
  async #tell(tell: (acts: CartActs) => unknown): Promise<void> {
    const acts = await this.#acts;
    if (acts) await tell(acts);
  }
}
