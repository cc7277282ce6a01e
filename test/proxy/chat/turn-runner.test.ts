import { describe, expect, test } from 'vitest';
import type { TurnLog } from '../../../proxy/chat/turn-log.ts';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import type { Model } from '../../../proxy/models/types.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import { calls, end, says, scriptedModel, text } from '../../fakes/scripted-model.ts';
import { question, shop, workshop } from './workshop.ts';

async function runner(model: Model, { maxActive = 10, maxTurnMs = 60_000 } = {}) {
  const { deps, storage } = await workshop(model);
  return { turns: createTurnRunner(deps, { maxActive, maxTurnMs }), storage, deps };
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

  test('gets the kept answer when the turn has ended, cards included', async () => {
    const show = { name: 'show_products', args: { product_ids: [2], title: null, why: 'Soft' } };
    const model = scriptedModel(calls(show), says('This ', 'bed.'));
    const { turns } = await runner(model);
    const input = { shop, ...question('Hello?') };
    const first = await read(await turns.start(input));
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
  const forever = () =>
    scriptedModel([text('a'), new Promise(() => undefined)], [text('b'), new Promise(() => undefined)]);

  test('a second question in a thread with a running answer', async () => {
    const { turns, storage } = await runner(forever());
    const log = await turns.start({ shop, ...question('One?') });
    const { threadId } = (await storage.turn(log.turnId))!;
    expect(turns.activeIn(threadId)).toBe(log.turnId);
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

  test('waits for running answers, then stops them and says why', async () => {
    const { turns, storage } = await runner(scriptedModel([text('Once'), new Promise(() => undefined)]));
    const log = await turns.start({ shop, ...question('Story?') });
    await readUntil(log, 'text');
    await turns.drain(0);
    expect(turns.active).toBe(0);
    expect((await read(log)).slice(-2)).toMatchObject([{ type: 'error', code: 'shutting_down' }, { type: 'done' }]);
    expect(await storage.runningTurns()).toEqual([]);
  });

  test('of a crashed process leaves no thread locked', async () => {
    const { turns, storage, deps } = await runner(scriptedModel(says('Better now.')));
    const orphan = await storage.beginTurn({ ...question('Lost?'), shop: shop.slug, now: 1 });
    const threadId = orphan.outcome === 'started' ? orphan.turn.threadId : '';
    expect(await turns.recover()).toBe(1);
    expect(await storage.runningTurns()).toEqual([]);
    const rows = await deps.storage.messages(threadId, 10);
    expect(rows.at(-1)).toMatchObject({
      role: 'assistant',
      finish: 'error',
      error: { code: 'model_interrupted', retryable: true },
    });
    expect((await read(await turns.start({ shop, ...question('Again?', threadId) }))).at(-1)).toMatchObject({
      finish: 'stop',
    });
  });
});
