import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import { createWaitingRoom, withQueue } from '../../../proxy/models/with-queue.ts';
import { says, scriptedModel, type Step } from '../../fakes/scripted-model.ts';
import { ask, question } from './ask.ts';

const busy = (retryAfterMs?: number) => new ChatError('model_rate_limited', 'busy', { fault: 'passing', retryAfterMs });

function queued(calls: Step[][], room = createWaitingRoom()) {
  const waits: number[] = [];
  const inner = scriptedModel(...calls, says('ok'));
  const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
  return { model: withQueue(inner, room, { sleep, random: () => 0 }), inner, waits, room };
}

describe('a queue', () => {
  test('tells that it waits, and asks again', async () => {
    const { model, waits, room } = queued([[busy(1_500)], [busy()]]);
    const { events, text } = await ask(model);
    expect(events.slice(0, 2)).toEqual([
      { type: 'waiting', retryAfterMs: 1_500, failedTries: 1 },
      { type: 'waiting', retryAfterMs: 2_000, failedTries: 1 },
    ]);
    expect(text).toBe('ok');
    expect([waits, room.waiting]).toEqual([[1_500, 2_000], 0]);
  });

  test('waits eight seconds in all, then gives the error', async () => {
    const last = busy(3_000);
    const { model, waits } = queued([[busy(3_000)], [busy(3_000)], [last]]);
    expect((await ask(model)).error).toBe(last);
    expect(waits).toEqual([3_000, 3_000]);
  });

  test("doesn't wait at all where eight seconds can't be enough", async () => {
    const { model, waits } = queued([[busy(8_001)]]);
    const { events, error } = await ask(model);
    expect(error).toMatchObject({ code: 'model_rate_limited', retryAfterMs: 8_001 });
    expect([events, waits]).toEqual([[], []]);
  });

  test.each([
    new ChatError('model_unavailable', 'gone', { fault: 'passing' }),
    new ChatError('model_quota', 'no credit', { fault: 'standing' }),
    new ChatError('model_rate_limited', 'in the stream'),
  ])('waits for no other failure: $message', async (failure) => {
    const { model, inner } = queued([[failure]]);
    expect((await ask(model)).error).toBe(failure);
    expect(inner.requests).toHaveLength(1);
  });

  test('keeps fifty waiting, and refuses the next at once', async () => {
    const room = createWaitingRoom();
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    let calls = 0;
    const inner = {
      id: 'busy',
      async *stream() {
        if (++calls <= 51) throw busy(1_000);
        yield* says('ok');
      },
    };
    const model = withQueue(inner, room, { sleep: () => opened, random: () => 0 });
    const asked = Array.from({ length: 51 }, () => ask(model));
    await new Promise((resolve) => setImmediate(resolve));
    expect(room.waiting).toBe(50);
    open();
    const answers = await Promise.all(asked);
    expect(answers.filter(({ text }) => text === 'ok')).toHaveLength(50);
    expect(answers.filter(({ error }) => error?.code === 'model_rate_limited')).toHaveLength(1);
    expect(room.waiting).toBe(0);
  });

  test('keeps no place for who leaves at the notice, or stops while waiting', async () => {
    const { model, room } = queued([[busy(1_000)]]);
    for await (const event of model.stream(question(), new AbortController().signal)) {
      expect([event.type, room.waiting]).toEqual(['waiting', 1]);
      break;
    }
    expect(room.waiting).toBe(0);
    const stop = new AbortController();
    const slow = withQueue(scriptedModel([busy(7_000)]), room);
    const asked = ask(slow, {}, stop.signal);
    setImmediate(() => stop.abort('stopped'));
    expect((await asked).error).toBe('stopped');
    expect(room.waiting).toBe(0);
  });
});
