import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { withCircuitBreaker } from '../../../proxy/models/with-circuit-breaker.ts';
import { says } from '../../fakes/scripted-model.ts';
import { ask } from './ask.ts';

// cockatiel reads `Date.now`; timers stay real, for nothing here waits.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21) }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const gone = new ChatError('model_unavailable', 'gone', { fault: 'passing' });
const broke = new ChatError('model_quota', 'no credit', { fault: 'standing', cause: new Error('insufficient_quota') });

function guarded(fail: Error | null) {
  const state = { fail, asked: 0 };
  const inner: Model = {
    id: 'gpt-test',
    async *stream() {
      state.asked++;
      if (state.fail) throw state.fail;
      yield* says('ok');
    },
  };
  const logged: string[] = [];
  const write = (level: string) => (_: object, message: string) => void logged.push(`${level}: ${message}`);
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  return { model: withCircuitBreaker(inner, { log }), inner: state, logged };
}

async function outage(model: Model, count = 10): Promise<void> {
  for (let asked = 1; asked <= count; asked++) {
    await ask(model);
    pass(600);
  }
}

describe('a circuit', () => {
  test('opens after ten failures in a row that took five seconds, and then asks nothing', async () => {
    const { model, inner, logged } = guarded(gone);
    await outage(model, 9);
    expect(model.circuit()).toMatchObject({ state: 'closed', lastError: 'model_unavailable' });
    await outage(model, 1);
    expect(model.circuit()).toMatchObject({ model: 'gpt-test', state: 'open', since: Date.now() - 600 });
    const { error } = await ask(model);
    expect(error).toMatchObject({ code: 'model_unavailable', fault: undefined, retryAfterMs: 4_400, tries: 0 });
    expect(inner.asked).toBe(10);
    expect(logged).toEqual(['warn: the model does not answer and is asked no more for now']);
  });

  test('stays closed when many fail in the same moment: their neighbours may be about to answer', async () => {
    const { model, inner } = guarded(gone);
    await Promise.all(Array.from({ length: 100 }, () => ask(model)));
    expect(model.circuit().state).toBe('closed');
    inner.fail = null;
    await ask(model);
    inner.fail = gone;
    pass(10_000);
    await outage(model, 5);
    expect(model.circuit().state).toBe('closed');
  });

  test('lets one probe through, and closes when it is answered', async () => {
    const { model, inner, logged } = guarded(gone);
    await outage(model);
    pass(5_000);
    inner.fail = null;
    const both = await Promise.all([ask(model), ask(model)]);
    expect(both.map(({ text, error }) => error?.code ?? text)).toEqual(['ok', 'model_unavailable']);
    expect(model.circuit().state).toBe('closed');
    expect(logged.at(-1)).toBe('info: the model answers again');
  });

  test('waits twice as long for the next probe each time, a minute at the most', async () => {
    const { model, inner, logged } = guarded(gone);
    await outage(model);
    pass(10_000);
    const waits: (number | undefined)[] = [];
    for (let probe = 1; probe <= 5; probe++) {
      const before = inner.asked;
      await ask(model);
      expect(inner.asked).toBe(before + 1);
      waits.push((await ask(model)).error?.retryAfterMs);
      pass(60_000);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(logged).toHaveLength(1);
  });

  test.each([broke, new ChatError('model_config', 'wrong key', { fault: 'standing' })])(
    'opens at once for what somebody must mend, and says so once: $code',
    async (failure) => {
      const { model, inner, logged } = guarded(failure);
      await ask(model);
      expect((await ask(model)).error).toMatchObject({ code: failure.code });
      expect([inner.asked, model.circuit()]).toMatchObject([1, { state: 'open', lastError: failure.code }]);
      pass(60_000);
      await ask(model);
      expect(inner.asked).toBe(2);
      expect(logged).toEqual(['error: the model is asked no more until somebody mends this']);
    },
  );

  test.each([
    new ChatError('model_rate_limited', 'busy', { fault: 'passing' }),
    new ChatError('context_too_long', 'long'),
    new ChatError('model_refused', 'no'),
    new ChatError('model_config', 'one bad request'),
  ])('stays closed for what is no outage: $code', async (failure) => {
    const { model } = guarded(failure);
    await outage(model, 20);
    expect(model.circuit().state).toBe('closed');
  });

  test('learns nothing from a probe that was stopped', async () => {
    const { model, inner } = guarded(gone);
    await outage(model);
    pass(10_000);
    const stop = new AbortController();
    inner.fail = new ChatError('shutting_down', 'stopped');
    const probe = ask(model, {}, stop.signal);
    stop.abort(inner.fail);
    expect((await probe).error).toBe(inner.fail);
    expect(model.circuit().state).toBe('open');
  });

  test("refuses in its own words also where the clock moved between its look and the state machine's", async () => {
    const { model, inner } = guarded(gone);
    await outage(model);
    pass(5_000);
    // The first look finds that it is time for a probe, the second that it is not.
    const time = Date.now();
    const clock = vi
      .spyOn(Date, 'now')
      .mockReturnValueOnce(time)
      .mockReturnValueOnce(time - 5_000);
    expect((await ask(model)).error).toMatchObject({ name: 'ChatError', code: 'model_unavailable' });
    clock.mockRestore();
    expect(inner.asked).toBe(10);
  });

  test('counts nobody who stops as a failure', async () => {
    const { model } = guarded(gone);
    for (let asked = 1; asked <= 20; asked++) {
      await ask(model, {}, AbortSignal.abort('stopped'));
      pass(1_000);
    }
    expect(model.circuit()).toMatchObject({ state: 'closed', lastError: null });
  });
});
