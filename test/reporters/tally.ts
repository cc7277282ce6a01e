import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What a runner came to. A file that fell over without a failed test, and an error outside of any test, count as one
 * failure each; skipped tests don't count.
 */
export interface Tally {
  passed: number;
  failed: number;
}

/**
 * What a run of tests counts for. Green takes more than a good exit code: a runner that found no test at all, or that
 * gave up before the end, has proved nothing. `complaint` says so in words.
 */
export function judge(exitCode: number | null, tally: Tally | undefined): Tally & { complaint?: string } {
  const ending = exitCode === null ? 'was killed' : `ended with exit code ${exitCode}`;
  if (tally === undefined) return { passed: 0, failed: 1, complaint: `It ${ending} and left no result.` };
  if (tally.passed + tally.failed === 0) return { ...tally, failed: 1, complaint: 'It ran no test.' };
  if (exitCode !== 0 && tally.failed === 0) {
    return { ...tally, failed: 1, complaint: `It ${ending}, though no test failed.` };
  }
  return tally;
}

/**
 * A runner's exit code doesn't tell how many tests it ran, so its reporter leaves the tally in the file that whoever
 * started it has named in TALLY_FILE. Without one nobody asked.
 */
export function writeTally(tallies: Tally[]): void {
  const file = process.env['TALLY_FILE'];
  if (file === undefined) return;
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  writeFileSync(file, JSON.stringify({ passed, failed }));
}

/** `undefined` if the runner didn't come to its end. */
export function readTally(file: string): Tally | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
