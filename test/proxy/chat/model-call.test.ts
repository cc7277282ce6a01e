import { describe, expect, test } from 'vitest';
import { armOf } from '../../../proxy/chat/arms.ts';
import { forAnswer, ModelCall, type CallOrigin } from '../../../proxy/chat/model-call.ts';
import { settle } from '../../../proxy/chat/settle.ts';
import { modelsOf, Spending } from '../../../proxy/chat/spending.ts';
import { ChatError } from '../../../proxy/errors.ts';
import type { ModelEvent } from '../../../proxy/models/types.ts';
import { createShops } from '../../../proxy/shops/index.ts';
import type { ModelChoice, Shop } from '../../../proxy/shops/types.ts';
import { end, says, scriptedModel, text, USAGE } from '../../fakes/scripted-model.ts';
import { question } from '../models/ask.ts';
import { begin, shop, workshop } from './workshop.ts';

const price = { input: 1, cachedInput: 1, cacheWrite: 1, output: 2, source: 'shops/pets.json' };
const priced: ModelChoice = { ...shop.models.default, prices: price };
const tested: Shop = {
  ...shop,
  models: {
    ...shop.models,
    default: priced,
    arms: ['a', 'b'].map((name) => ({ name, weight: 1, model: { ...priced, model: `model-${name}` } })),
  },
};

async function caller(theShop: Shop = tested) {
  const made = await workshop(scriptedModel(says('Yes.')), {}, theShop);
  const turn = await begin(made.deps);
  const origin = forAnswer({ shop: theShop, turn });
  /** A call that sees these events, and ends. */
  async function called(events: readonly ModelEvent[], changes: Partial<CallOrigin> = {}, failure?: unknown) {
    const call = new ModelCall(made.deps, { ...origin, ...changes }, { choice: priced, fallback: null }, question());
    expect(await call.begin(1)).toBeUndefined();
    for (const event of events) call.saw(event);
    const last = events.find((event) => event.type === 'end');
    await call.end(failure === undefined ? 'ok' : 'error', last, failure);
    return (await made.storage.usageOfTurn(turn.id)).at(-1)!;
  }
  return { ...made, turn, origin, called };
}

describe('a call of a model', () => {
  test('says by which prices it was billed, to the micro-dollar', async () => {
    const { called } = await caller();
    expect(await called([text('Yes.'), end()])).toMatchObject({
      ...USAGE,
      model: 'scripted-1',
      costMicroUsd: 100 * 1 + 10 * 2,
      price,
      retries: 0,
      fromCache: false,
    });
  });

  test('says from its beginning on how often its own server may search, and at its end how often it did', async () => {
    const { deps, origin, storage, turn } = await caller();
    const hosted = { replaces: 'x', instructions: '', account: '', store: 'vs', only: {}, maxSearches: 3, maxParts: 5 };
    const call = new ModelCall(deps, origin, { choice: priced, fallback: null }, { ...question(), hosted });
    await call.begin(1);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'running', price: { searches: 3 } }]);
    call.saw({ type: 'searching' });
    await call.end('ok', end() as Extract<ModelEvent, { type: 'end' }>);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'ok', price: { searches: 1 } }]);
  });

  test('of a model that nobody knows the price of costs null, not nothing', async () => {
    const { deps, origin, storage, turn } = await caller();
    const choice = { ...priced, prices: null };
    const call = new ModelCall(deps, origin, { choice, fallback: null }, question());
    await call.begin(1);
    await call.end('ok', end() as Extract<ModelEvent, { type: 'end' }>);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ costMicroUsd: null, price: null }]);
  });

  test('counts the tries that failed before the one that answered', async () => {
    const { called } = await caller();
    const before: ModelEvent[] = [
      { type: 'waiting', retryAfterMs: 1, failedTries: 1 },
      { type: 'fallback', failedTries: 3, code: 'model_unavailable' },
      { type: 'retried', failedTries: 2 },
    ];
    expect(await called([...before, text('Yes.'), end()])).toMatchObject({ retries: 6, outcome: 'ok' });
  });

  test('says in the log of which turn and shop the fallback answers, and why', async () => {
    const { called, logged, turn } = await caller();
    await called([{ type: 'fallback', failedTries: 1, code: 'model_quota' }, text('Yes.'), end()]);
    const fields = { shop: turn.shop, thread: turn.threadId, turn: turn.id, purpose: 'answer', code: 'model_quota' };
    expect(logged).toMatchObject([{ level: 'warn', fields, message: 'the fallback model answers' }]);
  });

  test('that failed counts the tries before its last one, and none where nobody was asked', async () => {
    const { called } = await caller();
    const failed = (tries: number) => new ChatError('model_unavailable', 'gone', { tries });
    expect(await called([], {}, failed(3))).toMatchObject({ retries: 2, outcome: 'error' });
    expect(await called([], {}, failed(0))).toMatchObject({ retries: 0 });
    const waited: ModelEvent = { type: 'waiting', retryAfterMs: 1, failedTries: 1 };
    expect(await called([waited], {}, failed(1))).toMatchObject({ retries: 1 });
    expect(await called([waited], {}, failed(0))).toMatchObject({ retries: 0 });
  });

  test('for a summary needs no turn that runs, and says that it is one', async () => {
    const { called, storage, turn } = await caller();
    await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts: [], now: 9 });
    expect(await called([text('In short.'), end()], { purpose: 'summary' })).toMatchObject({ purpose: 'summary' });
  });

  test('bounds the name by which a provider calls its model', async () => {
    const { called } = await caller();
    expect((await called([end([], { model: 'x'.repeat(5_000) })])).model).toHaveLength(200);
    expect((await called([end([], { model: '' })])).model).toBe('scripted');
  });

  test("is in the arm of its visitor, whatever it is for, and asks that arm's model first", async () => {
    const { called, deps, origin } = await caller();
    const visitors = Array.from({ length: 20 }, (_, n) => `vis_${n}`);
    const arms = new Set<string>();
    for (const visitorId of visitors) {
      const { name, model } = armOf(tested, visitorId)!;
      arms.add(name);
      expect(modelsOf(tested, visitorId)[0]!.choice).toBe(model);
      expect(await called([end()], { visitorId, purpose: 'summary' })).toMatchObject({ arm: name });
      const call = await new Spending(deps, { ...origin, visitorId }).begin(question());
      await call!.end('cancelled');
    }
    expect(arms.size).toBe(2);
  });
});

describe('calls that a crash broke off', () => {
  test('after their turn had ended are settled at boot, by the price of their own model', async () => {
    const { deps, origin, storage, turn } = await caller();
    await storage.finishTurn({ turnId: turn.id, finish: 'stop', error: null, parts: [], now: 9 });
    const { model } = tested.models.arms[1]!;
    const call = new ModelCall(deps, { ...origin, purpose: 'summary' }, { choice: model, fallback: null }, question());
    await call.begin(1);
    expect(await settle({ ...deps, shops: createShops([tested]) })).toBe(0);
    const [row] = await storage.usageOfTurn(turn.id);
    expect(row).toMatchObject({ outcome: 'error', estimated: true, purpose: 'summary', model: 'model-b', price });
    expect(row!.costMicroUsd).toBe(row!.inputTokens);
    expect(await storage.openUsage(1)).toEqual([]);
    expect(await storage.usageSums({ from: '2026-11-01', to: '2026-11-30', by: 'month' })).toMatchObject([
      { calls: 1, errors: 1, estimated: 1, unpriced: 0 },
    ]);
  });
});
