import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Flight } from '../../../../proxy/chat/answer-cache/flight.ts';
import type { ChatEvent } from '../../../../proxy/protocol/index.ts';

const text = (content: string): ChatEvent => ({ type: 'text', content });
const LONG = 60_000;

/** Follows to the end. */
async function follow(flight: Flight, { signal = new AbortController().signal, patienceMs = LONG } = {}) {
  const told: ChatEvent[] = [];
  const events = flight.follow(signal, patienceMs);
  let next = await events.next();
  for (; !next.done; next = await events.next()) told.push(next.value);
  return { told, whole: next.value };
}

describe('who follows an answer', () => {
  test('hears what was said and what comes, to its end', async () => {
    const flight = new Flight();
    flight.tell(text('a'));
    const [one, two] = [follow(flight), follow(flight)];
    await Promise.resolve();
    flight.tell(text('b'));
    flight.end(true);
    const whole = { told: [text('a'), text('b')], whole: true };
    expect(await Promise.all([one, two])).toEqual([whole, whole]);
  });

  test('is told when it is not for others, and hears no more of it', async () => {
    const flight = new Flight();
    const following = follow(flight);
    flight.tell(text('a'));
    flight.end(false);
    flight.tell(text('b'));
    expect((await following).whole).toBe(false);
  });

  test('waits no longer than so long for a word', async () => {
    const flight = new Flight();
    flight.tell(text('a'));
    expect(await follow(flight, { patienceMs: 1 })).toEqual({ told: [text('a')], whole: false });
  });

  test('has as long for every word, however long it took for the one before', async () => {
    const flight = new Flight();
    const events = flight.follow(new AbortController().signal, 20);
    flight.tell(text('a'));
    await events.next();
    await setTimeout(40);
    const next = events.next();
    await Promise.resolve();
    flight.tell(text('b'));
    expect(await next).toEqual({ value: text('b'), done: false });
    await events.return(false);
  });

  test('leaves when told to, for the reason that was given', async () => {
    const stop = new AbortController();
    const following = follow(new Flight(), { signal: stop.signal });
    stop.abort(new Error('Enough.'));
    await expect(following).rejects.toThrow('Enough.');
  });

  test('leaves nothing of its own behind', async () => {
    const flight = new Flight();
    const { signal } = new AbortController();
    let listeners = 0;
    signal.addEventListener = () => void listeners++;
    signal.removeEventListener = () => void listeners--;
    flight.end(true);
    await follow(flight, { signal });
    expect(listeners).toBe(0);
  });
});

test('patience begins anew with each word', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const flight = new Flight();
  const following = follow(flight, { patienceMs: 100 });
  for (const word of ['a', 'b', 'c']) {
    await vi.advanceTimersByTimeAsync(80);
    flight.tell(text(word));
  }
  await vi.advanceTimersByTimeAsync(80);
  flight.end(true);
  expect(await following).toEqual({ told: [text('a'), text('b'), text('c')], whole: true });
});
