import type { ChatEvent, ChatRequest, EventId } from '../../proxy/protocol/index.ts';
import { TransportError } from './types.ts';

/** What comes over a connection. */
export type Arrival =
  /** The proxy has answered; whether it goes on to say something is open. */
  | { type: 'open' }
  /** The line is warm. */
  | { type: 'ping' }
  /** `event` is null for one that this version doesn't know; it counts all the same. */
  | { type: 'event'; id: EventId | null; event: ChatEvent | null };

export interface CursorOptions {
  /** Null while the turn has no id yet: then `question` is what starts or joins it. */
  turnId: string | null;
  question: ChatRequest | null;
  /** Number of the last event seen. */
  after: number;
}

/** Where a reader is in a turn. It makes replays harmless: what was seen is not seen again, whatever the cut. */
export class Cursor {
  readonly question: ChatRequest | null;
  #turnId: string | null;
  #seq: number;

  constructor({ turnId, question, after }: CursorOptions) {
    this.#turnId = turnId;
    this.question = question;
    this.#seq = after;
  }

  get turnId(): string | null {
    return this.#turnId;
  }

  get seq(): number {
    return this.#seq;
  }

  /** The turn that the question has started. */
  found(turnId: string): void {
    this.#turnId ??= turnId;
  }

  /**
   * The event, if it is the next one of this turn, or a `gap`; null for what was seen already, is another turn's, or isn't
   * known. @throws TransportError `interrupted` when events before it are missing: only asking again can bring them.
   */
  accept(id: EventId | null, event: ChatEvent | null): ChatEvent | null {
    if (event?.type === 'gap') return event;
    if (id === null || (this.#turnId !== null && id.turnId !== this.#turnId) || id.seq <= this.#seq) return null;
    if (id.seq > this.#seq + 1) {
      throw new TransportError('interrupted', `${id.seq} came after ${this.#seq}.`, { retryable: true });
    }
    this.#turnId = id.turnId;
    this.#seq = id.seq;
    return event;
  }
}
