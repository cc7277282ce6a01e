import type { Audit } from './types.ts';

/** The log is kept for years, and anybody with many addresses can try to log in: so many wrong logins an hour stand in it. */
export const NOTED_PER_HOUR = 200;
const HOUR_MS = 60 * 60_000;

export interface RefusalsDeps {
  audit: Audit;
  now: () => number;
}

/** Notes wrong logins; what goes beyond the hour's share is told in one entry, when the next hour's first one comes. */
export function createRefusals({ audit, now }: RefusalsDeps) {
  let hour = 0;
  let count = 0;
  return {
    /**
     * @param who `operator`, or the address of an account; null where there is none. What was typed instead is in no log: it
     *   may be a password. It is noted all the same, so that both take as long.
     */
    async note(who: string | null): Promise<void> {
      const current = Math.floor(now() / HOUR_MS);
      const more = count - NOTED_PER_HOUR;
      if (current !== hour) {
        hour = current;
        count = 0;
        if (more > 0) await audit.note('somebody', { action: 'session.refused', after: { more } });
      }
      if (++count > NOTED_PER_HOUR) return;
      await audit.note('somebody', { action: 'session.refused', ...(who !== null && { subject: who }) });
    },
  };
}
