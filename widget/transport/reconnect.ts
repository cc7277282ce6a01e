import type { Cursor } from './cursor.ts';
import {
  eventOf,
  isLast,
  lossOf,
  SILENCE_MS,
  tooEarly,
  type Line,
  type Patience,
  type ReconnectOptions,
} from './line.ts';
import { trouble } from './load.ts';
import type { Persistence } from './persistence.ts';
import type { TransportError, TransportEvent } from './types.ts';

/** For what the shopper has asked for already: it is only a matter of time. */
const LASTING: Patience = { budgetMs: 10 * 60_000, capMs: 15_000 };
/** How soon what brings a line back is asked for again, in milliseconds. */
const AGAIN_MS = 1_000;

/**
 * A turn and a request as if no line were ever lost. The first attempts need nothing more than the line; what makes others comes
 * with the first loss or the second turn.
 */
export function createReconnect(options: ReconnectOptions) {
  let followed = false;
  /** Looks at the line of the first turn. */
  let woken = (): void => {};

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
    woken: () => woken(),

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
        const { clock } = options;
        const slept = new AbortController();
        let heardAt = clock.now();
        woken = () => {
          if (clock.now() - heardAt > SILENCE_MS) slept.abort(tooEarly());
        };
        try {
          for await (const arrival of line(cursor, AbortSignal.any([signal, slept.signal]))) {
            heardAt = clock.now();
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
