import { expect, test } from 'vitest';
import { inWords } from '../../desk/gap-kinds.ts';

test('a gap in the log of changes has its kind in words, and the shopper’s own words as they are', () => {
  expect(inWords('not_sold: grand piano: black')).toBe('Not sold: grand piano: black');
  for (const other of ['toString: x', 'grand piano', '']) expect(inWords(other)).toBe(other);
});
