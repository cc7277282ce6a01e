import { unreached } from '../explain-origin.ts';
import { Backoff } from './backoff.ts';
import type { Cursor } from './cursor.ts';
import { eventOf, isLast, lossOf, tooEarly, type Line, type Patience, type ReconnectOptions } from './line.ts';
import { watchPage } from './page-life.ts';
import { Recovery } from './recovery.ts';
import { TransportError } from './types.ts';
import type { TransportEvent } from './types.ts';

const BASE_MS = 500;

/** Makes one turn of as many connections as it takes, and one request of as many attempts. */
export interface Persistence {
  /** As `Reconnect` says. `cause`: the line was lost already. */
  follow(
    line: Line,
    cursor: Cursor,
    signal: AbortSignal,
    patience: Patience,
    cause?: TransportError,
  ): AsyncGenerator<TransportEvent, void, undefined>;
  /** `cause`: it was sent already, without an answer. */
  insist<T>(
    send: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    patience: Patience,
    cause?: TransportError,
  ): Promise<T>;
}

/** Proxies of which it was said that they can't be reached. */
const missed = new Set<string>();

export function createPersistence({ clock, watch = watchPage, random, base, shop }: ReconnectOptions): Persistence {
  /** At once and not when the patience is over: whoever has just put the widget on a page may be looking. In Node there is no page. */
  function tell({ code }: TransportError): void {
    const origin = globalThis.location?.origin;
    if (code !== 'network' || !origin || new URL(base).origin === origin || missed.has(base)) return;
    missed.add(base);
    console.error(unreached({ shop, proxy: base, origin }));
  }

  /** `end` lets go of the page's events. */
  function recover(signal: AbortSignal, patience: Patience): { recovery: Recovery; end: () => void } {
    const over = new AbortController();
    const backoff = new Backoff({ baseMs: BASE_MS, ...patience, random });
    const recovery = new Recovery({ backoff, clock, watch, signal: AbortSignal.any([signal, over.signal]) });
    return { recovery, end: () => over.abort() };
  }

  return {
    async *follow(line, cursor, signal, patience, cause) {
      const { recovery, end } = recover(signal, patience);
      let lost = cause !== undefined;
      try {
        for (;;) {
          if (cause && !(await recovery.pause(cause))) {
            throw new TransportError('interrupted', 'The line was lost for too long.', { retryable: true, cause });
          }
          try {
            for await (const arrival of line(cursor, recovery.attempt())) {
              recovery.heard(arrival.type !== 'open');
              if (lost) yield { type: 'line', up: true };
              lost = false;
              const event = eventOf(arrival, cursor);
              if (event) yield event;
              if (isLast(event)) return;
            }
            cause = tooEarly();
          } catch (error) {
            cause = lossOf(error, signal);
          }
          if (!lost) yield { type: 'line', up: false };
          lost = true;
        }
      } finally {
        end();
      }
    },

    async insist(send, signal, patience, cause) {
      const { recovery, end } = recover(signal, patience);
      try {
        for (;;) {
          if (cause) tell(cause);
          if (cause && !(await recovery.pause(cause))) throw cause;
          try {
            return await send(recovery.attempt());
          } catch (error) {
            cause = lossOf(error, signal);
          }
        }
      } finally {
        end();
      }
    },
  };
}
