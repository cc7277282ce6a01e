import { createMiddleware } from 'hono/factory';
import type { Limits } from '../../limits/types.ts';
import type { Metrics } from '../../metrics/types.ts';
import { askerOf, type HttpEnv } from '../env.ts';

export interface TakePlaceDeps {
  allowances: Limits;
  /** Counts who follows a turn. */
  follow?: Metrics['follow'];
}

/**
 * For answers that take their time: each holds one of the places that its visitor and address have, until its socket is
 * done with it, whoever ends it and why.
 */
export function takePlace({ allowances, follow }: TakePlaceDeps) {
  return createMiddleware<HttpEnv>(async function takePlace(c, next) {
    const place = allowances.follow(askerOf(c));
    const { outgoing } = c.env;
    // 'close' comes once, also when the answer was sent whole; a socket that is gone already says nothing any more.
    if (outgoing.destroyed) {
      place.release();
    } else {
      const leave = follow?.();
      outgoing.once('close', () => {
        leave?.();
        place.release();
      });
    }
    await next();
  });
}
