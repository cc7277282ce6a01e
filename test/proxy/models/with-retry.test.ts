import { expect, test } from 'vitest';
import { ChatError, type ChatErrorOptions } from '../../../proxy/errors.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { withRetry, type RetryOptions } from '../../../proxy/models/with-retry.ts';
import { says, scriptedModel, type Step } from '../../fakes/scripted-model.ts';
import { ask, question } from './ask.ts';

const lost = (options: ChatErrorOptions = {}) =>
  new ChatError('model_unavailable', 'lost', { fault: 'passing', ...options });

/** Each call of the model does these steps, then one succeeds; notes how long it was asked to wait. */
function retried(calls: Step[][], options: RetryOptions = {}) {
  const waits: number[] = [];
  const inner = scriptedModel(...calls, says('ok'));
  const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
  return { model: withRetry(inner, { sleep, random: () => 0, ...options }), waits, tries: () => inner.requests.length };
}

test('tries again, waiting twice as long each time', async () => {
  const { model, waits } = retried(
    Array.from({ length: 6 }, () => [lost()]),
    { maxAttempts: 7 },
  );
  expect((await ask(model)).text).toBe('ok');
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

test('shortens a wait by up to a half, at random', async () => {
  const { model, waits } = retried([[lost()], [lost()]], { random: () => 0.5 });
  await ask(model);
  expect(waits).toEqual([375, 750]);
});

test('tells before the answer how many tries failed, and nothing where none did', async () => {
  const { events } = await ask(retried([[lost()], [lost()]]).model);
  expect(events.map(({ type }) => type)).toEqual(['retried', 'text', 'end']);
  expect(events[0]).toEqual({ type: 'retried', failedTries: 2 });
  expect((await ask(retried([]).model)).events.map(({ type }) => type)).toEqual(['text', 'end']);
});

test('counts all tries in the failure that it gives up with, and none that asked nobody', async () => {
  expect((await ask(retried([[lost()], [lost()], [lost()]]).model)).error).toMatchObject({ tries: 3 });
  expect((await ask(retried([[lost()], [lost({ tries: 0, fault: undefined })]]).model)).error).toMatchObject({
    tries: 1,
  });
});

test('lets go of the answer for who leaves at the notice of what failed', async () => {
  let closed = false;
  let asked = 0;
  const inner: Model = {
    id: 'open',
    async *stream() {
      if (++asked === 1) throw lost();
      try {
        yield { type: 'text', delta: 'Hel' };
      } finally {
        closed = true;
      }
    },
  };
  const model = withRetry(inner, { sleep: () => Promise.resolve() });
  for await (const { type } of model.stream(question(), new AbortController().signal)) if (type === 'retried') break;
  expect([asked, closed]).toEqual([2, true]);
});

test('gives up after the last try with its error', async () => {
  const last = lost();
  const { model, tries } = retried([[lost()], [lost()], [last]]);
  expect((await ask(model)).error).toBe(last);
  expect(tries()).toBe(3);
});

test.each([undefined, 'standing' as const])("doesn't repeat what fails for good (%s)", async (fault) => {
  const { model, tries } = retried([[lost({ fault })]]);
  expect((await ask(model)).error).toMatchObject({ code: 'model_unavailable' });
  expect(tries()).toBe(1);
});

test("doesn't ask again once something was said", async () => {
  const { model, tries } = retried([[{ type: 'text', delta: 'Hel' }, lost()]]);
  expect(await ask(model)).toMatchObject({ text: 'Hel', error: { code: 'model_unavailable' } });
  expect(tries()).toBe(1);
});

test('leaves to others what is theirs', async () => {
  const { model, tries } = retried([[lost()]], { leave: ({ code }) => code === 'model_unavailable' });
  expect((await ask(model)).error).toBeDefined();
  expect(tries()).toBe(1);
});

test('waits as long as the provider asks', async () => {
  const { model, waits } = retried([[lost({ retryAfterMs: 10_000 })]]);
  expect((await ask(model)).text).toBe('ok');
  expect(waits).toEqual([10_000]);
});

test.each([10_001, 61_000, 120_000])("doesn't wait for %i ms, but says how long it would be", async (retryAfterMs) => {
  const { model, waits } = retried([[lost({ retryAfterMs })]]);
  expect((await ask(model)).error).toMatchObject({ retryAfterMs });
  expect(waits).toEqual([]);
});

test('begins no try when a minute has gone', async () => {
  let clock = 0;
  const { model, tries } = retried([[lost()], [lost()]], { now: () => (clock += 60_000) });
  expect((await ask(model)).error).toBeDefined();
  expect(tries()).toBe(1);
});

test('stops when the caller does', async () => {
  const { model, tries } = retried([[lost()]]);
  expect((await ask(model, {}, AbortSignal.abort('stopped'))).error).toBe('stopped');
  expect(tries()).toBe(1);
});

test("can be stopped while it waits, with the caller's reason", async () => {
  const stop = new AbortController();
  const late = new Promise((resolve) => setImmediate(resolve)).then(() => setImmediate(() => stop.abort('stopped')));
  const inner = scriptedModel([late, lost({ retryAfterMs: 9_000 })]);
  expect((await ask(withRetry(inner), {}, stop.signal)).error).toBe('stopped');
});
