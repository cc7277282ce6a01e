import type { Clock } from './clock.ts';
import type { Arrival, Cursor } from './cursor.ts';
import { trouble } from './load.ts';
import type { WatchPage } from './page-life.ts';
import type { Persistence } from './persistence.ts';
import { isLostLine, TransportError } from './types.ts';
import type { TransportEvent } from './types.ts';

/** One connection: brings what comes after the cursor, and ends or rejects whenever it likes. */
export type Line = (cursor: Cursor, signal: AbortSignal) => AsyncIterable<Arrival>;

export interface ReconnectOptions {
  clock: Clock;
  watch: WatchPage;
  /** From 0 to 1. */
  random: () => number;
}

/** How long it goes on without a sign of life, and how far apart its attempts get, in milliseconds. */
export interface Patience {
  budgetMs: number;
  capMs: number;
}

/** For what the shopper has asked for already: it is only a matter of time. */
const LASTING: Patience = { budgetMs: 10 * 60_000, capMs: 15_000 };
/** How soon what brings a line back is asked for again, in milliseconds. */
const AGAIN_MS = 1_000;

/**
 * A turn and a request as if no line were ever lost. The first attempts need nothing more than the line; what makes others, and
 * cuts short those that the page has slept through, comes with the first loss or the second turn.
 */
export function createReconnect(options: ReconnectOptions) {
  let followed = false;

  const ready = (): Persistence | undefined => trouble.there()?.createPersistence(options);

  /** Tries for as long as the patience allows: where it comes from, there was no line a moment ago. @throws `cause` */
  async function rescue(signal: AbortSignal, { budgetMs }: Patience, cause: TransportError): Promise<Persistence> {
    const until = options.clock.now() + budgetMs;
    for (;;) {
      const part = await trouble.bring();
      signal.throwIfAborted();
      if (part) return part.createPersistence(options);
      if (options.clock.now() > until) throw cause;
      await options.clock.sleep(AGAIN_MS, signal);
    }
  }

  return {
    /**
     * The turn's events from the cursor on, each once and in order, until `done` or `gap`. Between them a `line` event tells
     * when the line is lost and when it is back. Rejects when the proxy refuses for good, or with `interrupted` after
     * ten minutes of trying.
     */
    async *follow(line: Line, cursor: Cursor, signal: AbortSignal): AsyncGenerator<TransportEvent, void, undefined> {
      if (followed) void trouble.bring();
      followed = true;
      let persistence = ready();
      let cause: TransportError | undefined;
      if (!persistence) {
        try {
          for await (const arrival of line(cursor, signal)) {
            const event = eventOf(arrival, cursor);
            if (event) yield event;
            if (isLast(event)) return;
          }
          cause = tooEarly();
        } catch (error) {
          cause = lossOf(error, signal);
        }
        yield { type: 'line', up: false };
        persistence = await rescue(signal, LASTING, cause);
      }
      yield* persistence.follow(line, cursor, signal, LASTING, cause);
    },

    /** Sends until an answer comes, as long as `patience` allows. What it sends must be harmless when it arrives twice. */
    async insist<T>(send: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, patience = LASTING): Promise<T> {
      let persistence = ready();
      let cause: TransportError | undefined;
      if (!persistence) {
        try {
          return await send(signal);
        } catch (error) {
          cause = lossOf(error, signal);
        }
        persistence = await rescue(signal, patience, cause);
      }
      return persistence.insist(send, signal, patience, cause);
    },
  };
}

/** What an arrival tells that is new. */
export function eventOf(arrival: Arrival, cursor: Cursor): ReturnType<Cursor['accept']> {
  return arrival.type === 'event' ? cursor.accept(arrival.id, arrival.event) : null;
}

export function isLast(event: ReturnType<Cursor['accept']>): boolean {
  return event?.type === 'done' || event?.type === 'gap';
}

/** The line ended by itself. */
export function tooEarly(): TransportError {
  return new TransportError('interrupted', 'The answer has no end.', { retryable: true });
}

/** @throws what is no loss of the line, or is the shopper's own wish */
export function lossOf(error: unknown, signal: AbortSignal): TransportError {
  signal.throwIfAborted();
  if (!isLostLine(error)) throw error;
  return error;
}
