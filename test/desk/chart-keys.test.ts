import { expect, test } from 'vitest';
import { stepOf } from '../../desk/components/chart-keys.ts';

test('arrows go a slot, pages a week, and neither past an end', () => {
  expect(
    ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'].map((key) => stepOf(key, 10, 29)),
  ).toEqual([11, 9, 11, 9, 17, 3]);
  expect([
    stepOf('ArrowRight', 29, 29),
    stepOf('PageDown', 3, 29),
    stepOf('Home', 9, 29),
    stepOf('End', 9, 29),
  ]).toEqual([29, 0, 0, 29]);
});

test('leaves every other key to the page', () => {
  expect(['Tab', 'a', 'Enter', 'toString'].map((key) => stepOf(key, 3, 29))).toEqual([null, null, null, null]);
});
