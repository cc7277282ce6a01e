import os from 'node:os';

/** Of 19: well behind the thread that streams, and not behind everything else on the machine. */
const NICENESS = 10;

/**
 * For a thread whose work nobody waits for: while it computes, the thread that streams would otherwise wait for its turn on a
 * busy machine, for a hundred milliseconds and more. On Linux a priority is a thread's own, and 0 is the one that asks;
 * elsewhere it is the whole process's, so nothing is done there. Not for a thread that writes the database: who waits for its
 * lock would wait for its turn, too.
 */
export function stepBack(): void {
  if (process.platform === 'linux') os.setPriority(0, NICENESS);
}
