/** A short sample of `npm run test:upstream`: the faults that end by themselves, and a small crowd. */
import { expect, test } from 'vitest';
import { crowd } from './crowd.ts';
import { everyFault } from './every-fault.ts';
import { FAULTS } from './faults.ts';
import { WIRES } from './wires.ts';

const LIMIT_MS = 60_000;

test('there are 22 kinds of fault', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(22);
});

test.each(WIRES)(
  'no fault of $name leaves a spinner, a crash or a wrong row',
  async (wire) => {
    const faults = FAULTS.filter(({ slow }) => !slow);
    const { counts, complaints } = await everyFault([wire], faults);
    expect(complaints).toEqual([]);
    expect(counts).toEqual({ faults: 21, stuck: 0, crashes: 0, wrongRows: 0, wrongTold: 0 });
  },
  LIMIT_MS,
);

test.each(WIRES)(
  'of thirty shoppers in front of a failing $name each gets an answer or an error, and every row is right',
  async (wire) => {
    const { answered, toldClearly, hanging, wrongRows, crashes } = await crowd(wire, { shoppers: 30, seed: 6 });
    expect({ ends: answered + toldClearly, hanging, wrongRows, crashes }).toEqual({
      ends: 30,
      hanging: 0,
      wrongRows: 0,
      crashes: 0,
    });
    expect(answered).toBeGreaterThan(20);
  },
  LIMIT_MS,
);
