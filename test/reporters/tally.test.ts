import { expect, test } from 'vitest';
import { judge } from './tally.ts';

test('tests count as they went', () => {
  expect(judge(0, { passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 0 });
  expect(judge(1, { passed: 3, failed: 2 })).toEqual({ passed: 3, failed: 2 });
});

test('a runner without a test is a failure', () => {
  expect(judge(0, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1, complaint: 'It ran no test.' });
});

test('a runner that left no result is a failure', () => {
  expect(judge(0, undefined)).toMatchObject({ passed: 0, failed: 1 });
  expect(judge(null, undefined).complaint).toBe('It was killed and left no result.');
});

test('a bad exit code is a failure even if every test passed', () => {
  expect(judge(1, { passed: 3, failed: 0 })).toMatchObject({ passed: 3, failed: 1 });
});
