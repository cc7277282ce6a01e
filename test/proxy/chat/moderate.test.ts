import { describe, expect, onTestFinished, test } from 'vitest';
import { settle } from '../../../proxy/chat/settle.ts';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import { runTurn } from '../../../proxy/chat/turn.ts';
import { createModerations } from '../../../proxy/models/moderation.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { Shop, ShopModeration } from '../../../proxy/shops/types.ts';
import { DIALECTS, streamOf } from '../../fakes/dialects.ts';
import { STALL } from '../../fakes/fake-openai.ts';
import { startFakeModeration, type Verdict } from '../../fakes/fake-moderation.ts';
import { calls, end, says, scriptedModel, text } from '../../fakes/scripted-model.ts';
import { fakeModel } from '../models/ask.ts';
import { goods, open } from '../tools/till.ts';
import { actsOf, begin, question, workshop } from './workshop.ts';

/** Flags every text with this word in it. */
const BAD = 'knife';
const judge: Verdict = (text) => (text.includes(BAD) ? ['violence'] : []);
const DOWN: Verdict = () => new Response('no', { status: 500 });
const never = new Promise<never>(() => undefined);

async function moderatedShop(model: Model, verdict: Verdict, settings: Partial<ShopModeration> = {}) {
  const fake = await startFakeModeration(verdict);
  const moderation: ShopModeration = {
    input: true,
    output: true,
    required: false,
    model: 'omni-moderation-latest',
    baseUrl: fake.baseUrl,
    apiKey: new Secret('sk-moderation'),
    guarded: false,
    ...settings,
  };
  const shop: Shop = { ...open, moderation, answerCache: { minutes: 60 } };
  const made = await workshop(model, {}, shop, goods);
  const deps = {
    ...made.deps,
    moderationFor: createModerations({ guard: createGuard({ allowPrivate: true }), log: made.deps.log }),
  };
  async function ask(
    words: string,
    { threadId = null as string | null, stop = new AbortController(), visitorId = 'vis_a' } = {},
  ) {
    const turn = await begin(deps, { ...question(words, threadId), visitorId });
    const events: ChatEvent[] = [];
    const acts = actsOf(turn);
    for await (const event of runTurn(deps, { shop, turn, acts, publicQuestion: words }, stop.signal)) {
      events.push(event);
      if (event.type === 'text' && event.content === 'enough.') stop.abort();
      if (event.type === 'client_tool') acts.settle(event.call_id, { ok: true });
    }
    const message = (await made.storage.message(turn.assistantMessageId))!;
    const { parts, finish } = message;
    return { turn, parts, finish, events: events.slice(1), types: events.slice(1).map(({ type }) => type) };
  }
  return { ask, fake, shop, ...made, deps };
}

const MODERATED = { type: 'notice', code: 'moderated' };

describe('a question', () => {
  test('that is flagged is not answered: nothing of the model is shown or kept', async () => {
    const model = scriptedModel(says('Here is how.'));
    const { ask, storage } = await moderatedShop(model, judge);
    const { events, parts, turn } = await ask('How do I use a knife?');
    expect(events).toEqual([MODERATED, expect.objectContaining({ type: 'done', finish: 'stop' })]);
    expect(parts).toEqual([MODERATED]);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'cancelled' }]);
  });

  test('whose turn died before the verdict is told to no model', async () => {
    const model = scriptedModel(says('We have brushes.'));
    const { ask, deps } = await moderatedShop(model, judge);
    const dead = await begin(deps, question('How do I use a knife?'));
    await settle(deps);
    await ask('And a brush?', { threadId: dead.threadId });
    expect(JSON.stringify(model.requests)).not.toContain(BAD);
    expect(JSON.stringify(model.requests)).toContain('[a question that was not answered]');
  });

  test('that is flagged is not told to the model again', async () => {
    const model = scriptedModel(says('Here is how.'), says('We have brushes.'));
    const { ask } = await moderatedShop(model, judge);
    const { turn } = await ask('How do I use a knife?');
    await ask('And a brush?', { threadId: turn.threadId });
    const told = model.requests[1]!.input.flatMap((item) => (item.type === 'message' ? [item.text] : []));
    expect(told.slice(1)).toEqual([
      '[a question that was not answered]',
      expect.stringMatching(/^\[The shopper was told /),
      'And a brush?',
    ]);
  });

  test('is judged while the model begins, and nothing is shown before the verdict', async () => {
    const heard = Promise.withResolvers<void>();
    const verdict = Promise.withResolvers<string[]>();
    const scripted = scriptedModel(says('Yes.'));
    const model: Model = {
      ...scripted,
      stream(request, signal) {
        heard.resolve();
        return scripted.stream(request, signal);
      },
    };
    const { ask } = await moderatedShop(model, (text) => (text === 'A brush?' ? verdict.promise : []));
    const asked = ask('A brush?');
    await heard.promise;
    verdict.resolve([]);
    expect((await asked).types).toEqual(['text', 'done']);
  });

  test('that is flagged runs no tool', async () => {
    const add = { name: 'add_to_cart', args: { product_id: 1, variant_id: null, quantity: 1 } };
    const { ask } = await moderatedShop(scriptedModel(calls(add)), judge);
    expect((await ask('Add a knife')).types).toEqual(['notice', 'done']);
  });

  test('is answered when there is no verdict', async () => {
    const { ask, fake } = await moderatedShop(scriptedModel(says('Yes.')), DOWN);
    expect((await ask('A knife?')).parts).toEqual([{ type: 'text', content: 'Yes.' }]);
    expect(fake.asked).toEqual(['A knife?', 'Yes.']);
  });

  test('is not answered without a verdict where one is required; it may be asked again', async () => {
    const { ask } = await moderatedShop(scriptedModel(says('Yes.')), DOWN, { required: true });
    const { events, parts } = await ask('A brush?');
    expect(events).toMatchObject([{ type: 'error', code: 'model_unavailable', retryable: true }, { finish: 'error' }]);
    expect(parts).toEqual([]);
  });

  test('is not judged where the shop wants only answers judged', async () => {
    const { ask, fake } = await moderatedShop(scriptedModel(says('Yes.')), judge, { input: false });
    expect((await ask('A knife?')).parts).toEqual([{ type: 'text', content: 'Yes.' }]);
    expect(fake.asked).toEqual(['Yes.']);
  });
});

describe('an answer', () => {
  test('that is flagged is taken back: its text is neither kept nor told again', async () => {
    const model = scriptedModel(says('Take a ', 'knife.'), says('We have brushes.'));
    const { ask, logged } = await moderatedShop(model, judge);
    const { events, parts, turn } = await ask('What now?');
    expect(events).toEqual([
      { type: 'text', content: 'Take a ' },
      { type: 'text', content: 'knife.' },
      { type: 'reset' },
      MODERATED,
      expect.objectContaining({ type: 'done', finish: 'stop' }),
    ]);
    expect(parts).toEqual([MODERATED]);
    await ask('And a brush?', { threadId: turn.threadId });
    expect(JSON.stringify(model.requests[1])).not.toMatch(/knife|What now/);
    expect(logged.filter(({ message }) => message.startsWith('moderation'))).toMatchObject([
      { level: 'info', fields: { of: 'answer', categories: ['violence'], turn: turn.id } },
    ]);
    expect(JSON.stringify(logged)).not.toContain('knife');
  });

  test('that is flagged is not among the events that are kept; who comes late loads the thread', async () => {
    const { deps, storage, shop } = await moderatedShop(scriptedModel(says('Take a ', 'knife.')), judge);
    const turns = createTurnRunner(deps, { maxActive: 10, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
    onTestFinished(() => turns.drain(0));
    const { turn, log } = await turns.start({ shop, ...question('What now?') });
    const told: string[] = [];
    for await (const batch of log.follow(0, new AbortController().signal))
      told.push(...batch.map(({ frame }) => frame));
    expect(told.join('')).toContain('knife');
    await turns.drain(0);
    expect(await storage.events(turn.id)).toBe('');
    expect(await turns.find(turn.id, { shop: shop.slug, visitorId: 'vis_a' })).toBeNull();
  });

  test('flows on while it is judged, and is cut off in its middle when it is flagged', async () => {
    // What may become a price waits for its next word, and goes with the rest.
    const long = `${'A fine brush for a long coat. '.repeat(40)}Or a knife. Only 49`;
    const model = scriptedModel([text(long), never]);
    const { ask, storage } = await moderatedShop(model, judge);
    const { types, parts, turn } = await ask('What now?');
    expect(types).toEqual(['text', 'reset', 'notice', 'done']);
    expect(parts).toEqual([MODERATED]);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'cancelled' }]);
  });

  test('is judged in whole sentences, with a little of what came before', async () => {
    const sentence = `${'word '.repeat(30).trim()}. `;
    const model = scriptedModel(says(...Array.from({ length: 20 }, () => sentence)));
    const { ask, fake } = await moderatedShop(model, judge, { input: false });
    await ask('What now?');
    const pieces = fake.asked as string[];
    expect(pieces.length).toBe(3);
    for (const piece of pieces) expect(piece.trim()).toMatch(/\.$/);
    expect(pieces[1]).toMatch(new RegExp(`^${pieces[0]!.slice(-200)}`));
    const covered = pieces[0]! + pieces[1]!.slice(200) + pieces[2]!.slice(200);
    expect(covered.trim()).toBe(sentence.repeat(20).trim());
  });

  test('is judged as well when it goes on without a full stop', async () => {
    const model = scriptedModel(says(...Array.from({ length: 50 }, () => 'brush '.repeat(10)), BAD));
    const { ask, fake } = await moderatedShop(model, judge, { input: false });
    expect((await ask('What now?')).parts).toEqual([MODERATED]);
    expect(fake.asked).toHaveLength(2);
  });

  test('is judged with the words over its cards and the suggestions under it', async () => {
    const show = { name: 'show_products', args: { product_ids: [1], title: 'Sharp as a knife', why: null } };
    const suggest = { name: 'suggest_questions', args: { questions: ['Is it a knife?'] } };
    const over = await moderatedShop(scriptedModel(calls(show), says('Here.')), judge);
    expect((await over.ask('What now?')).parts).toEqual([MODERATED]);
    const under = await moderatedShop(scriptedModel([text('Here.'), ...calls(suggest)]), judge);
    expect((await under.ask('What now?')).parts).toEqual([MODERATED]);
  });

  test('that was stopped is judged as far as it came', async () => {
    const model = scriptedModel([text('A knife. '), text('enough.'), never]);
    const { ask } = await moderatedShop(model, judge);
    const { types, parts } = await ask('What now?');
    expect(types).toEqual(['text', 'text', 'reset', 'notice', 'done']);
    expect(parts).toEqual([MODERATED]);
  });

  test('that was stopped and is good stays stopped', async () => {
    const model = scriptedModel([text('A brush. '), text('enough.'), never]);
    const { ask } = await moderatedShop(model, judge);
    expect(await ask('What now?')).toMatchObject({ finish: 'cancelled', parts: [{ content: 'A brush. enough.' }] });
  });

  test('that is flagged leaves told what is in the cart', async () => {
    const add = { name: 'add_to_cart', args: { product_id: 1, variant_id: null, quantity: 1 } };
    const show = { name: 'show_products', args: { product_ids: [1], title: null, why: null } };
    const model = scriptedModel(calls(show), calls(add), says('Now a knife.'));
    const { ask } = await moderatedShop(model, judge);
    const { types, parts } = await ask('Add it');
    expect(types.slice(types.indexOf('reset'))).toEqual(['reset', 'cart', 'notice', 'done']);
    expect(parts).toMatchObject([{ type: 'cart', outcome: { ok: true } }, MODERATED]);
  });

  test('without a verdict is taken back where one is required', async () => {
    const { ask } = await moderatedShop(scriptedModel(says('Only 49 ₪')), DOWN, { required: true, input: false });
    const { types, parts } = await ask('What now?');
    expect(types.slice(types.indexOf('reset'))).toEqual(['reset', 'error', 'done']);
    expect(parts).toEqual([]);
  });

  test('without a verdict is told to nobody later, when nobody would judge it', async () => {
    const model = scriptedModel(says('A knife.'), says('A brush.'));
    let isDown = true;
    const { ask } = await moderatedShop(model, (text) => (isDown ? DOWN(text) : judge(text)));
    expect((await ask('What now?')).parts).toEqual([{ type: 'text', content: 'A knife.' }]);
    isDown = false;
    expect((await ask('What now?', { visitorId: 'vis_b' })).parts).toEqual([{ type: 'text', content: 'A brush.' }]);
  });

  test('that is flagged answers nobody else either; a good one that is kept needs no second verdict', async () => {
    const model = scriptedModel(says('A knife.'), says('A brush.'), says('Another.'));
    const { ask, fake } = await moderatedShop(model, judge);
    expect((await ask('What now?')).parts).toEqual([MODERATED]);
    expect((await ask('What now?', { visitorId: 'vis_b' })).parts).toEqual([{ type: 'text', content: 'A brush.' }]);
    expect((await ask('What now?', { visitorId: 'vis_c' })).parts).toEqual([{ type: 'text', content: 'A brush.' }]);
    expect(fake.asked).toEqual(['What now?', 'A knife.', 'What now?', 'A brush.']);
  });

  test('is not judged where the shop wants only questions judged', async () => {
    const { ask, fake } = await moderatedShop(scriptedModel(says('A knife.')), judge, { output: false });
    expect((await ask('What now?')).parts).toEqual([{ type: 'text', content: 'A knife.' }]);
    expect(fake.asked).toEqual(['What now?']);
  });
});

test('nobody is asked in a shop without moderation', async () => {
  const { deps } = await workshop(scriptedModel([text('A knife.'), end()]), {}, open, goods);
  const moderationFor = () => {
    throw new Error('asked');
  };
  const turn = await begin(deps);
  const types: string[] = [];
  const input = { shop: open, turn, acts: actsOf(turn) };
  for await (const { type } of runTurn({ ...deps, moderationFor }, input, new AbortController().signal))
    types.push(type);
  expect(types).toEqual(['thread_id', 'text', 'done']);
});

describe.each(DIALECTS)('on the wire $wire', ({ wire, answer, text }) => {
  test('flagged text is taken back, and the model is let go in the middle of it', async () => {
    const long = `${'A fine brush for a long coat. '.repeat(40)}Or a knife.`;
    const { model, fake } = await fakeModel([streamOf(text(long), STALL)], { wire });
    const { ask } = await moderatedShop(model, judge);
    expect((await ask('What now?')).parts).toEqual([MODERATED]);
    expect(await fake.requests[0]!.abandoned).toBe(true);
  });

  test('a flagged question gets no answer', async () => {
    const { model } = await fakeModel([answer('Here is how.')], { wire });
    const { ask } = await moderatedShop(model, judge);
    expect((await ask('A knife?')).types).toEqual(['notice', 'done']);
  });
});
