const MINUTE_MS = 60_000;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
const MAX_TRIES = 12;
const GIVE_UP_MS = 3 * 24 * 60 * MINUTE_MS;

/**
 * When a message is tried again after `tries` tries that failed: a minute later, three, nine … twelve hours at the most.
 * @param createdAt of the message @returns null: three days or twelve tries are enough
 */
export function nextTryOf(tries: number, createdAt: number, now: number): number | null {
  if (tries >= MAX_TRIES) return null;
  const at = now + Math.min(MINUTE_MS * 3 ** (tries - 1), LONGEST_MS);
  return at - createdAt > GIVE_UP_MS ? null : at;
}
