import { LRUCache } from 'lru-cache';

/** Threads that are remembered; a forgotten one is counted again when it matters. */
const MAX_THREADS = 10_000;
/** Shares are rounded up to steps of it, so that a window doesn't move with every count. */
const STEP = 0.05;
/** No tokenizer takes less of what we reckon than that; a smaller count is a mistake of the provider's. */
const LEAST = 0.3;

/** A turn of a thread, as we reckon it. */
interface Turn {
  messages: readonly { createdAt: number }[];
  tokens: number;
}

interface Counted {
  /** Created up to then, ms since 1970. */
  until: number;
  share: number;
}

/**
 * What providers have counted of long threads. Our own reckoning never says too little, and for most languages far too much;
 * by it alone a thread would lose its older turns while there is room for them.
 */
export class TokenCounts {
  readonly #threads = new LRUCache<string, Counted>({ max: MAX_THREADS });

  /**
   * @param turns that were counted
   * @param reckoned by us, for the same request
   */
  keep(threadId: string, turns: readonly Turn[], counted: number, reckoned: number): void {
    const until = createdAt(turns.at(-1));
    if (until === undefined || reckoned <= 0) return;
    const share = Math.ceil(counted / reckoned / STEP) * STEP;
    this.#threads.set(threadId, { until, share: Math.min(1, Math.max(LEAST, share)) });
  }

  /** Tokens of each turn: as counted, where that was done, else as we reckon. */
  weigh(threadId: string, turns: readonly Turn[]): number[] {
    const known = this.#threads.get(threadId);
    return turns.map((turn) => (known && covers(known, turn) ? Math.ceil(turn.tokens * known.share) : turn.tokens));
  }

  /** Whether all of these turns have been counted. */
  covers(threadId: string, turns: readonly Turn[]): boolean {
    const known = this.#threads.get(threadId);
    return turns.every((turn) => known !== undefined && covers(known, turn));
  }
}

function covers({ until }: Counted, turn: Turn): boolean {
  return (createdAt(turn) ?? Infinity) <= until;
}

function createdAt(turn: Turn | undefined): number | undefined {
  return turn?.messages.at(-1)?.createdAt;
}
