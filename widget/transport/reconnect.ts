import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Arrival, Cursor } from './cursor.ts';
import type { WatchPage } from './page-life.ts';
import { Recovery } from './recovery.ts';
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

const BASE_MS = 500;
/** For what the shopper has asked for already: it is only a matter of time. */
const LASTING: Patience = { budgetMs: 10 * 60_000, capMs: 15_000 };

/** Makes one turn of as many connections as it takes, and one request of as many attempts. */
export function createReconnect({ clock, watch, random }: ReconnectOptions) {
  /** `end` lets go of the page's events. */
  function recover(signal: AbortSignal, patience: Patience): { recovery: Recovery; end: () => void } {
    const over = new AbortController();
    const backoff = new Backoff({ baseMs: BASE_MS, ...patience, random });
    const recovery = new Recovery({ backoff, clock, watch, signal: AbortSignal.any([signal, over.signal]) });
    return { recovery, end: () => over.abort() };
  }

  return {
    /**
     * The turn's events from the cursor on, each once and in order, until `done` or `gap`. Between them a `line` event tells
     * when the line is lost and when it is back. Rejects when the proxy refuses for good, or with `interrupted` after
     * ten minutes of trying.
     */
    async *follow(line: Line, cursor: Cursor, signal: AbortSignal): AsyncGenerator<TransportEvent, void, undefined> {
      const { recovery, end } = recover(signal, LASTING);
      let lost = false;
      try {
        for (;;) {
          let cause: TransportError;
          try {
            for await (const arrival of line(cursor, recovery.attempt())) {
              recovery.heard(arrival.type !== 'open');
              if (lost) yield { type: 'line', up: true };
              lost = false;
              const event = arrival.type === 'event' ? cursor.accept(arrival.id, arrival.event) : null;
              if (event) yield event;
              if (event?.type === 'done' || event?.type === 'gap') return;
            }
            cause = new TransportError('interrupted', 'The answer ended without its last event.', { retryable: true });
          } catch (error) {
            signal.throwIfAborted();
            if (!isLostLine(error)) throw error;
            cause = error;
          }
          if (!lost) yield { type: 'line', up: false };
          lost = true;
          if (await recovery.pause(cause)) continue;
          throw new TransportError('interrupted', 'The line was lost for too long.', { retryable: true, cause });
        }
      } finally {
        end();
      }
    },

    /** Sends until an answer comes, as long as `patience` allows. What it sends must be harmless when it arrives twice. */
    async insist<T>(send: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, patience = LASTING): Promise<T> {
      const { recovery, end } = recover(signal, patience);
      try {
        for (;;) {
          try {
            return await send(recovery.attempt());
          } catch (error) {
            signal.throwIfAborted();
            if (!isLostLine(error)) throw error;
            if (!(await recovery.pause(error))) throw error;
          }
        }
      } finally {
        end();
      }
    },
  };
}
