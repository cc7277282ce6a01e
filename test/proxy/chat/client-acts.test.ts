import { describe, expect, test, vi } from 'vitest';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import type { TurnLog } from '../../../proxy/chat/turn-log.ts';
import type { ChatEvent, ClientToolEvent } from '../../../proxy/protocol/index.ts';
import { calls, says, scriptedModel, type Step } from '../../fakes/scripted-model.ts';
import { goods, open } from '../tools/till.ts';
import { question, unfenced, workshop } from './workshop.ts';

const show = (...product_ids: number[]) => ({ name: 'show_products', args: { product_ids, title: null, why: null } });
const add = (product_id: number, quantity = 1) => ({
  name: 'add_to_cart',
  args: { product_id, variant_id: null, quantity },
});
const view = { name: 'view_cart', args: {} };
const owner = { shop: open.slug, visitorId: 'vis_a' };

async function counter(...script: Step[][]) {
  const model = scriptedModel(...script);
  const { deps, storage } = await workshop(model, { maxRounds: 6 }, open, goods);
  const slept: { ms: number; wake: () => void }[] = [];
  /** Ends when the test says so, or with its signal. */
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      slept.push({ ms, wake: resolve });
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  const options = { maxActive: 10, maxTurnMs: 600_000, maxDetachedMs: 600_000, sleep };
  const turns = createTurnRunner(deps, options);
  const start = async (text = 'Add it', threadId: string | null = null, rest = {}) =>
    (await turns.start({ shop: open, ...question(text, threadId), ...rest })).log;
  return { model, storage, turns, start, slept, anew: () => createTurnRunner(deps, options) };
}

async function read(log: TurnLog): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const batch of log.follow(0, new AbortController().signal))
    events.push(...batch.map(({ event }) => event));
  return events;
}

/** The n-th thing that a turn asks of the page. */
async function asked(log: TurnLog, count = 1): Promise<ClientToolEvent> {
  let seen = 0;
  for await (const batch of log.follow(0, new AbortController().signal))
    for (const { event } of batch) if (event.type === 'client_tool' && ++seen === count) return event;
  throw new Error('The turn asked nothing.');
}

const of = (events: readonly ChatEvent[], type: ChatEvent['type']) => events.filter((event) => event.type === type);

describe('what only the page can do', () => {
  test('is asked of it with the card, waited for, and told to the model and in the answer', async () => {
    const { start, turns, model, storage } = await counter(calls(show(1)), calls(add(1, 2)), says('Done.'));
    const log = await start();
    const act = await asked(log);
    expect(act).toMatchObject({
      call_id: expect.stringMatching(/^act_[\w-]{22}$/),
      name: 'add_to_cart',
      arguments: { product: { id: 1, title: 'Bowl', external_id: 'sku-1' }, variant_id: 'sku-1', quantity: 2 },
    });
    const total = { amount: 2_002, currency: 'ILS' };
    const cart = { count: 2, items: [{ title: 'Bowl', quantity: 2 }], total };
    await turns.settleAct(log.turnId, owner, act.call_id, { ok: true, cart });
    const events = await read(log);
    expect(of(events, 'cart')).toEqual([{ ...act, type: 'cart', outcome: { ok: true, cart } }]);
    expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    expect(unfenced(model.requests[2]!.input.at(-1)!)).toMatchObject({
      ok: true,
      cart: { count: 2, total: '20.02', currency: 'ILS' },
    });
    const { assistantMessageId } = (await storage.turn(log.turnId))!;
    expect((await storage.message(assistantMessageId))!.parts[1]).toMatchObject({
      type: 'cart',
      added: { productId: 1, variantId: 'sku-1', quantity: 2 },
      outcome: { ok: true },
    });
  });

  test('stands in the history of the next question', async () => {
    const { start, turns, model } = await counter(calls(show(1)), calls(add(1)), says('Done.'), says('Bye.'));
    const log = await start();
    const { call_id } = await asked(log);
    await turns.settleAct(log.turnId, owner, call_id, { ok: false, code: 'declined' });
    await read(log);
    await read(await start('Thanks', await threadOf(log)));
    const said = model.requests[3]!.input.map((item) => ('text' in item ? item.text : '')).join('\n');
    expect(said).toMatch(/add to the cart: <data>\n.*"1 Bowl".*"declined"/);
  });

  test('is settled once, only for its owner, and only when it was asked', async () => {
    const { start, turns } = await counter(calls(show(1)), calls(add(1)), says('Done.'));
    const log = await start();
    const { call_id } = await asked(log);
    const settle = (id: string, who = owner) => turns.settleAct(log.turnId, who, id, { ok: true });
    await expect(settle(call_id, { ...owner, visitorId: 'vis_b' })).rejects.toMatchObject({ code: 'turn_not_found' });
    await expect(settle('act_unknown')).rejects.toMatchObject({ code: 'tool_call_not_found', status: 404 });
    await settle(call_id);
    await expect(settle(call_id)).rejects.toMatchObject({ code: 'tool_call_settled', status: 409 });
    await read(log);
    await vi.waitFor(() => expect(turns.active).toBe(0));
    await expect(settle(call_id)).rejects.toMatchObject({ code: 'tool_call_not_found' });
  });

  test('is not asked of a product that the thread has not shown', async () => {
    const { start, model } = await counter(calls(add(1)), says('Sorry.'));
    expect(of(await read(await start()), 'client_tool')).toEqual([]);
    expect(unfenced(model.requests[1]!.input.at(-1)!)).toMatchObject({ ok: false, code: 'not_purchasable' });
  });

  test('is asked once for the same thing, and again for another', async () => {
    const { start, turns } = await counter(
      calls(show(1)),
      calls(add(1), add(1)),
      calls(add(1), add(1, 2)),
      says('Ok.'),
    );
    const log = await start();
    const first = await asked(log);
    await turns.settleAct(log.turnId, owner, first.call_id, { ok: true });
    const second = await asked(log, 2);
    expect(second).toMatchObject({ arguments: { quantity: 2 } });
    expect(second.call_id).not.toBe(first.call_id);
    await turns.settleAct(log.turnId, owner, second.call_id, { ok: true });
    const events = await read(log);
    expect(of(events, 'client_tool')).toHaveLength(2);
    expect(of(events, 'cart')).toHaveLength(2);
    expect(of(events, 'tool').filter((event) => 'status' in event && event.status === 'done')).toHaveLength(5);
  });

  test('looks into the cart anew each time', async () => {
    const { start, turns } = await counter(calls(view), calls(view), says('Empty.'));
    const log = await start();
    const first = await asked(log);
    await turns.settleAct(log.turnId, owner, first.call_id, { ok: true, cart: { count: 0, items: [] } });
    const second = await asked(log, 2);
    expect(second.call_id).not.toBe(first.call_id);
    await turns.settleAct(log.turnId, owner, second.call_id, { ok: false, code: 'network' });
    expect(of(await read(log), 'cart')).toMatchObject([{ name: 'view_cart' }, { outcome: { code: 'network' } }]);
  });

  test('is not waited for where a program reads the answer', async () => {
    const { start, model } = await counter(calls(view), says('I cannot see it.'));
    const events = await read(await start('My cart?', null, { hasPage: false }));
    expect(of(events, 'client_tool')).toEqual([]);
    expect(unfenced(model.requests[1]!.input.at(-1)!)).toMatchObject({ ok: false, code: 'unavailable' });
  });
});

describe('a page that does not answer', () => {
  test('is waited for two minutes, once: the answer goes on without it', async () => {
    const { start, model, slept } = await counter(
      calls(show(1)),
      calls(add(1)),
      calls(add(1, 2)),
      says('Later, then.'),
    );
    const log = await start();
    await asked(log);
    expect(slept).toMatchObject([{ ms: 120_000 }]);
    slept[0]!.wake();
    const events = await read(log);
    expect(of(events, 'client_tool')).toHaveLength(1);
    expect(of(events, 'cart')).toMatchObject([{ outcome: { ok: false, code: 'no_answer' } }]);
    expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    expect(unfenced(model.requests[3]!.input.at(-1)!)).toMatchObject({ code: 'no_answer' });
  });

  test('is let go by Stop', async () => {
    const { start, turns } = await counter(calls(show(1)), calls(add(1)), says('Never.'));
    const log = await start();
    await asked(log);
    await turns.cancel(log.turnId, owner);
    expect((await read(log)).at(-1)).toMatchObject({ type: 'done', finish: 'cancelled' });
  });

  test('is let go by the next question, which is answered', async () => {
    const { start } = await counter(calls(show(1)), calls(add(1)), says('Blue it is.'));
    const log = await start();
    await asked(log);
    const next = await start('In blue?', await threadOf(log));
    expect((await read(log)).at(-1)).toMatchObject({ finish: 'cancelled' });
    const events = await read(next);
    expect(of(events, 'text')).toEqual([{ type: 'text', content: 'Blue it is.' }]);
    expect(events.at(-1)).toMatchObject({ finish: 'stop' });
  });
});

async function threadOf(log: TurnLog): Promise<string> {
  for await (const batch of log.follow(0, new AbortController().signal))
    for (const { event } of batch) if (event.type === 'thread_id') return event.thread_id;
  throw new Error('The turn is nowhere.');
}

test('a turn that is begun again asks the same under the same id, so that a page that has done it does not do it twice', async () => {
  const { start, turns, anew, storage } = await counter(
    calls(show(1)),
    calls(add(1, 2)),
    calls(show(1)),
    calls(add(1, 2)),
    says('Done.'),
  );
  const log = await start();
  const before = await asked(log);
  await turns.drain(0);
  const next = anew();
  const again = (await next.find(log.turnId, owner))!;
  const after = await asked(again, 2);
  expect(after).toEqual(before);
  await next.settleAct(log.turnId, owner, after.call_id, { ok: true });
  expect((await read(again)).at(-1)).toMatchObject({ finish: 'stop' });
  const { assistantMessageId } = (await storage.turn(log.turnId))!;
  const { parts } = (await storage.message(assistantMessageId))!;
  expect(parts.filter(({ type }) => type === 'cart')).toHaveLength(1);
});
