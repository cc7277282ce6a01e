import { expect, test } from 'vitest';
import { TokenCounts } from '../../../../proxy/chat/context/token-counts.ts';

const turns = [1, 2, 3].map((createdAt) => ({ messages: [{ createdAt }], tokens: 100 }));
const counted = turns.slice(0, 2);

test.each([
  ['rounded up to a twentieth', 610, [65, 65, 100]],
  ['never as more than we reckon ourselves', 5_000, [100, 100, 100]],
  ['never as less than any tokenizer takes, whatever a provider says', 3, [30, 30, 100]],
])('weighs the turns that were counted by what the provider said, %s', (_, said, weights) => {
  const counts = new TokenCounts();
  counts.keep('thr_1', counted, said, 1_000);
  expect(counts.weigh('thr_1', turns)).toEqual(weights);
  expect([counts.covers('thr_1', counted), counts.covers('thr_1', turns)]).toEqual([true, false]);
  expect(counts.weigh('thr_2', turns)).toEqual([100, 100, 100]);
});
