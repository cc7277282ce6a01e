import { describe, expect, test } from 'vitest';
import { modelTools, promptFor } from '../../../../proxy/chat/context/prompt.ts';
import { createSummaries } from '../../../../proxy/chat/context/summaries.ts';
import { summariseThread } from '../../../../proxy/chat/context/summarise-thread.ts';
import { createTurnRunner } from '../../../../proxy/chat/turn-runner.ts';
import { runTurn } from '../../../../proxy/chat/turn.ts';
import { ChatError } from '../../../../proxy/errors.ts';
import { DEMO_MODEL, type Shop } from '../../../../proxy/shops/types.ts';
import { estimateTokens } from '../../../../proxy/tokens.ts';
import { tools } from '../../../../proxy/tools/index.ts';
import { calls, end, says, scriptedModel, text, type Step } from '../../../fakes/scripted-model.ts';
import { UNLIMITED } from '../../../fixtures/shops.ts';
import { actsOf, begin, question, shop as petShop, workshop } from '../workshop.ts';

const ANSWER = 500;
const LONG = 'Tell me more about it, please. '.repeat(10).trim();
const ROOM = 20 * estimateTokens(LONG);
const PROMPT = promptFor(petShop, { tools, modelTools: modelTools(tools) }).tokens;
const small = { ...petShop.models.default, model: 'small' };
/** Room for some seven turns. */
const shop: Shop = {
  ...petShop,
  models: { ...petShop.models, cheaper: small },
  limits: { ...petShop.limits, contextTokens: PROMPT + ANSWER + ROOM },
};
const never = () => [text('Once'), new Promise(() => undefined)];
const signal = new AbortController().signal;

/** A thread of so many long turns, with a summary's answers in the script. */
async function longThread(script: readonly Step[][], { count = 6, of = shop }: { count?: number; of?: Shop } = {}) {
  const show = calls({ name: 'show_products', args: { product_ids: [2, 1], title: null, why: null } });
  const answers = Array.from({ length: count - 1 }, () => says(LONG));
  const model = scriptedModel(show, says('Here.'), ...answers, ...script);
  const asked: string[] = [];
  const made = await workshop(model, { maxOutputTokens: ANSWER, historyMessages: 100 }, of);
  const deps = {
    ...made.deps,
    modelFor(choice: Shop['models']['default']) {
      asked.push(choice.model);
      return model;
    },
  };
  let threadId: string | null = null;
  async function ask(said: string) {
    const turn = await begin(deps, question(said, threadId));
    threadId = turn.threadId;
    for await (const _ of runTurn(deps, { shop: of, turn, acts: actsOf(turn) }, signal));
    return turn;
  }
  let last = await ask(`Beds? ${LONG}`);
  for (let index = 1; index < count; index++) last = await ask(`${index} ${LONG}`);
  return { ...made, deps, model, asked, ask, last, summary: () => made.storage.summary(last.threadId) };
}

describe('the older part of a long thread', () => {
  test('is put into few words by the cheaper model, and told in their place', async () => {
    const { deps, model, asked, ask, last, summary, storage } = await longThread([
      says('Looks for a ', 'large bed.'),
      says('Fine.'),
    ]);
    await summariseThread(deps, shop, last, signal);
    expect(asked.at(-1)).toBe('small');
    const kept = await summary();
    expect(kept).toMatchObject({ text: 'Looks for a large bed.', model: 'small' });
    const messages = await storage.messages(last.threadId, 100);
    const at = messages.findIndex(({ id }) => id === kept!.messageId);
    expect(messages[at]).toMatchObject({ role: 'assistant' });

    await ask('And now?');
    const [, earlier, next] = model.requests.at(-1)!.input;
    expect(earlier).toMatchObject({ role: 'developer' });
    const told = JSON.stringify(earlier);
    expect(told).toContain('Looks for a large bed.');
    expect(told).toContain('2 Dog bed');
    expect(next).toMatchObject({ role: 'user', text: `${Math.ceil(at / 2)} ${LONG}` });
  });

  test('is what was said, fenced as data, and no more', async () => {
    const { deps, model, last } = await longThread([says('A bed.')]);
    await summariseThread(deps, shop, last, signal);
    const { instructions, input, tools: given } = model.requests.at(-1)!;
    expect(given).toEqual([]);
    expect(instructions).not.toContain('Pets & Co');
    expect(input).toHaveLength(1);
    expect(input[0]).toMatchObject({ role: 'user', text: expect.stringMatching(/^<data>\n.*\n<\/data>$/s) as string });
    expect(JSON.stringify(input)).toContain('Beds? Tell me');
    expect(JSON.stringify(input)).not.toContain(`5 ${LONG}`);
  });

  test('goes into the next summary with the one before', async () => {
    const answers = Array.from({ length: 4 }, () => says(LONG));
    const { deps, model, ask, last, summary } = await longThread([says('A bed.'), ...answers, says('Bed and more.')]);
    await summariseThread(deps, shop, last, signal);
    const first = await summary();
    let turn = last;
    for (let index = 6; index < 10; index++) turn = await ask(`${index} ${LONG}`);
    await summariseThread(deps, shop, turn, signal);
    expect(JSON.stringify(model.requests.at(-1)!.input)).toContain('A bed.');
    expect(JSON.stringify(model.requests.at(-1)!.input)).not.toContain('Beds? Tell me');
    expect(await summary()).toMatchObject({ text: 'Bed and more.' });
    expect((await summary())!.messageId).not.toBe(first!.messageId);
  });

  test('stays as it is while there is room, and right after a summary', async () => {
    const short = await longThread([], { count: 3 });
    const before = short.model.requests.length;
    await summariseThread(short.deps, shop, short.last, signal);
    expect(short.model.requests).toHaveLength(before);
    const long = await longThread([says('A bed.')]);
    await summariseThread(long.deps, shop, long.last, signal);
    await summariseThread(long.deps, shop, long.last, signal);
    expect(long.model.requests.filter(({ tools: given }) => given.length === 0)).toHaveLength(1);
  });

  test('has a summary without anything hidden in it, and of no more than its length', async () => {
    const { deps, last, summary } = await longThread([says(`\u202e\u{e0041}<|im_start|> ${'bed '.repeat(1_000)}`)]);
    await summariseThread(deps, shop, last, signal);
    const { text: kept } = (await summary())!;
    expect(kept).toMatch(/^bed bed /);
    expect(kept.length).toBeLessThanOrEqual(1_600);
  });
});

describe('a summary', () => {
  test('leaves a usage row of its own, paid like an answer', async () => {
    const { deps, last, storage } = await longThread([says('A bed.')]);
    await summariseThread(deps, shop, last, signal);
    const rows = await storage.usageOfTurn(last.id);
    expect(rows.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['answer', 'ok'],
      ['summary', 'ok'],
    ]);
  });

  test('is not made when the allowance is used up', async () => {
    const { deps, model, last, summary } = await longThread([says('A bed.')]);
    const spent = { ...shop, limits: { ...shop.limits, shop: { ...UNLIMITED, tokensPerDay: 1 } } };
    const before = model.requests.length;
    await summariseThread(deps, spent, last, signal);
    expect(model.requests).toHaveLength(before);
    expect(await summary()).toBeUndefined();
  });

  test('is not kept when the model declines, or says nothing', async () => {
    for (const script of [[text('No.'), end([], { finish: 'refusal' })], [end()]]) {
      const { deps, last, summary } = await longThread([script]);
      await summariseThread(deps, shop, last, signal);
      expect(await summary()).toBeUndefined();
    }
  });

  test('is not asked of the demo model, which is a script', async () => {
    const demo = { ...shop, models: { ...shop.models, cheaper: { ...small, model: DEMO_MODEL } } };
    const { deps, model, last } = await longThread([says('A bed.')]);
    const before = model.requests.length;
    await summariseThread(deps, demo, last, signal);
    expect(model.requests).toHaveLength(before);
  });

  test('that fails is logged, and its thread can be summarised later', async () => {
    const { deps, logged, last, summary } = await longThread([
      [new ChatError('model_unavailable', 'Out.')],
      says('A bed.'),
    ]);
    const made = new Promise<void>((resolve) => {
      const { log } = deps;
      deps.log = { ...log, warn: (fields, message) => (log.warn(fields, message), resolve()) };
    });
    createSummaries(deps).consider(shop, last);
    await made;
    expect(logged.at(-1)).toMatchObject({ level: 'warn', message: 'a thread could not be summarised' });
    expect(await summary()).toBeUndefined();
    await summariseThread(deps, shop, last, signal);
    expect(await summary()).toMatchObject({ text: 'A bed.' });
  });

  test('that takes too long is given up', async () => {
    const { deps, last, storage } = await longThread([never()]);
    const timeout = AbortSignal.timeout(5);
    await expect(summariseThread(deps, shop, last, timeout)).rejects.toThrow();
    expect((await storage.usageOfTurn(last.id)).at(-1)).toMatchObject({ purpose: 'summary', outcome: 'cancelled' });
  });
});

describe('in the background', () => {
  /** Resolves when the model has been asked for a summary. */
  async function underWay(script: readonly Step[][]) {
    const made = await longThread(script);
    let requests = 0;
    let begun = () => undefined as void;
    const asked = new Promise<void>((resolve) => (begun = resolve));
    const deps = {
      ...made.deps,
      modelFor: () => ({
        ...made.model,
        stream(...args: Parameters<typeof made.model.stream>) {
          requests++;
          begun();
          return made.model.stream(...args);
        },
      }),
    };
    return { ...made, deps, asked, requests: () => requests };
  }

  test('one is written for a thread at a time, and so many at once', async () => {
    const { deps, last } = await underWay([never()]);
    const looked: string[] = [];
    const storage: typeof deps.storage = {
      ...deps.storage,
      messages(threadId, limit) {
        looked.push(threadId);
        return deps.storage.messages(threadId, limit);
      },
    };
    const summaries = createSummaries({ ...deps, storage }, { maxAtOnce: 2 });
    for (const threadId of [last.threadId, last.threadId, 'thr_b', 'thr_c'])
      summaries.consider(shop, { ...last, threadId });
    expect(looked).toEqual([last.threadId, 'thr_b']);
    await summaries.close();
  });

  test('nothing is kept of one that is broken off by a shutdown, and nothing begins after it', async () => {
    const { deps, logged, last, asked, requests, summary } = await underWay([never(), says('A bed.')]);
    const summaries = createSummaries(deps);
    summaries.consider(shop, last);
    await asked;
    await summaries.close();
    summaries.consider(shop, last);
    await summaries.close();
    expect([requests(), await summary()]).toEqual([1, undefined]);
    expect(logged.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('a thread that is not due is not loaded once more', async () => {
    const { deps, last } = await longThread([says('Fine.')], { count: 3 });
    const loaded: string[] = [];
    const storage: typeof deps.storage = {
      ...deps.storage,
      messages(threadId, limit) {
        loaded.push(threadId);
        return deps.storage.messages(threadId, limit);
      },
    };
    const turns = createTurnRunner({ ...deps, storage }, { maxActive: 5, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    const { log } = await turns.start({ shop, ...question('And now?', last.threadId) });
    for await (const _ of log.follow(0, signal));
    await turns.drain(0);
    expect(loaded).toEqual([last.threadId]);
  });

  test('the answer that has just come counts: with it the thread may be due', async () => {
    const { deps, last, model } = await longThread([says(LONG.repeat(8)), says('A bed.')], { count: 4 });
    const turns = createTurnRunner(deps, { maxActive: 5, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    const { log } = await turns.start({ shop, ...question('And now?', last.threadId) });
    for await (const _ of log.follow(0, signal));
    for (let spin = 0; spin < 1_000 && model.requests.at(-1)!.tools.length > 0; spin++) await new Promise(setImmediate);
    await turns.drain(0);
    expect(model.requests.at(-1)!.tools).toEqual([]);
  });

  test('one is begun after a turn has ended, and the answer does not wait for it', async () => {
    const { deps, last, model, asked, storage, requests } = await underWay([says('Fine.'), never()]);
    const turns = createTurnRunner(deps, { maxActive: 5, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    const { turn, log } = await turns.start({ shop, ...question('And now?', last.threadId) });
    const events = [];
    for await (const batch of log.follow(0, signal)) events.push(...batch.map(({ event }) => event.type));
    expect(events).toEqual(['thread_id', 'text', 'done']);
    for (let spin = 0; spin < 1_000 && requests() < 2; spin++) await new Promise(setImmediate);
    await asked;
    expect(model.requests.at(-1)!.tools).toEqual([]);
    await turns.drain(0);
    expect((await storage.usageOfTurn(turn.id)).map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['answer', 'ok'],
      ['summary', 'cancelled'],
    ]);
  });

  test('one ends before its thread is deleted', async () => {
    const { deps, storage, last, asked, requests } = await underWay([says('Fine.'), never()]);
    const turns = createTurnRunner(deps, { maxActive: 5, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    const { turn, log } = await turns.start({ shop, ...question('And now?', last.threadId) });
    for await (const _ of log.follow(0, signal));
    for (let spin = 0; spin < 1_000 && requests() < 2; spin++) await new Promise(setImmediate);
    await asked;
    await turns.stopThread(last.threadId);
    expect((await storage.usageOfTurn(turn.id)).at(-1)).toMatchObject({ purpose: 'summary', outcome: 'cancelled' });
    expect(await storage.deleteThread('pets', 'vis_a', last.threadId)).toBe(true);
    await turns.drain(0);
  });
});
