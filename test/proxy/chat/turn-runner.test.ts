import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TurnLog } from '../../../proxy/chat/turn-log.ts';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { encodeFrame, type ChatEvent } from '../../../proxy/protocol/index.ts';
import { calls, end, says, scriptedModel, text, USAGE } from '../../fakes/scripted-model.ts';
import { call } from '../storage/spending-calls.ts';
import { question, shop, workshop } from './workshop.ts';

async function runner(model: Model, { maxActive = 10, maxTurnMs = 60_000, maxDetachedMs = 60_000 } = {}) {
  const { deps, storage } = await workshop(model);
  const turns = createTurnRunner(deps, { maxActive, maxTurnMs, maxDetachedMs });
  const start = async (input: Parameters<typeof turns.start>[0]) => (await turns.start(input)).log;
  return {
    turns: {
      ...turns,
      get active() {
        return turns.active;
      },
      start,
    },
    storage,
    deps,
  };
}

async function read(log: TurnLog, after = 0): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const batch of log.follow(after, new AbortController().signal))
    for (const { event } of batch) events.push(event);
  return events;
}

async function readUntil(log: TurnLog, type: ChatEvent['type']): Promise<void> {
  for await (const batch of log.follow(0, new AbortController().signal))
    if (batch.some(({ event }) => event.type === type)) return;
}

/** A model that begins to answer and never ends. */
const forever = (beginning = 'a') =>
  scriptedModel(...[1, 2].map(() => [text(beginning), new Promise(() => undefined)]));

const owner = { shop: shop.slug, visitorId: 'vis_a' };

describe('a running turn', () => {
  test('goes on and is saved though nobody listens', async () => {
    const { turns, storage } = await runner(scriptedModel(says('All ', 'alone.')));
    const log = await turns.start({ shop, ...question('Hello?') });
    await turns.drain(60_000);
    const row = await storage.turn(log.turnId);
    expect(await storage.message(row!.assistantMessageId)).toMatchObject({
      parts: [{ content: 'All alone.' }],
      finish: 'stop',
    });
  });

  test('tells everybody who follows the same, from wherever they start', async () => {
    const { turns } = await runner(scriptedModel(says('a', 'b', 'c')));
    const log = await turns.start({ shop, ...question('Hello?') });
    const [first, second] = await Promise.all([read(log), read(log)]);
    expect(second).toEqual(first);
    expect(await read(log, 2)).toEqual(first.slice(2));
    expect(first.map(({ type }) => type)).toEqual(['thread_id', 'text', 'text', 'text', 'done']);
  });

  test('numbers its events from 1 without gaps', async () => {
    const { turns } = await runner(scriptedModel(says('a', 'b')));
    const log = await turns.start({ shop, ...question('Hello?') });
    const seqs: number[] = [];
    for await (const batch of log.follow(0, new AbortController().signal)) seqs.push(...batch.map(({ seq }) => seq));
    expect(seqs).toEqual([1, 2, 3, 4]);
  });

  test('hands over in one batch what the model said in one go', async () => {
    const { turns } = await runner(scriptedModel(says('a', 'b', 'c', 'd')));
    const log = await turns.start({ shop, ...question('Hello?') });
    const batches: string[][] = [];
    for await (const batch of log.follow(0, new AbortController().signal))
      batches.push(batch.map(({ event }) => event.type));
    expect(batches.length).toBeLessThan(6);
    expect(batches.flat()).toHaveLength(6);
  });

  test('is left alone by a follower that goes', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { turns } = await runner(scriptedModel([text('a'), held, text('b'), end()]));
    const log = await turns.start({ shop, ...question('Hello?') });
    const leaving = new AbortController();
    for await (const batch of log.follow(0, leaving.signal))
      if (batch.some(({ event }) => event.type === 'text')) leaving.abort();
    release();
    expect((await read(log)).at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
  });
});

describe('the same message again', () => {
  test('joins the turn that is running', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const model = scriptedModel([text('a'), held, text('b'), end()]);
    const { turns } = await runner(model);
    const input = { shop, ...question('Hello?') };
    const first = await turns.start(input);
    const second = await turns.start(input);
    expect(second).toBe(first);
    release();
    await read(second);
    expect(model.requests).toHaveLength(1);
  });

  test('gets the same events when the turn has ended', async () => {
    const show = { name: 'show_products', args: { product_ids: [2], title: null, why: 'Soft' } };
    const model = scriptedModel(calls(show), says('This ', 'bed.'));
    const { turns } = await runner(model);
    const input = { shop, ...question('Hello?') };
    const first = await read(await turns.start(input));
    const again = await read(await turns.start(input));
    expect(again).toEqual(first);
    expect(model.requests).toHaveLength(2);
  });

  test('gets the kept answer, cards included, when the events are forgotten', async () => {
    const show = { name: 'show_products', args: { product_ids: [2], title: null, why: 'Soft' } };
    const model = scriptedModel(calls(show), says('This ', 'bed.'));
    const { turns, storage } = await runner(model);
    const input = { shop, ...question('Hello?') };
    const first = await read(await turns.start(input));
    await storage.pruneEvents(Infinity, 1_000);
    const again = await read(await turns.start(input));
    expect(again).toEqual([
      first[0],
      first.find(({ type }) => type === 'products'),
      { type: 'text', content: 'This bed.' },
      first.at(-1),
    ]);
    expect(model.requests).toHaveLength(2);
  });
});

describe('refused at once', () => {
  test('a second question in a thread with a running answer', async () => {
    const { turns, storage } = await runner(forever());
    const log = await turns.start({ shop, ...question('One?') });
    const { threadId } = (await storage.turn(log.turnId))!;
    expect(await turns.activeIn(threadId)).toBe(log.turnId);
    await expect(turns.start({ shop, ...question('Two?', threadId) })).rejects.toMatchObject({
      code: 'turn_active',
      status: 409,
    });
    await turns.drain(0);
  });

  test('a question too many, without writing anything', async () => {
    const { turns, storage } = await runner(forever(), { maxActive: 1 });
    await turns.start({ shop, ...question('One?') });
    await expect(turns.start({ shop, ...question('Two?') })).rejects.toMatchObject({
      code: 'overloaded',
      status: 503,
      retryAfterMs: 5_000,
    });
    expect(await storage.threads(shop.slug, 'vis_a', 10)).toHaveLength(1);
    await turns.drain(0);
  });

  test("a question in somebody else's thread", async () => {
    const { turns } = await runner(scriptedModel());
    await expect(turns.start({ shop, ...question('Hi', 'thr_not_mine') })).rejects.toMatchObject({
      code: 'thread_not_found',
    });
  });

  test('any question while shutting down', async () => {
    const { turns } = await runner(scriptedModel());
    await turns.drain(0);
    await expect(turns.start({ shop, ...question('Hi') })).rejects.toMatchObject({
      code: 'shutting_down',
      status: 503,
    });
  });
});

describe('cancel', () => {
  test('ends the answer, and returns when it is saved', async () => {
    const { turns, storage } = await runner(scriptedModel([text('Once'), new Promise(() => undefined)]));
    const log = await turns.start({ shop, ...question('Story?') });
    await readUntil(log, 'text');
    await turns.cancel(log.turnId, owner);
    expect(await storage.turn(log.turnId)).toMatchObject({ status: 'cancelled' });
    expect((await read(log)).at(-1)).toMatchObject({ type: 'done', finish: 'cancelled' });
    await turns.cancel(log.turnId, owner);
  });

  test('is only for whose turn it is', async () => {
    const { turns } = await runner(scriptedModel([text('Once'), new Promise(() => undefined)]));
    const log = await turns.start({ shop, ...question('Story?') });
    for (const stranger of [
      { ...owner, visitorId: 'vis_b' },
      { ...owner, shop: 'books' },
    ]) {
      await expect(turns.cancel(log.turnId, stranger)).rejects.toMatchObject({ code: 'turn_not_found' });
    }
    await expect(turns.cancel('trn_none', owner)).rejects.toMatchObject({ code: 'turn_not_found' });
    expect(turns.active).toBe(1);
    await turns.drain(0);
  });
});

describe('the end', () => {
  test('comes to a turn that takes too long', async () => {
    const { turns } = await runner(scriptedModel([text('Once'), new Promise(() => undefined)]), { maxTurnMs: 20 });
    const events = await read(await turns.start({ shop, ...question('Story?') }));
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', code: 'model_timeout' },
      { type: 'done', finish: 'error' },
    ]);
  });
});

describe('a shutdown', () => {
  test('lets answers end that end in time', async () => {
    const { turns, storage } = await runner(scriptedModel(says('Just in time.')));
    const log = await turns.start({ shop, ...question('Story?') });
    await turns.drain(60_000);
    expect((await read(log)).at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    expect(await storage.turn(log.turnId)).toMatchObject({ status: 'stop' });
  });

  test('breaks the others off: no end for those who follow, what was said is kept, nothing runs on', async () => {
    const { turns, storage } = await runner(forever('Once'));
    const log = await turns.start({ shop, ...question('Story?') });
    await readUntil(log, 'text');
    await turns.drain(0);
    expect(turns.active).toBe(0);
    expect((await read(log)).map(({ type }) => type)).toEqual(['thread_id', 'text']);
    const row = (await storage.turn(log.turnId))!;
    expect(row.status).toBe('interrupted');
    expect(await storage.message(row.assistantMessageId)).toMatchObject({
      parts: [{ content: 'Once' }],
      finish: 'error',
      error: { code: 'model_interrupted', retryable: true },
    });
    expect(await storage.usageOfTurn(row.id)).toMatchObject([{ outcome: 'cancelled', estimated: true }]);
  });
});

describe('a turn that was broken off', () => {
  /** As a crash leaves it: begun, something said, and nothing else. */
  async function orphan(model: Model, frames = ['Half ', 'an ans']) {
    const { turns, storage, deps } = await runner(model);
    const begun = await storage.beginTurn({
      ...question('Lost?'),
      shop: shop.slug,
      maxThreads: 100,
      maxMessages: 100,
      now: deps.now(),
    });
    if (begun.outcome !== 'started') throw new Error(begun.outcome);
    const { turn } = begun;
    const said: ChatEvent[] = [
      { type: 'thread_id', thread_id: turn.threadId, turn_id: turn.id, message_id: turn.assistantMessageId },
      ...frames.map((content): ChatEvent => ({ type: 'text', content })),
    ];
    for (const [index, event] of said.entries()) {
      const seq = index + 1;
      storage.appendJournal(encodeFrame(turn.id, seq, event));
    }
    const ids = { shop: shop.slug, threadId: turn.threadId, turnId: turn.id };
    const usage = call({ ...USAGE, ...ids, model: 'scripted', outputTokens: 0, createdAt: 1 });
    await storage.beginUsage(usage, { tokens: 600, microUsd: 0, accounts: [] });
    return { turns, storage, turn };
  }

  test('by a crash is settled at boot: what was said and what it cost is kept, the thread is free', async () => {
    const { turns, storage, turn } = await orphan(scriptedModel(says('Better now.')));
    expect(await turns.recover()).toBe(1);
    expect(await storage.runningTurns()).toEqual([]);
    expect(await storage.message(turn.assistantMessageId)).toMatchObject({
      parts: [{ type: 'text', content: 'Half an ans' }],
      finish: 'error',
      error: { code: 'model_interrupted', retryable: true },
    });
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'error', outputTokens: 4, estimated: true }]);
    expect((await read(await turns.start({ shop, ...question('Again?', turn.threadId) }))).at(-1)).toMatchObject({
      finish: 'stop',
    });
    expect(await turns.recover()).toBe(0);
  });

  test('is taken up again for who comes back for it: the rest of the old, a reset, a whole new answer', async () => {
    const model = scriptedModel(says('All ', 'of it.'));
    const { turns, storage, turn } = await orphan(model);
    await turns.recover();
    expect(await turns.activeIn(turn.threadId)).toBe(turn.id);
    const log = (await turns.find(turn.id, owner))!;
    const events = await read(log, 2);
    expect(events.map((event) => (event.type === 'text' ? event.content : event.type))).toEqual([
      'an ans',
      'reset',
      'thread_id',
      'All ',
      'of it.',
      'done',
    ]);
    expect(await storage.message(turn.assistantMessageId)).toMatchObject({
      parts: [{ content: 'All of it.' }],
      finish: 'stop',
      error: null,
    });
    expect(await storage.messages(turn.threadId, 10)).toHaveLength(2);
    expect((await storage.usageOfTurn(turn.id)).map(({ outcome }) => outcome)).toEqual(['error', 'ok']);
  });

  test('is taken up once, however many come back at once', async () => {
    const model = scriptedModel(says('Once.'), says('Twice.'));
    const { turns, turn } = await orphan(model);
    await turns.recover();
    const logs = await Promise.all([1, 2, 3].map(() => turns.find(turn.id, owner)));
    const told = await Promise.all(logs.map((log) => read(log!)));
    expect(new Set(told.map((events) => JSON.stringify(events))).size).toBe(1);
    expect(model.requests).toHaveLength(1);
  });

  test('again and again is given up after three tries', async () => {
    const { turns, storage, turn } = await orphan(scriptedModel());
    for (let attempt = 1; attempt < 3; attempt++) {
      await turns.recover();
      expect(await storage.reopenTurn(turn.id, { since: 0, maxAttempts: 3 })).toBeDefined();
    }
    await turns.recover();
    expect(await turns.find(turn.id, owner)).toBeNull();
    expect(await turns.activeIn(turn.threadId)).toBeNull();
  });

  test('is not taken up once the thread has gone on', async () => {
    const { turns, turn } = await orphan(scriptedModel(says('New answer.')));
    await turns.recover();
    await read(await turns.start({ shop, ...question('Something else', turn.threadId) }));
    expect(await turns.find(turn.id, owner)).toBeNull();
  });

  test('between its last word and its end is whole in the thread, and its log says that it is not', async () => {
    const { turns, storage, turn } = await orphan(scriptedModel());
    const parts = [{ type: 'text' as const, content: 'Half an answer.' }];
    await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts, now: 5 });
    expect(await turns.recover()).toBe(0);
    expect(await turns.find(turn.id, owner)).toBeNull();
  });
});

describe('nobody listening', () => {
  test('ends the turn after a while, and keeps what was said', async () => {
    const { turns, storage } = await runner(forever('Anybody?'), { maxDetachedMs: 20 });
    const log = await turns.start({ shop, ...question('Story?') });
    await vi.waitFor(async () => expect((await storage.turn(log.turnId))?.status).toBe('error'));
    const row = (await storage.turn(log.turnId))!;
    expect(await storage.message(row.assistantMessageId)).toMatchObject({
      parts: [{ content: 'Anybody?' }],
      error: { code: 'model_interrupted' },
    });
  });

  test('counts from when the last follower left', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { turns, storage } = await runner(forever('Anybody?'), { maxDetachedMs: 1_000 });
    const log = await turns.start({ shop, ...question('Story?') });
    const leaving = new AbortController();
    const following = (async () => {
      for await (const _ of log.follow(0, leaving.signal));
    })();
    vi.advanceTimersByTime(5_000);
    expect(turns.active).toBe(1);
    leaving.abort();
    await following;
    vi.advanceTimersByTime(999);
    expect(turns.active).toBe(1);
    vi.advanceTimersByTime(1);
    await vi.waitFor(() => expect(turns.active).toBe(0));
    expect(await storage.turn(log.turnId)).toMatchObject({ status: 'error' });
  });
});
