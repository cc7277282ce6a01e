import { describe, expect, test } from 'vitest';
import { AnswerCache, type AnswerCacheOptions } from '../../../../proxy/chat/answer-cache/answer-cache.ts';
import type { StoredPart } from '../../../../proxy/storage/types.ts';

const said = (content: string): StoredPart[] => [{ type: 'text', content }];
const TTL = 60_000;

function cache(options: Partial<AnswerCacheOptions> = {}) {
  // lru-cache takes 0 for no time at all.
  let now = 1;
  const answers = new AnswerCache({ now: () => now, ...options });
  const keep = (key: string, parts: StoredPart[]) => answers.begin(key, TTL).end(parts);
  return { answers, keep, pass: (ms: number) => (now += ms) };
}

describe('an answer', () => {
  test('is kept as it was, whatever becomes of what was given and read', () => {
    const { answers, keep } = cache();
    const parts = said('Hello');
    keep('key', parts);
    parts.push(...said('later'));
    answers.kept('key')!.push(...said('later'));
    expect(answers.kept('key')).toEqual(said('Hello'));
  });

  test('is forgotten when its time is over, however often it was told', () => {
    const { answers, keep, pass } = cache();
    keep('key', said('Hello'));
    pass(TTL - 1);
    expect(answers.kept('key')).toBeDefined();
    pass(2);
    expect(answers.kept('key')).toBeUndefined();
  });

  test('makes way for the one asked for more lately', () => {
    const { answers, keep } = cache({ maxAnswers: 2 });
    keep('a', said('a'));
    keep('b', said('b'));
    answers.kept('a');
    keep('c', said('c'));
    expect(['a', 'b', 'c'].map((key) => answers.kept(key) !== undefined)).toEqual([true, false, true]);
  });

  test('makes way when all together are too large', () => {
    const { answers, keep } = cache({ maxSize: 10_000 });
    for (const key of ['a', 'b', 'c', 'd']) keep(key, said('x'.repeat(1_500)));
    expect(answers.figures()).toMatchObject({ answers: 2 });
    expect(answers.figures().bytes).toBeLessThan(10_000);
  });

  test('is not kept when it alone is too large', () => {
    const { answers, keep } = cache();
    keep('key', said('x'.repeat(40_000)));
    expect(answers.kept('key')).toBeUndefined();
  });

  test('is forgotten when the shops have changed, and so is one that was under way then', () => {
    const { answers, keep } = cache();
    keep('a', said('a'));
    const late = answers.begin('b', TTL);
    answers.clear();
    late.end(said('b'));
    expect([answers.kept('a'), answers.kept('b')]).toEqual([undefined, undefined]);
  });
});

describe('who asks', () => {
  test('asks again within the time, and for the first time after it', () => {
    const { answers, pass } = cache();
    const asks = (visitor: string) => answers.asksAgain('key', visitor, TTL);
    expect([asks('vis_a'), asks('vis_b'), asks('vis_a')]).toEqual([false, false, true]);
    pass(TTL + 1);
    expect(asks('vis_b')).toBe(false);
  });

  test('is remembered for so many only', () => {
    const { answers } = cache({ maxTold: 2 });
    for (const visitor of ['vis_a', 'vis_b', 'vis_c']) answers.asksAgain('key', visitor, TTL);
    expect(answers.asksAgain('key', 'vis_a', TTL)).toBe(false);
  });
});

describe('an answer under way', () => {
  test('is followed by key, and only the first of two', () => {
    const { answers } = cache();
    const first = answers.begin('key', TTL);
    const second = answers.begin('key', TTL);
    expect(answers.underWay('key')).toBe(first.flight);
    second.end(said('second'));
    expect(answers.underWay('key')).toBe(first.flight);
    first.end(null);
    expect(answers.underWay('key')).toBeUndefined();
    expect(answers.kept('key')).toEqual(said('second'));
  });

  test('is kept once: a second end changes nothing', () => {
    const { answers } = cache();
    const { end } = answers.begin('key', TTL);
    end(null);
    end(said('late'));
    expect(answers.kept('key')).toBeUndefined();
  });
});
