import { expect, test } from 'vitest';
import { Backoff } from '../../../widget/transport/backoff.ts';

const options = { baseMs: 500, capMs: 15_000, budgetMs: 600_000 };
const attempt = { tookMs: 0, retryAfterMs: 0 };

test('waits anywhere between nothing and a limit that doubles up to the cap', () => {
  const least = new Backoff({ ...options, random: () => 0 });
  const most = new Backoff({ ...options, random: () => 1 });
  const waits = Array.from({ length: 7 }, () => [least.next(attempt), most.next(attempt)]);
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000].map((limit) => [0, limit]));
});

test('adds its own wait to what the proxy asks for, so that not all come back at that moment', () => {
  const backoff = new Backoff({ ...options, random: () => 0.5 });
  expect(backoff.next({ tookMs: 0, retryAfterMs: 7_000 })).toBe(7_250);
});

test('gives up when attempts and waits have used up the budget, and begins anew after a success', () => {
  const backoff = new Backoff({ ...options, budgetMs: 1_000, random: () => 0 });
  expect(backoff.next({ tookMs: 900, retryAfterMs: 100 })).toBe(100);
  expect(backoff.next({ tookMs: 1, retryAfterMs: 0 })).toBeNull();
  backoff.reset();
  expect(backoff.next({ tookMs: 900, retryAfterMs: 0 })).toBe(0);
});
