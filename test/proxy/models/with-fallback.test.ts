import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../proxy/errors.ts';
import type { ModelItem } from '../../../proxy/models/types.ts';
import { withFallback } from '../../../proxy/models/with-fallback.ts';
import { end, says, scriptedModel, text, type Step } from '../../fakes/scripted-model.ts';
import { ask, question } from './ask.ts';

const gone = new ChatError('model_unavailable', 'gone', { fault: 'passing' });

function pair(first: Step[][], second: Step[][]) {
  const [one, two] = [scriptedModel(...first), { ...scriptedModel(...second), id: 'second' }];
  return { model: withFallback(one, two), one, two };
}

describe('a fallback', () => {
  test('is not asked while the first answers', async () => {
    const { model, two } = pair([says('one')], []);
    expect((await ask(model)).text).toBe('one');
    expect(two.requests).toEqual([]);
  });

  test.each([
    'model_unavailable',
    'model_rate_limited',
    'model_quota',
    'model_config',
    'model_timeout',
    'model_interrupted',
  ] as const)('answers where the first fails with %s, and says so first', async (code) => {
    const { model } = pair([[new ChatError(code, 'no')]], [says('two')]);
    const { events, error } = await ask(model);
    expect(error).toBeUndefined();
    expect(events.slice(0, 2)).toEqual([
      { type: 'fallback', failedTries: 1, code },
      { type: 'text', delta: 'two' },
    ]);
  });

  test.each(['context_too_long', 'model_refused', 'internal'] as const)(
    'is not asked for what no other model does better: %s',
    async (code) => {
      const { model, two } = pair([[new ChatError(code, 'no')]], [says('two')]);
      expect((await ask(model)).error).toMatchObject({ code });
      expect(two.requests).toEqual([]);
    },
  );

  test('leaves an answer alone that has begun', async () => {
    const { model, two } = pair([[text('Hel'), gone]], [says('two')]);
    expect(await ask(model)).toMatchObject({ text: 'Hel', error: gone });
    expect(two.requests).toEqual([]);
  });

  test('reads nothing of what only the first can read, and the first nothing of the fallback, whatever their names', async () => {
    const word: ModelItem = { type: 'message', role: 'user', text: 'Hi' };
    const ofFirst: ModelItem = { type: 'opaque', model: 'scripted', item: { from: 'first' } };
    const ofSecond: ModelItem = { type: 'opaque', model: 'second', item: { from: 'second' } };
    const { model, one, two } = pair([[gone], [gone], says('one')], [[end([ofSecond])], says('two')]);
    const first = await ask(model, { input: [word, ofFirst] });
    expect(two.requests[0]!.input).toEqual([word]);
    const later = [word, ofFirst, ...first.end!.items];
    await ask(model, { input: later });
    expect(two.requests[1]!.input).toEqual([word, ofSecond]);
    await ask(model, { input: later });
    expect(one.requests[2]!.input).toEqual([word, ofFirst]);
  });

  test('that fails too leaves the error that gives more hope', async () => {
    const broken = new ChatError('model_config', 'wrong key', { fault: 'standing' });
    expect((await ask(pair([[gone]], [[broken]]).model)).error).toBe(gone);
    expect((await ask(pair([[broken]], [[gone]]).model)).error).toBe(gone);
  });

  test('counts what failed on the way to it, and both where it fails too', async () => {
    const failed = (tries: number) => new ChatError('model_unavailable', 'gone', { fault: 'passing', tries });
    const { events } = await ask(pair([[failed(3)]], [says('two')]).model);
    expect(events[0]).toEqual({ type: 'fallback', failedTries: 3, code: 'model_unavailable' });
    expect((await ask(pair([[failed(3)]], [[failed(2)]]).model)).error).toMatchObject({ tries: 5 });
  });

  test('is not asked by who has stopped, and is let go by who leaves', async () => {
    const { model, two } = pair([[gone]], [says('two')]);
    expect((await ask(model, {}, AbortSignal.abort('stopped'))).error).toBe('stopped');
    expect(two.requests).toEqual([]);
    let closed = false;
    const open = {
      id: 'open',
      async *stream() {
        try {
          yield text('two');
          yield text('more');
        } finally {
          closed = true;
        }
      },
    };
    const left = withFallback(scriptedModel([gone]), open);
    for await (const event of left.stream(question(), new AbortController().signal)) if (event.type === 'text') break;
    expect(closed).toBe(true);
  });
});
