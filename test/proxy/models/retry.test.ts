import { expect, test } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import { retry, type RetryOptions } from '../../../proxy/models/retry.ts';

const lost = new ChatError('model_unavailable', 'lost');

interface FailingOptions extends Partial<RetryOptions> {
  transient?: boolean;
  signal?: AbortSignal;
}

/** Fails with each error in turn, then succeeds; notes how long it was asked to wait. */
function failing(
  errors: ChatError[],
  { transient = true, signal = new AbortController().signal, ...options }: FailingOptions = {},
) {
  const waits: number[] = [];
  let tries = 0;
  const result = retry(
    () => {
      const error = errors[tries++];
      return error === undefined ? Promise.resolve('ok') : Promise.reject(error);
    },
    (error) => ({ error: error as ChatError, transient }),
    signal,
    { maxAttempts: 3, sleep: (ms) => Promise.resolve(void waits.push(ms)), random: () => 0, ...options },
  );
  return { result, waits, tries: () => tries };
}

test('tries again, waiting twice as long each time', async () => {
  const { result, waits } = failing([lost, lost, lost, lost, lost, lost], { maxAttempts: 7 });
  expect(await result).toBe('ok');
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

test('shortens a wait by up to a half, at random', async () => {
  const { result, waits } = failing([lost, lost], { random: () => 0.5 });
  await result;
  expect(waits).toEqual([375, 750]);
});

test('gives up after the last try with its error', async () => {
  const { result, tries } = failing([lost, lost, new ChatError('model_unavailable', 'the last')]);
  await expect(result).rejects.toThrow('the last');
  expect(tries()).toBe(3);
});

test("doesn't repeat what fails for good", async () => {
  const { result, tries } = failing([lost], { transient: false });
  await expect(result).rejects.toBe(lost);
  expect(tries()).toBe(1);
});

test('waits as long as the provider asks', async () => {
  const { result, waits } = failing([new ChatError('model_rate_limited', '', { retryAfterMs: 10_000 })]);
  await result;
  expect(waits).toEqual([10_000]);
});

test("doesn't wait longer than ten seconds, but says how long it would be", async () => {
  const { result, waits } = failing([new ChatError('model_rate_limited', '', { retryAfterMs: 120_000 })]);
  await expect(result).rejects.toMatchObject({ retryAfterMs: 120_000 });
  expect(waits).toEqual([]);
});

test('stops when the caller does', async () => {
  const { result, tries } = failing([lost], { signal: AbortSignal.abort('stopped') });
  await expect(result).rejects.toBe('stopped');
  expect(tries()).toBe(1);
});

test('can be stopped while it waits', async () => {
  const stop = new AbortController();
  const result = retry(
    () => Promise.reject(lost),
    () => {
      queueMicrotask(() => stop.abort(new Error('stopped')));
      return { error: new ChatError('model_unavailable', '', { retryAfterMs: 9_000 }), transient: true };
    },
    stop.signal,
    { maxAttempts: 2 },
  );
  await expect(result).rejects.toMatchObject({ cause: { message: 'stopped' } });
});
