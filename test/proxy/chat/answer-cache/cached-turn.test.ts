import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { syncCatalog } from '../../../../proxy/catalog/index.ts';
import { AnswerCache } from '../../../../proxy/chat/answer-cache/answer-cache.ts';
import { createTurnRunner } from '../../../../proxy/chat/turn-runner.ts';
import type { StartTurn } from '../../../../proxy/chat/types.ts';
import type { TurnLog } from '../../../../proxy/chat/turn-log.ts';
import type { TurnDeps } from '../../../../proxy/chat/types.ts';
import { ChatError } from '../../../../proxy/errors.ts';
import type { ModelEvent } from '../../../../proxy/models/types.ts';
import type { ChatEvent } from '../../../../proxy/protocol/index.ts';
import { calls, end, says, scriptedModel, text, type Step } from '../../../fakes/scripted-model.ts';
import { products, question, shop as plainShop, workshop } from '../workshop.ts';

const shop = { ...plainShop, answerCache: { minutes: 60 } };
const show = (...product_ids: number[]) => ({
  name: 'show_products',
  args: { product_ids, title: 'For you', why: null },
});

/** A proxy's core whose model does what these calls say, in this order. */
async function house(...script: Step[][]) {
  const model = scriptedModel(...script);
  const { deps, storage } = await workshop(model, {}, shop);
  return { ...opened(deps), deps, storage, model };
}

function opened(deps: TurnDeps) {
  const turns = createTurnRunner(deps, { maxActive: 10, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
  onTestFinished(() => turns.drain(0));
  const start = async (visitorId: string, words = 'A soft bed?', changes: Partial<StartTurn> = {}) =>
    turns.start({ shop, identified: false, ...question(words), visitorId, ...changes });
  return { turns, start, ask: async (...asked: Parameters<typeof start>) => whole((await start(...asked)).log) };
}

/** What a turn told: its events without those that only say where it is. */
async function whole(log: TurnLog) {
  const events: ChatEvent[] = [];
  for await (const batch of log.follow(0, new AbortController().signal)) {
    events.push(...batch.map(({ event }) => event));
  }
  const told = events.filter(({ type }) => type !== 'thread_id' && type !== 'done');
  const done = events.at(-1) as Extract<ChatEvent, { type: 'done' }>;
  const words = told.map((event) => (event.type === 'text' ? event.content : '')).join('');
  return { told, done, words, turnId: log.turnId, types: told.map(({ type }) => type) };
}

async function until(log: TurnLog, type: ChatEvent['type']): Promise<void> {
  for await (const batch of log.follow(0, new AbortController().signal)) {
    if (batch.some(({ event }) => event.type === type)) return;
  }
}

const listed = (goods: typeof products) => ({
  name: 'test',
  async *products() {
    yield* goods;
  },
});

/** A model's silence that the test ends. */
function held() {
  let release!: () => void;
  const silence = new Promise<void>((resolve) => (release = resolve));
  return { silence, release };
}

describe('a question that somebody else has asked', () => {
  test('is answered without the model: the same words, the same cards, the same kept', async () => {
    const { ask, storage, model } = await house(calls(show(2, 1)), says('These ', 'two are soft.'));
    const fresh = await ask('vis_a');
    const told = await ask('vis_b', '  a soft BED ?!');
    expect(model.requests).toHaveLength(2);
    expect(told.words).toBe(fresh.words);
    expect(told.told.find(({ type }) => type === 'products')).toEqual(
      fresh.told.find(({ type }) => type === 'products'),
    );
    expect(told.done.finish).toBe('stop');
    const [kept, before] = await Promise.all([told, fresh].map(({ done }) => storage.message(done.message_id)));
    expect(kept!.parts).toEqual(before!.parts);
  });

  test('comes in pieces of a line or so', async () => {
    const long = 'A bed is soft when its filling is. '.repeat(10);
    const { ask } = await house(says(long));
    await ask('vis_a');
    const { told, words } = await ask('vis_b');
    expect(words).toBe(long);
    expect(told.length).toBeGreaterThan(3);
    for (const event of told)
      expect(event).toMatchObject({ type: 'text', content: expect.stringMatching(/^.{1,80}$/) });
  });

  test('leaves a row that cost nothing', async () => {
    const { ask, storage } = await house(says('Yes.'));
    await ask('vis_a');
    const { turnId } = await ask('vis_b');
    expect(await storage.usageOfTurn(turnId)).toMatchObject([
      { fromCache: true, model: 'scripted', arm: '', inputTokens: 0, outputTokens: 0, costMicroUsd: 0, outcome: 'ok' },
    ]);
  });

  test('counts as a message all the same', async () => {
    const { ask, start } = await house(says('Yes.'));
    const limits = { ...shop.limits, shop: { ...shop.limits.shop, messagesPerMinute: 2 } };
    const strict = { shop: { ...shop, limits } };
    await ask('vis_a', 'Hi?', strict);
    await ask('vis_b', 'Hi?', strict);
    await expect(start('vis_c', 'Hi?', strict)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('is gone on from as from an answer of the model', async () => {
    const { ask, model } = await house(calls(show(2)), says('This one.'), says('249.'), says('249.'));
    const [first, second] = [await ask('vis_a'), await ask('vis_b')];
    await ask('vis_a', 'And its price?', { threadId: first.done.thread_id });
    const { words } = await ask('vis_b', 'And its price?', { threadId: second.done.thread_id });
    expect(model.requests[3]!.input).toEqual(model.requests[2]!.input);
    expect(words).toBe('249.');
  });

  test('counts what it did', async () => {
    const { ask, deps } = await house(says('Yes.'), says('No.'));
    await ask('vis_a');
    await ask('vis_b');
    await ask('vis_b', 'A hard bed?');
    expect(deps.answers.figures()).toMatchObject({ hits: 1, misses: 2, joins: 0, answers: 2 });
  });
});

describe('the model is asked', () => {
  const one = says('One.');
  const two = says('Two.');

  test.each<[string, Parameters<Awaited<ReturnType<typeof house>>['ask']>]>([
    ['for other words', ['vis_b', 'A soft bed for 2?']],
    ['by who has signed in', ['vis_b', undefined, { identified: true }]],
    ['by who may have signed in', ['vis_b', undefined, { identified: undefined } as never]],
    ['for a page in another language', ['vis_b', undefined, { locale: 'he' }]],
    ['by who asks again', ['vis_a']],
    ['in a shop that shares no answers', ['vis_b', undefined, { shop: { ...shop, answerCache: null } }]],
    ['by a shop with another prompt', ['vis_b', undefined, { shop: { ...shop, prompt: 'Be long.' } }]],
    ['by a shop with other people', ['vis_b', undefined, { shop: { ...shop, contact: { phone: '+972 3 555 0100' } } }]],
    ['by a shop with other tools', ['vis_b', undefined, { shop: { ...shop, tools: ['search_products'] } }]],
    [
      'by a shop with another model',
      [
        'vis_b',
        undefined,
        { shop: { ...shop, models: { ...shop.models, default: { ...shop.models.default, model: 'other' } } } },
      ],
    ],
  ])('%s', async (_, again) => {
    const { ask } = await house(one, two);
    await ask('vis_a');
    expect((await ask(...again)).words).toBe('Two.');
  });

  test('when what it told has become out of date', async () => {
    const { ask, storage } = await house(one, two);
    await ask('vis_a');
    const source = listed(products.slice(1));
    await syncCatalog({ storage, shop: shop.slug, source, signal: new AbortController().signal });
    expect((await ask('vis_b')).words).toBe('Two.');
  });

  test('by another shop with the same settings and the same goods', async () => {
    const { ask, storage } = await house(one, two);
    const other = { ...shop, slug: 'other' };
    await syncCatalog({ storage, shop: other.slug, source: listed(products), signal: new AbortController().signal });
    await ask('vis_a');
    expect((await ask('vis_b', undefined, { shop: other })).words).toBe('Two.');
  });

  test('when the shop was read again', async () => {
    const { ask, deps } = await house(one, two);
    await ask('vis_a');
    deps.answers.clear();
    expect((await ask('vis_b')).words).toBe('Two.');
  });

  test('in the middle of a conversation, though the same was a first question', async () => {
    const { ask } = await house(one, two, says('Three.'));
    await ask('vis_a');
    const { done } = await ask('vis_b', 'Something else?');
    expect((await ask('vis_b', undefined, { threadId: done.thread_id })).words).toBe('Three.');
  });

  test('by the arm of a test that has no answer yet', async () => {
    const { ask } = await house(one, two);
    const { default: model } = shop.models;
    const arms = (name: string) => ({
      shop: { ...shop, models: { ...shop.models, arms: [{ name, weight: 1, model }] } },
    });
    await ask('vis_a', undefined, arms('a'));
    expect((await ask('vis_b', undefined, arms('b'))).words).toBe('Two.');
  });
});

describe('nobody else is told an answer', () => {
  const fallback: ModelEvent = { type: 'fallback', failedTries: 1, code: 'model_unavailable' };
  const cart = { cart: { kind: 'event' as const }, tools: ['view_cart', 'show_products', 'search_products'] };

  test.each<[string, Step[][], Partial<typeof shop>?]>([
    ['that broke off', [[text('Half'), new ChatError('model_interrupted', 'Cut.')]]],
    ['that was too long', [[text('Half'), end([], { finish: 'length' })]]],
    ['that the model refused', [[text('No.'), end([], { finish: 'refusal' })]]],
    ['of another model', [[fallback, ...says('Half.')]]],
    ['with something made up in it', [says('It costs 777 ILS today.')]],
    ['after a tool that failed', [calls({ name: 'show_products', args: '{' }), says('Half.')]],
    ['after a look into the cart', [calls({ name: 'view_cart', args: {} }), says('Half.')], cart],
  ])('%s', async (_, script, changes = {}) => {
    const { start, ask, turns } = await house(...script, says('Fresh.'));
    const its = { shop: { ...shop, ...changes } };
    const { log } = await start('vis_a', undefined, { ...its, hasPage: false });
    await whole(log);
    expect(turns.active).toBe(0);
    expect((await ask('vis_b', undefined, its)).words).toBe('Fresh.');
  });

  test('of the cheaper model', async () => {
    const { start, ask } = await house(says('Cheap.'), says('Fresh.'));
    const prices = (output: number) => ({ input: 0, cachedInput: 0, cacheWrite: 0, output, source: 'a test' });
    const dear = { ...shop.models.default, prices: prices(100) };
    const models = { ...shop.models, default: dear, cheaper: { ...dear, prices: prices(1) } };
    // A call of 500 tokens of output holds 0.05 dollars of the dear one.
    const having = (usdPerDay: number): typeof shop => {
      const limits = {
        ...shop.limits,
        shop: { ...shop.limits.shop, usdPerDay },
        whenSpent: ['cheaper_model' as const],
      };
      return { ...shop, models, limits };
    };
    await whole((await start('vis_a', undefined, { shop: having(0.05) })).log);
    expect((await ask('vis_b', undefined, { shop: having(1) })).words).toBe('Fresh.');
  });

  test('that was given without a model', async () => {
    const broke = { ...shop.limits, shop: { ...shop.limits.shop, tokensPerDay: 1 }, whenSpent: ['search' as const] };
    const { ask } = await house(says('Fresh.'));
    const first = await ask('vis_a', 'bed', { shop: { ...shop, limits: broke } });
    expect(first.types).toEqual(['notice', 'products']);
    expect((await ask('vis_b', 'bed')).words).toBe('Fresh.');
  });
});

describe('the same question while the first is being answered', () => {
  test('follows along, a turn of its own', async () => {
    const { silence, release } = held();
    const { start, model, storage, deps } = await house([text('One, '), silence, text('two.'), end()]);
    const first = await start('vis_a');
    await until(first.log, 'text');
    const second = await start('vis_b');
    await until(second.log, 'text');
    release();
    const [leading, following] = await Promise.all([whole(first.log), whole(second.log)]);
    expect(model.requests).toHaveLength(1);
    expect(following.told).toEqual(leading.told);
    expect(following.done.thread_id).not.toBe(leading.done.thread_id);
    expect(await storage.message(following.done.message_id)).toMatchObject({
      parts: [{ type: 'text', content: 'One, two.' }],
      finish: 'stop',
    });
    expect(await storage.usageOfTurn(following.turnId)).toMatchObject([{ fromCache: true }]);
    expect(deps.answers.figures()).toMatchObject({ misses: 1, joins: 1 });
  });

  test('is asked anew when the first is stopped, and what was told is void', async () => {
    const { start, turns, model, storage } = await house([text('One, '), held().silence], says('Mine.'));
    const first = await start('vis_a');
    await until(first.log, 'text');
    const second = await start('vis_b');
    await until(second.log, 'text');
    await turns.cancel(first.log.turnId, { shop: shop.slug, visitorId: 'vis_a' });
    const { types, done } = await whole(second.log);
    expect(types).toEqual(['text', 'reset', 'text']);
    expect(await storage.message(done.message_id)).toMatchObject({
      parts: [{ type: 'text', content: 'Mine.' }],
      finish: 'stop',
    });
    expect(await storage.usageOfTurn(second.log.turnId)).toMatchObject([{ fromCache: false }]);
    expect(model.requests).toHaveLength(2);
  });

  test('is asked anew by one of the crowd when the first is stopped; the others follow that one', async () => {
    const { silence, release } = held();
    const script = [
      [text('One, '), held().silence],
      [text('Two, '), silence, text('three.'), end()],
    ];
    const { start, turns, model } = await house(...script);
    const first = await start('vis_a');
    await until(first.log, 'text');
    const crowd = [];
    for (let n = 0; n < 8; n++) crowd.push(await start(`vis_b${n}`));
    for (const { log } of crowd) await until(log, 'text');
    await turns.cancel(first.log.turnId, { shop: shop.slug, visitorId: 'vis_a' });
    for (const { log } of crowd) await until(log, 'reset');
    release();
    for (const { log } of crowd) expect((await whole(log)).types).toEqual(['text', 'reset', 'text', 'text']);
    expect(model.requests).toHaveLength(2);
  });

  test('is asked anew without a word when the first fails before it has said anything', async () => {
    const { silence, release } = held();
    const failure = new ChatError('model_unavailable', 'Down.');
    const { start } = await house([silence, failure], says('Mine.'));
    const first = await start('vis_a');
    const second = await start('vis_b');
    release();
    expect((await whole(second.log)).told).toEqual([{ type: 'text', content: 'Mine.' }]);
    expect((await whole(first.log)).done.finish).toBe('error');
  });

  test('is asked anew as soon as the first is about its shopper', async () => {
    const { silence, release } = held();
    const cart = { shop: { ...shop, cart: { kind: 'event' as const }, tools: ['view_cart'] } };
    const { start } = await house(
      [text('Let me see. '), silence, ...calls({ name: 'view_cart', args: {} })],
      says('Mine.'),
    );
    const first = await start('vis_a', undefined, cart);
    await until(first.log, 'text');
    const second = await start('vis_b', undefined, cart);
    await until(second.log, 'text');
    release();
    expect((await whole(second.log)).types).toEqual(['text', 'reset', 'text']);
  });

  test('is asked anew as soon as the first has made something up', async () => {
    const { silence, release } = held();
    const claim = [text('Soft. '), silence, text('It costs 777 ILS today. '), text('Well. '), held().silence];
    const { start, ask } = await house(claim, says('Mine.'));
    const first = await start('vis_a');
    await until(first.log, 'text');
    const second = ask('vis_b');
    release();
    expect((await second).words).toMatch(/Mine\.$/);
  });

  test('is asked anew when the first says nothing for too long', async () => {
    const { deps, model } = await house([held().silence], says('Mine.'));
    const answers = new AnswerCache({ now: deps.now, patienceMs: 1 });
    const looks = vi.spyOn(answers, 'underWay');
    const { start, ask } = opened({ ...deps, answers });
    await start('vis_a');
    expect((await ask('vis_b')).words).toBe('Mine.');
    expect(model.requests).toHaveLength(2);
    // Once for each of them: who looked again would wait for as long once more.
    expect(looks).toHaveBeenCalledTimes(2);
  });

  test('can be stopped alone', async () => {
    const { silence, release } = held();
    const { start, turns } = await house([text('One, '), silence, text('two.'), end()]);
    const first = await start('vis_a');
    await until(first.log, 'text');
    const second = await start('vis_b');
    await until(second.log, 'text');
    await turns.cancel(second.log.turnId, { shop: shop.slug, visitorId: 'vis_b' });
    expect((await whole(second.log)).done.finish).toBe('cancelled');
    release();
    expect(await whole(first.log)).toMatchObject({ words: 'One, two.', done: { finish: 'stop' } });
  });

  test('is asked side by side by one visitor who wants two answers', async () => {
    const { silence, release } = held();
    const { start, ask } = await house([text('One.'), silence, end()], says('Two.'));
    const first = await start('vis_a');
    await until(first.log, 'text');
    expect((await ask('vis_a')).words).toBe('Two.');
    release();
    expect((await whole(first.log)).words).toBe('One.');
  });
});

test('who asks again gets another answer, which the next one gets', async () => {
  const { ask, model } = await house(says('Bad.'), says('Good.'));
  await ask('vis_a');
  await ask('vis_a');
  expect((await ask('vis_b')).words).toBe('Good.');
  expect(model.requests).toHaveLength(2);
});
