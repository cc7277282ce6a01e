import { expect, test } from 'vitest';
import { daysIn, isRange, rangeName, rangeOf } from '../../desk/range.ts';

const now = Date.parse('2026-03-02T00:30:00Z');

test('days are those of UTC, today included', () => {
  expect(rangeOf('today', now)).toEqual({ from: '2026-03-02', to: '2026-03-02' });
  expect(rangeOf('7', now)).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  expect(daysIn(rangeOf('90', now))).toBe(90);
});

test('any days can be asked for, and what nobody can read is the usual month', () => {
  expect(rangeOf('2026-01-01..2026-01-31', now)).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  const usual = rangeOf('30', now);
  const backwards = '2026-01-31..2026-01-01';
  const noDays = ['2026-13-40..2026-13-41', '2026-02-01..2026-02-30', '2026-01-01..', '..'];
  for (const odd of [null, '', '31', 'NaN', 'toString', backwards, ...noDays, '2020-01-01..2026-01-01']) {
    expect(rangeOf(odd, now), String(odd)).toEqual(usual);
    expect(rangeName(odd), String(odd)).toBe('30');
  }
  for (const known of ['today', '90', '2026-01-01..2026-01-31']) expect(rangeName(known)).toBe(known);
});

test('a range is in order, and no longer than a report takes', () => {
  expect(isRange({ from: '2026-01-01', to: '2026-01-01' })).toBe(true);
  expect(isRange({ from: '2026-01-02', to: '2026-01-01' })).toBe(false);
  expect(isRange({ from: '2024-01-01', to: '2026-01-01' })).toBe(false);
  expect(isRange({ from: '', to: '2026-01-01' })).toBe(false);
});
