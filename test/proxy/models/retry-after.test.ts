import { expect, test } from 'vitest';
import { durationOf, retryAfterOf } from '../../../proxy/models/retry-after.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const after = (headers: Record<string, string>) => retryAfterOf(new Headers(headers), () => NOW);
const bucket = (name: string, remaining: string, reset: string) => ({
  [`x-ratelimit-remaining-${name}`]: remaining,
  [`x-ratelimit-reset-${name}`]: reset,
});

test.each([
  ['12ms', 12],
  ['6m0s', 360_000],
  ['1h2m3.5s', 3_723_500],
  ['2s', 2_000],
  ['0.4ms', 1],
  ['1.5', 1_500],
  ['0', 0],
  ['-1', undefined],
  ['', undefined],
  ['soon', undefined],
  ['6m later', undefined],
  [null, undefined],
])('reads the duration %j as %j ms', (text, ms) => {
  expect(durationOf(text)).toBe(ms);
});

test.each<[string, Record<string, string>, number | undefined]>([
  ['nothing', {}, undefined],
  ['seconds', { 'retry-after': '2' }, 2_000],
  ['parts of a second', { 'retry-after': '0.25' }, 250],
  ['milliseconds before seconds', { 'retry-after-ms': '150', 'retry-after': '2' }, 150],
  ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date that is over', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
  ['no number and no date', { 'retry-after': 'soon' }, undefined],
  ['a negative number of milliseconds', { 'retry-after-ms': '-1', 'retry-after': '3' }, 3_000],
  ['what is meant for us before a reset', { 'retry-after': '1', ...bucket('requests', '0', '6m0s') }, 1_000],
  ['the empty bucket', { ...bucket('requests', '0', '12ms'), ...bucket('tokens', '900', '6m0s') }, 12],
  ['the slower of two empty ones', { ...bucket('requests', '0', '12ms'), ...bucket('tokens', '0', '6s') }, 6_000],
  ['the sooner where none is empty', { ...bucket('requests', '9', '2s'), ...bucket('tokens', '90', '6s') }, 2_000],
  ["Azure's unknown", { ...bucket('requests', '-1', '0'), ...bucket('tokens', '-1', '-1') }, undefined],
])('takes %s for its word', (_, headers, ms) => {
  expect(after(headers)).toBe(ms);
});
