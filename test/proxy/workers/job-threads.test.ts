import { expect, onTestFinished, test, vi } from 'vitest';
import { createJobThreads } from '../../../proxy/workers/job-threads.ts';
import type { CountingJob, CountingMessage } from './counting-thread.ts';

const NEVER = new AbortController().signal;

function counting(options: { stopMs?: number; idleMs?: number } = {}) {
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

test('a job after another is done by the same thread, one beside it by another', async () => {
  const { run } = counting();
  const first = threadOf(await run({ what: 'count' }, { signal: NEVER }));
  const [second, beside] = await Promise.all([
    run({ what: 'count' }, { signal: NEVER }),
    run({ what: 'count' }, { signal: NEVER }),
  ]);
  expect(threadOf(second)).toBe(first);
  expect(threadOf(beside)).not.toBe(first);
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
