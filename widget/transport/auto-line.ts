import type { Clock } from './clock.ts';
import type { Line } from './line.ts';

export interface AutoLineOptions {
  stream: Line;
  poll: Line;
  clock: Clock;
}

/** The first event of a turn is there at once: a stream that keeps it longer is held back on its way. */
const FIRST_EVENT_MS = 4_000;
/** Later there may be nothing to say, but never no ping for longer than 15 s. */
const FIRST_PING_MS = 20_000;

/**
 * Streams, until something on the way turns out to swallow streams (a proxy that collects whole answers, a virus
 * scanner): the request is taken, and nothing comes of it. If polling then gets an answer, it is used from there on, for
 * as long as the page lives. If it doesn't, the network is just dead, and nothing is concluded.
 */
export function createAutoLine({ stream, poll, clock }: AutoLineOptions): Line {
  let held = false;

  return async function* autoLine(cursor, signal) {
    if (!held) {
      const patience = cursor.seq === 0 ? FIRST_EVENT_MS : FIRST_PING_MS;
      const spoke = new AbortController();
      const quiet = new AbortController();
      clock.sleep(patience, AbortSignal.any([signal, spoke.signal])).then(
        () => quiet.abort(),
        // It spoke, or it is over.
        () => undefined,
      );
      try {
        for await (const arrival of stream(cursor, AbortSignal.any([signal, quiet.signal]))) {
          if (arrival.type !== 'open') spoke.abort();
          yield arrival;
        }
        return;
      } catch (error) {
        if (signal.aborted || !quiet.signal.aborted) throw error;
      } finally {
        spoke.abort();
      }
    }
    for await (const arrival of poll(cursor, signal)) {
      held = true;
      yield arrival;
    }
  };
}
