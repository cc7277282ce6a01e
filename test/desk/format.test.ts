import { expect, test } from 'vitest';
import { bytes, counted, dollars, duration, NONE, share } from '../../desk/format.ts';

test('money has as many digits as it takes to see something', () => {
  expect([0, 12, 5_400, 80_100, 110_000, 20_890_000, 1_234_567_890].map(dollars)).toEqual([
    '$0.00',
    '$0.000012',
    '$0.0054',
    '$0.0801',
    '$0.11',
    '$20.89',
    '$1,234.57',
  ]);
});

test('times are said as a person would', () => {
  expect([null, 12, 999, 3_240, 61_000].map(duration)).toEqual([NONE, '12 ms', '999 ms', '3.2 s', '1 min 1 s']);
  expect([999.6, 59_940, 59_960, 119_600].map(duration)).toEqual(['1.0 s', '59.9 s', '1 min 0 s', '2 min 0 s']);
});

test('a share of nothing is no share', () => {
  expect([null, 0, 0.9412, 1].map(share)).toEqual([NONE, '0%', '94.1%', '100%']);
});

test('one of a thing is one', () => {
  expect([counted(1, 'error'), counted(0, 'error'), counted(1_200, 'retry', 'retries')]).toEqual([
    '1 error',
    '0 errors',
    '1,200 retries',
  ]);
});

test('bytes are said in the unit that fits', () => {
  expect([0, 999, 14_000_000, 77_700_000_000].map(bytes)).toEqual(['0 B', '999 B', '14 MB', '77.7 GB']);
});
