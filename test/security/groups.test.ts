/** A sample of `npm run test:security`: the same attacks, fewer of them. */
import { expect, test } from 'vitest';
import { run } from './findings.ts';
import { GROUPS } from './groups.ts';

const SEED = 20_261_121;

test.each(Object.entries(GROUPS))('%s: nobody gets what they must not get', { timeout: 60_000 }, async (_, group) => {
  const { attempts, successes } = await run(group, { size: 'sample', seed: SEED });
  expect(attempts).toBeGreaterThan(10);
  expect(successes).toEqual([]);
});
