/**
 * What of a conversation a request has room for. Pure: tokens in, numbers out.
 *
 * The room is what a shop's `limits.context_tokens` leave after the rules, the tools and the room for the answer. Two
 * thirds of it are the thread's, the rest is for what this turn's tools find; in a turn that finds more, the thread gives
 * way. The newest question always goes, however long it is.
 */

/** Of the room, what the thread may fill. */
const THREAD_SHARE = 2 / 3;
/** When the thread is full, so much of it stays: the window then stands still for several turns, and caches hold. */
const SHARE_AFTER_STEP = 0.6;
/** From here on the older part is put into a summary, so that nothing falls out before it is in there … */
const SUMMARY_FROM = 0.7;
/** … and so much of the newest stays as it is. */
const SHARE_AFTER_SUMMARY = 0.4;
/** Each summary is a call that is paid: with fewer turns to put into it, it waits, in a small window also beyond the window. */
const MIN_SUMMARY_TURNS = 3;
/** With less room, the summary would take it all. */
const MIN_SUMMARY_ROOM = 500;

export interface RoomInput {
  /** Of the shop. */
  contextTokens: number;
  /** Instructions, tools and what the page says of itself. */
  fixedTokens: number;
  answerTokens: number;
}

/** Tokens for the thread and this turn's rounds; 0 when the rules and the tools alone fill everything. */
export function roomOf({ contextTokens, fixedTokens, answerTokens }: RoomInput): number {
  return Math.max(0, contextTokens - fixedTokens - answerTokens);
}

/**
 * Where the window on a thread begins, by how much each of its turns takes. It moves in steps, and by nothing but the turns
 * themselves: the same thread has the same window, on any day and in any process, until a turn more fills it up.
 * @param turns tokens of each, oldest first
 * @returns index of the first turn that is told; the last one always is
 */
export function windowStart(turns: readonly number[], room: number): number {
  const most = room * THREAD_SHARE;
  let first = 0;
  let sum = 0;
  for (const [index, tokens] of turns.entries()) {
    sum += tokens;
    if (sum <= most) continue;
    while (first < index && sum > most * SHARE_AFTER_STEP) sum -= turns[first++]!;
  }
  return first;
}

/** The same for a turn whose rounds need more than their third: the oldest turns go, whole, never the last. */
export function makeRoom(turns: readonly number[], first: number, room: number): number {
  let sum = turns.slice(first).reduce((all, tokens) => all + tokens, 0);
  while (first < turns.length - 1 && sum > room) sum -= turns[first++]!;
  return first;
}

/**
 * How many of the oldest turns are to be put into a summary now; 0 while there is room enough, and where there is next to none.
 * @param turns tokens of those that are in no summary yet, oldest first
 * @param room what the summary that is there leaves
 * @param summary tokens of that one
 */
export function summarisable(turns: readonly number[], room: number, summary = 0): number {
  const most = room * THREAD_SHARE;
  if (!isNearlyFull(turns, room) || room + summary < MIN_SUMMARY_ROOM) return 0;
  const count = makeRoom(turns, 0, most * SHARE_AFTER_SUMMARY);
  return count < MIN_SUMMARY_TURNS ? 0 : count;
}

/** Whether a thread will soon have to be cut or summed up: from here on it matters what its turns take exactly. */
export function isNearlyFull(turns: readonly number[], room: number): boolean {
  return turns.reduce((sum, tokens) => sum + tokens, 0) > room * THREAD_SHARE * SUMMARY_FROM;
}

/** After a provider said that it was too long: the newer half. */
export function newerHalf(turns: number, first: number): number {
  return Math.min(turns - 1, first + Math.ceil((turns - first) / 2));
}
