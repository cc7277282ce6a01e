import { describe, expect, test } from 'vitest';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { MASKED } from '../../../proxy/shops/types.ts';
import { UNLIMITED } from '../../fixtures/shops.ts';
import { says, scriptedModel, text } from '../../fakes/scripted-model.ts';
import { call } from '../storage/spending-calls.ts';
import { begin, question, shop, workshop } from './workshop.ts';

const OPTIONS = { maxActive: 50, maxTurnMs: 60_000, maxDetachedMs: 60_000 };
const oneAtOnce = limited({ visitor: { ...UNLIMITED, turnsAtOnce: 1 } });
const never = () => [text('Once'), new Promise(() => undefined)];

function limited(limits: Partial<Shop['limits']>, rest: Partial<Shop> = {}): Shop {
  return { ...shop, ...rest, limits: { ...shop.limits, ...limits } };
}

async function runner(theShop: Shop, ...script: Parameters<typeof scriptedModel>) {
  const model = scriptedModel(...script);
  const made = await workshop(model, {}, theShop);
  const turns = createTurnRunner(made.deps, OPTIONS);
  async function ask(input: ReturnType<typeof question>) {
    const { turn, log } = await turns.start({ shop: theShop, ...input });
    const events: ChatEvent[] = [];
    for await (const batch of log.follow(0, new AbortController().signal))
      events.push(...batch.map(({ event }) => event));
    return { turn, events };
  }
  return { ...made, model, turns, ask };
}

describe('the place of a turn', () => {
  test('is free again when the turn has ended', async () => {
    const { ask } = await runner(oneAtOnce, says('One.'), says('Two.'));
    await ask(question('One?'));
    expect((await ask(question('Two?'))).events.at(-1)).toMatchObject({ finish: 'stop' });
  });

  test('is taken while it runs, and free again when it is stopped', async () => {
    const { turns } = await runner(oneAtOnce, never(), never());
    const { turn } = await turns.start({ shop: oneAtOnce, ...question('One?') });
    const second = question('Two?');
    await expect(turns.start({ shop: oneAtOnce, ...second })).rejects.toMatchObject({ code: 'rate_limited' });
    await turns.cancel(turn.id, { shop: 'pets', visitorId: 'vis_a' });
    await turns.start({ shop: oneAtOnce, ...second });
    expect(turns.active).toBe(1);
    await turns.drain(0);
  });

  test('is not lost to a question that could not begin', async () => {
    const { ask, turns } = await runner(oneAtOnce, says('Yes.'));
    for (let i = 0; i < 3; i++) {
      const refused = turns.start({ shop: oneAtOnce, ...question('Hi', 'thr_not_mine') });
      await expect(refused).rejects.toMatchObject({ code: 'thread_not_found' });
    }
    await ask(question('Now?'));
  });

  test('is not lost to a message that has come by another way when it is to be written', async () => {
    const { ask, deps } = await runner(oneAtOnce, says('One.'), says('Two.'));
    const input = question('One?');
    await ask(input);
    const { turnOfMessage } = deps.storage;
    deps.storage.turnOfMessage = async () => undefined;
    expect((await ask(input)).events.at(-1)).toMatchObject({ finish: 'stop' });
    deps.storage.turnOfMessage = turnOfMessage;
    expect((await ask(question('Two?'))).events.at(-1)).toMatchObject({ finish: 'stop' });
  });

  test('is not lost to a database that fails', async () => {
    const { deps } = await workshop(scriptedModel(says('Yes.')), {}, oneAtOnce);
    let broken = true;
    const beginTurn: typeof deps.storage.beginTurn = (turn) =>
      broken ? Promise.reject(new Error('disk full')) : deps.storage.beginTurn(turn);
    const turns = createTurnRunner({ ...deps, storage: { ...deps.storage, beginTurn } }, OPTIONS);
    await expect(turns.start({ shop: oneAtOnce, ...question('One?') })).rejects.toThrow('disk full');
    broken = false;
    await turns.start({ shop: oneAtOnce, ...question('Two?') });
    await turns.drain(60_000);
  });

  test('is taken by a turn that is taken up again, though all are taken', async () => {
    const { turns, deps } = await runner(oneAtOnce, says('Again.'));
    const lost = await begin(deps);
    await turns.recover();
    const place = await deps.allowances.admit({ shop: oneAtOnce, visitorId: 'vis_a', address: 'adr_a' });
    expect(await turns.find(lost.id, { shop: 'pets', visitorId: 'vis_a' })).not.toBeNull();
    place.release();
    await expect(turns.start({ shop: oneAtOnce, ...question('Next?') })).rejects.toMatchObject({
      code: 'rate_limited',
    });
    await turns.drain(60_000);
    await deps.allowances.admit({ shop: oneAtOnce, visitorId: 'vis_a', address: 'adr_a' });
  });
});

describe('the same message', () => {
  test('twenty times at once takes one place and makes one turn', async () => {
    const { ask, model } = await runner(oneAtOnce, says('Once.'));
    const input = question('Hello?');
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(input)));
    expect(new Set(all.map(({ events }) => JSON.stringify(events))).size).toBe(1);
    expect(model.requests).toHaveLength(1);
  });

  test('again counts against no limit', async () => {
    const one = limited({ visitor: { ...UNLIMITED, messagesPerMinute: 1 } });
    const { ask, turns } = await runner(one, says('Once.'));
    const input = question('Hello?');
    const first = await ask(input);
    for (let i = 0; i < 3; i++) expect((await ask(input)).events).toEqual(first.events);
    await expect(turns.start({ shop: one, ...question('More?') })).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

test('fifty questions at once make no more turns than there is room for', async () => {
  const { deps } = await workshop(scriptedModel(...Array.from({ length: 50 }, never)));
  const turns = createTurnRunner(deps, { ...OPTIONS, maxActive: 5 });
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => turns.start({ shop, ...question('Hello?') })));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(turns.active).toBe(5);
  await turns.drain(0);
});

describe('a visitor', () => {
  test('who keeps as many threads as the shop allows begins no other', async () => {
    const two = limited({ threadsPerVisitor: 2 });
    const { ask, turns } = await runner(two, says('1'), says('2'), says('3'));
    await ask(question('One?'));
    const { turn } = await ask(question('Two?'));
    await expect(turns.start({ shop: two, ...question('Three?') })).rejects.toMatchObject({
      code: 'too_many_threads',
      status: 409,
    });
    await ask(question('And?', turn.threadId));
  });

  test('whose thread is as long as the shop allows goes on in another', async () => {
    const two = limited({ messagesPerThread: 2 });
    const { ask, turns } = await runner(two, says('1'), says('2'));
    const { turn } = await ask(question('One?'));
    await expect(turns.start({ shop: two, ...question('Two?', turn.threadId) })).rejects.toMatchObject({
      code: 'thread_full',
    });
    await ask(question('Two?'));
  });
});

test('what a shop masks is in no message, title or request of the model', async () => {
  const masking = limited({}, { privacy: { ...shop.privacy, mask: MASKED } });
  const { ask, storage, model } = await runner(masking, says('Thanks.'));
  const { turn } = await ask({ ...question('I am dana@mail.example, 4111 1111 1111 1111'), locale: 'he' });
  const kept = [await storage.messages(turn.threadId, 10), await storage.threads('pets', 'vis_a', 10), model.requests];
  expect(JSON.stringify(kept)).not.toMatch(/dana|4111/);
  expect(model.requests[0]!.input[1]).toMatchObject({ text: 'I am [email], [card]' });
});

test('a thread is stopped before it is deleted: nothing of it runs on', async () => {
  const { turns, storage } = await runner(shop, never(), never());
  const { turn } = await turns.start({ shop, ...question('One?') });
  const { turn: other } = await turns.start({ shop, ...question('Two?') });
  await turns.stopThread(turn.threadId);
  expect(await storage.turn(turn.id)).toMatchObject({ status: 'cancelled' });
  expect(await storage.turn(other.id)).toMatchObject({ status: 'running' });
  expect(await storage.deleteThread('pets', 'vis_a', turn.threadId)).toBe(true);
  await turns.stopThread(turn.threadId);
  await turns.drain(0);
});

test('the contact of an old answer is the one of today', async () => {
  const before = limited(
    { shop: { ...UNLIMITED, usdPerDay: 0, tokensPerDay: 0 }, whenSpent: ['contact'] },
    { contact: { phone: '1' } },
  );
  const { ask, storage, deps } = await runner(before);
  const input = question('Beds?');
  expect((await ask(input)).events[1]).toEqual({ type: 'notice', code: 'contact', contact: { phone: '1' } });
  await storage.pruneEvents(Infinity, 1_000);
  const today = { ...before, contact: { phone: '2' } };
  const turns = createTurnRunner({ ...deps, shops: { ...deps.shops, bySlug: () => today } }, OPTIONS);
  const { log } = await turns.start({ shop: today, ...input });
  const told: ChatEvent[] = [];
  for await (const batch of log.follow(0, new AbortController().signal)) told.push(...batch.map(({ event }) => event));
  expect(told[1]).toEqual({ type: 'notice', code: 'contact', contact: { phone: '2' } });
});

describe('a call that a crash broke off', () => {
  async function crashed(model: string) {
    const priced = limited(
      {},
      {
        models: {
          default: {
            ...shop.models.default,
            prices: { input: 1, cachedInput: 1, cacheWrite: 1, output: 2, source: 'a test' },
          },
          cheaper: null,
          fallback: null,
          arms: [],
        },
      },
    );
    const made = await runner(priced);
    const turn = await begin(made.deps);
    const asker = { shop: priced, visitorId: 'vis_a', address: 'adr_a' };
    const tokens = { cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, estimated: true };
    const row = { shop: 'pets', threadId: turn.threadId, turnId: turn.id, model, firstTokenMs: null, durationMs: 0 };
    const usage = call({ ...row, ...tokens, inputTokens: 300, createdAt: made.deps.now() });
    const held = made.deps.allowances.reservation(asker, priced.models.default, { input: 300, output: 500 }, 1);
    await made.storage.beginUsage(usage, held);
    await made.turns.recover();
    const [settled] = await made.storage.usageOfTurn(turn.id);
    return { settled, spent: await made.storage.spent(held.accounts) };
  }

  test('is charged at boot with the most that it may have cost', async () => {
    const { settled, spent } = await crashed('scripted');
    expect(settled).toMatchObject({ outcome: 'error', costMicroUsd: 300 });
    for (const account of spent) expect(account).toEqual({ tokens: 800, microUsd: 1_300 });
  });

  test('of a model that the shop has no more costs nobody knows what', async () => {
    const { settled } = await crashed('gone');
    expect(settled).toMatchObject({ outcome: 'error', costMicroUsd: null });
  });
});
