import { ChatError } from '../errors.ts';
import { answerOf, begin, type Begun, LateAnswer, precede } from './begun.ts';
import { backoff, pause, type Sleep } from './pause.ts';
import type { Model, ModelRequest } from './types.ts';

/** Longer than this nobody is kept waiting, all waits of a call together. */
const MAX_WAIT_MS = 8_000;
const BACKOFF = { baseMs: 1_000, capMs: 4_000 };
/** Those who wait come back over so long each, one after another rather than at once. */
const SPREAD_MS = 40;

/** Who waits for one model, whichever shop it works for. */
export interface WaitingRoom {
  waiting: number;
  readonly max: number;
}

export function createWaitingRoom(max = 50): WaitingRoom {
  return { waiting: 0, max };
}

export interface QueueOptions {
  sleep?: Sleep;
  random?: () => number;
}

/**
 * Waits where the provider limits how often it may be asked: a `waiting` event instead of an error, then the question
 * again. Bounded in time and in how many wait; beyond it the error goes on, and says when to come back.
 */
export function withQueue(
  model: Model,
  room: WaitingRoom,
  { sleep = pause, random = Math.random }: QueueOptions = {},
): Model {
  function waitAfter(error: ChatError, tries: number, waited: number): number | undefined {
    if (error.code !== 'model_rate_limited' || error.fault !== 'passing') return undefined;
    const left = MAX_WAIT_MS - waited;
    const asked = error.retryAfterMs ?? backoff(tries, BACKOFF, random);
    if (room.waiting >= room.max || left <= 0 || asked > left) return undefined;
    return Math.min(left, asked + random() * SPREAD_MS * room.waiting);
  }

  async function open(request: ModelRequest, signal: AbortSignal, tries = 1, waited = 0): Promise<Begun> {
    try {
      return await begin(model, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ChatError)) throw error;
      const wait = waitAfter(error, tries, waited);
      if (wait === undefined) throw error;
      const leave = enter(room);
      const rest = new LateAnswer(async () => {
        try {
          await sleep(wait, signal);
        } finally {
          leave();
        }
        return open(request, signal, tries + 1, waited + wait);
      });
      return precede(
        { type: 'waiting', retryAfterMs: wait, failedTries: error.tries },
        {
          next: () => rest.next(),
          // A reader who leaves at the notice never comes to the wait.
          return() {
            leave();
            return rest.return();
          },
        },
      );
    }
  }

  return { id: model.id, stream: (request, signal) => answerOf(() => open(request, signal)) };
}

/** @returns gives the place back, once */
function enter(room: WaitingRoom): () => void {
  let inside = true;
  room.waiting++;
  return () => {
    if (inside) room.waiting--;
    inside = false;
  };
}
