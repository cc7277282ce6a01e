/** A short form of `npm run test:faults`: the worst of lines and the death of the process, seen from the page. */
import { expect, test } from 'vitest';
import { breakLines } from '../faults/cuts.ts';
import { killProcesses } from '../faults/kills.ts';
import { isClean } from '../faults/oracle.ts';
import { createScene } from '../faults/scene.ts';

const SEED = 20_261_121;

test(
  'no token is lost, doubled or out of place over lines that break again and again',
  { timeout: 120_000 },
  async () => {
    await using scene = await createScene({ seed: SEED, delayMs: 5 });
    const report = await breakLines(scene, { cuts: 15, shoppers: 2 });
    expect(report.cuts).toBeGreaterThanOrEqual(15);
    expect(report.counts.looked).toBeGreaterThan(report.answers);
    expect(isClean(report.counts), JSON.stringify(report)).toBe(true);
  },
);

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'every answer arrives whole though the process gets %s in its middle',
  { timeout: 120_000 },
  async (signal) => {
    await using scene = await createScene({ seed: SEED, delayMs: 8 });
    const report = await killProcesses(scene, { kills: 2, shoppers: 2, seed: SEED, signal });
    expect(report.counts.looked).toBeGreaterThan(report.answers);
    expect(isClean(report.counts), JSON.stringify(report)).toBe(true);
    expect(report).toMatchObject({ answers: 4, unsettled: 0, usage: 0 });
  },
);
