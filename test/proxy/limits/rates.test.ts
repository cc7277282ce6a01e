import { expect, test } from 'vitest';
import { createRates } from '../../../proxy/limits/rates.ts';

test('a flood of made-up keys gets no more than the slots there are', async () => {
  const rates = createRates({ salt: Buffer.from('salt'), slots: 4 });
  let through = 0;
  for (let n = 0; n < 1_000; n++) {
    if (!(await rates.count([{ kind: 'address', key: `address-${n}`, max: 5 }]))) through++;
  }
  expect(through).toBe(4 * 5);
  // The other kinds have slots of their own.
  expect(await rates.count([{ kind: 'visitor', key: 'vis_a', max: 1 }])).toBeUndefined();
});
