import { expect, onTestFinished, test, vi } from 'vitest';
import { createJobThreads } from '../../../proxy/workers/job-threads.ts';
import type { CountingJob, CountingMessage } from './counting-thread.ts';

const NEVER = new AbortController().signal;

function counting(options: { stopMs?: number; idleMs?: number; patienceMs?: number } = {}) {
  return createJobThreads<CountingJob, CountingMessage>({
    script: new URL('counting-thread.ts', import.meta.url),
    isLast: ({ kind }) => kind !== 'begun',
    maxHeapMb: 64,
    ...options,
  });
}

function threadOf(message: CountingMessage | null): number {
  if (message === null || message.kind === 'begun') throw new Error('It said nothing of its thread.');
  return message.thread;
}

test('jobs one after the other are done by the same thread, also those that were given all at once', async () => {
  const { run } = counting({ patienceMs: 2 ** 30 });
  const jobs = [1, 2, 3].map(() => run({ what: 'count' }, { signal: NEVER }));
  const threads = (await Promise.all(jobs)).map(threadOf);
  expect(new Set([...threads, threadOf(await run({ what: 'count' }, { signal: NEVER }))]).size).toBe(1);
});

test('a job that has waited long enough for a thread gets one of its own', async () => {
  const { run } = counting({ patienceMs: 1 });
  const stop = new AbortController();
  const long = run({ what: 'wait' }, { signal: stop.signal });
  const beside = threadOf(await run({ what: 'count' }, { signal: NEVER }));
  stop.abort();
  expect(threadOf(await long)).not.toBe(beside);
});

test('a job that waits for a thread can be given up, and waits no longer for one that is lost', async () => {
  const { run } = counting({ patienceMs: 2 ** 30 });
  const stop = new AbortController();
  const first = run({ what: 'die' }, { signal: NEVER });
  const givenUp = run({ what: 'count' }, { signal: stop.signal });
  const second = run({ what: 'count' }, { signal: NEVER });
  stop.abort();
  await expect(givenUp).rejects.toBe(stop.signal.reason);
  await expect(first).rejects.toThrow('Out of breath.');
  expect(await second).toMatchObject({ kind: 'counted' });
});

test('what is handed over is there, and what the thread says before its last word is heard', async () => {
  const heard: CountingMessage[] = [];
  const bytes = new Uint8Array(1_000);
  const options = {
    signal: NEVER,
    transfer: [bytes.buffer],
    onMessage: (said: CountingMessage) => void heard.push(said),
  };
  expect(await counting().run({ what: 'count', bytes }, options)).toMatchObject({ bytes: 1_000 });
  expect(bytes).toHaveLength(0);
  expect(heard).toEqual([{ kind: 'begun' }]);
});

test('who is stopped ends in its own way, and may do the next job', async () => {
  const { run } = counting();
  const stop = new AbortController();
  const stopped = threadOf(await run({ what: 'wait' }, { signal: stop.signal, onMessage: () => stop.abort() }));
  expect(threadOf(await run({ what: 'count' }, { signal: NEVER }))).toBe(stopped);
  await expect(run({ what: 'count' }, { signal: stop.signal })).rejects.toBe(stop.signal.reason);
});

test('who does not hear that it should stop is ended, and does no other job', async () => {
  const { run } = counting({ stopMs: 1 });
  const stop = new AbortController();
  const before = threadOf(await run({ what: 'count' }, { signal: NEVER }));
  expect(await run({ what: 'hang' }, { signal: stop.signal, onMessage: () => stop.abort() })).toBeNull();
  expect(threadOf(await run({ what: 'count' }, { signal: NEVER }))).not.toBe(before);
});

test.each(['die', 'leave'] as const)(
  'a thread that is lost over its job is replaced for the next: %s',
  async (what) => {
    const { run } = counting();
    const lost = run({ what }, { signal: NEVER });
    if (what === 'die') await expect(lost).rejects.toThrow('Out of breath.');
    else expect(await lost).toBeNull();
    expect(await run({ what: 'count' }, { signal: NEVER })).toMatchObject({ kind: 'counted' });
  },
);

test('a thread without a job is ended after a while', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { run } = counting({ idleMs: 1_000 });
  const first = threadOf(await run({ what: 'count' }, { signal: NEVER }));
  vi.advanceTimersByTime(999);
  expect(threadOf(await run({ what: 'count' }, { signal: NEVER }))).toBe(first);
  vi.advanceTimersByTime(1_000);
  expect(threadOf(await run({ what: 'count' }, { signal: NEVER }))).not.toBe(first);
});
