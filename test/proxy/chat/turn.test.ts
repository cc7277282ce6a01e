import { describe, expect, test } from 'vitest';
import { runTurn } from '../../../proxy/chat/turn.ts';
import type { TurnDeps } from '../../../proxy/chat/types.ts';
import { ChatError } from '../../../proxy/errors.ts';
import type { ChatEvent } from '../../../proxy/protocol/index.ts';
import { calls, end, says, scriptedModel, text, USAGE } from '../../fakes/scripted-model.ts';
import { actsOf, begin, question, shop, unfenced, workshop } from './workshop.ts';

async function run(
  deps: TurnDeps,
  input?: ReturnType<typeof question>,
  signal = new AbortController().signal,
  asked = shop,
) {
  const turn = await begin(deps, input);
  const events: ChatEvent[] = [];
  for await (const event of runTurn(deps, { shop: asked, turn, acts: actsOf(turn) }, signal)) events.push(event);
  const answer = await deps.storage.message(turn.assistantMessageId);
  return { turn, events, answer: answer!, types: events.map((event) => event.type) };
}

const search = (query: string) => ({
  name: 'search_products',
  args: {
    query,
    synonyms: [],
    category: null,
    options: [],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'relevance',
    limit: 5,
  },
});
/** What the page tells of itself. */
const PAGE = { type: 'message', role: 'developer', text: `The shopper's page is in the language "en".` };

const show = (...product_ids: number[]) => ({
  name: 'show_products',
  args: { product_ids, title: 'For you', why: null },
});

describe('a turn', () => {
  test('says where it happens, streams the text as it comes, and says that it is done', async () => {
    const { deps } = await workshop(scriptedModel(says('Hel', 'lo')));
    const { events, turn, answer } = await run(deps);
    const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
    expect(events).toEqual([
      { type: 'thread_id', turn_id: turn.id, ...ids },
      { type: 'text', content: 'Hel' },
      { type: 'text', content: 'lo' },
      { type: 'done', finish: 'stop', ...ids },
    ]);
    expect(answer).toMatchObject({ parts: [{ type: 'text', content: 'Hello' }], finish: 'stop', error: null });
  });

  test('tells once that the model is busy, and keeps no trace of it', async () => {
    const waiting = { type: 'waiting', retryAfterMs: 1_000, failedTries: 1 } as const;
    const { deps } = await workshop(scriptedModel([waiting, waiting, ...says('Hello')]));
    const { events, answer } = await run(deps);
    expect(events.slice(1, -1)).toEqual([
      { type: 'notice', code: 'busy' },
      { type: 'text', content: 'Hello' },
    ]);
    expect(answer.parts).toEqual([{ type: 'text', content: 'Hello' }]);
  });

  test('gives the tools what the model asks and the model what the tools found', async () => {
    const model = scriptedModel(calls(search('puppy')), calls(show(1)), says('This one.'));
    const { deps } = await workshop(model);
    const { events, answer } = await run(deps);
    expect(events.slice(1, -1)).toMatchObject([
      { type: 'tool', name: 'search_products', status: 'started' },
      { type: 'tool', name: 'search_products', status: 'done' },
      { type: 'tool', name: 'show_products', status: 'started' },
      { type: 'tool', name: 'show_products', status: 'done' },
      {
        type: 'products',
        title: 'For you',
        data: [{ id: 1, title: 'Puppy food', price: { min: { amount: 5_990, currency: 'ILS' } } }],
      },
      { type: 'text', content: 'This one.' },
    ]);
    expect(answer.parts).toEqual([
      {
        type: 'products',
        ids: [1],
        title: 'For you',
        shown: [expect.objectContaining({ id: 1, title: 'Puppy food' })],
      },
      { type: 'text', content: 'This one.' },
    ]);
    const result = model.requests[1]!.input.at(-1)!;
    expect(result).toMatchObject({ type: 'tool_result', callId: 'call_1' });
    expect(unfenced(result)).toMatchObject({
      products: [{ id: 1, title: 'Puppy food', price: '59.90', highest_price: '199.00' }],
      currency: 'ILS',
    });
  });

  test("sends the model's own items back in order, reasoning before the calls it led to", async () => {
    const model = scriptedModel(calls(search('bed'), search('food')), says('Done.'));
    const { deps } = await workshop(model);
    await run(deps);
    expect(model.requests[1]!.input.map((item) => item.type)).toEqual([
      'message',
      'message',
      'opaque',
      'tool_call',
      'tool_call',
      'tool_result',
      'tool_result',
    ]);
    expect(model.requests[1]!.input.slice(-2)).toMatchObject([{ callId: 'call_1' }, { callId: 'call_2' }]);
  });

  test('begins every prompt with the same bytes', async () => {
    const model = scriptedModel(calls(search('bed')), says('One.'), says('Two.'));
    const { deps } = await workshop(model);
    const { turn } = await run(deps);
    await run(deps, question('And cheaper?', turn.threadId));
    const beginnings = model.requests.map(({ instructions, tools, promptCacheKey }) =>
      JSON.stringify([instructions, tools, promptCacheKey]),
    );
    expect(new Set(beginnings).size).toBe(1);
    expect(beginnings[0]).toContain('Pets & Co');
  });

  test('remembers the thread: what was said and what was on show', async () => {
    const model = scriptedModel(calls(show(2, 1)), says('These.'), says('Cheaper.'));
    const { deps } = await workshop(model);
    const { turn } = await run(deps);
    await run(deps, question('Cheaper?', turn.threadId));
    expect(model.requests[2]!.input).toEqual([
      PAGE,
      { type: 'message', role: 'user', text: 'Something for my dog?' },
      {
        type: 'message',
        role: 'assistant',
        text: `[Shown to the shopper: <data>\n["2 Dog bed","1 Puppy food"]\n</data>]\n\nThese.`,
      },
      { type: 'message', role: 'user', text: 'Cheaper?' },
    ]);
  });

  test('makes two paragraphs of text before and after a tool', async () => {
    const first = [text('Let me look.'), ...calls(search('bed'))];
    const { deps } = await workshop(scriptedModel(first, says('Found ', 'one.')));
    const { answer } = await run(deps);
    expect(answer.parts).toEqual([{ type: 'text', content: 'Let me look.\n\nFound one.' }]);
  });

  test('lets the model call tools only so many times, then makes it answer', async () => {
    const model = scriptedModel(calls(search('a')), calls(search('b')), says('Enough.'));
    const { deps } = await workshop(model, { maxRounds: 3 });
    const { types } = await run(deps);
    expect(types.at(-1)).toBe('done');
    expect(model.requests.map(({ toolChoice }) => toolChoice)).toEqual(['auto', 'auto', 'none']);
  });

  test('writes a usage row for every call of the model', async () => {
    const { deps, storage } = await workshop(scriptedModel(calls(search('bed')), says('One.')));
    const { turn } = await run(deps);
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([
      { ...USAGE, model: 'scripted-1', outcome: 'ok', shop: 'pets', threadId: turn.threadId },
      { ...USAGE, outcome: 'ok' },
    ]);
  });
});

describe('a tool call', () => {
  async function outputOf(call: { name: string; args: unknown }) {
    const model = scriptedModel(calls(call), says('Sorry.'));
    const { deps } = await workshop(model);
    const { types } = await run(deps);
    const result = model.requests[1]!.input.at(-1)!;
    return { types, output: unfenced(result) };
  }

  test('for products that are not there shows nothing and tells the model', async () => {
    const { types, output } = await outputOf(show(77, 78));
    expect(types).not.toContain('products');
    expect(output).toMatchObject({ shown: [], unknown: [77, 78] });
  });

  test('for some that are there shows those', async () => {
    const { types, output } = await outputOf(show(1, 77));
    expect(types).toContain('products');
    expect(output).toMatchObject({ shown: [1], unknown: [77] });
  });

  test.each([
    ['of a tool that is not there', { name: 'drop_tables', args: {} }, /no tool named drop_tables/],
    ['that is not JSON', { name: 'show_products', args: '{"product_ids":[1' }, /not valid JSON/],
    [
      'with ids that are no integers',
      { name: 'show_products', args: { product_ids: ['1'], title: null, why: null } },
      /product_ids\.0/,
    ],
    [
      'with a key too many',
      { name: 'show_products', args: { product_ids: [1], title: null, why: null, price: 1 } },
      /price/,
    ],
    [
      'with nothing to show',
      { name: 'show_products', args: { product_ids: [], title: null, why: null } },
      /product_ids/,
    ],
  ])('%s is answered with what is wrong', async (_, call, message) => {
    const { types, output } = await outputOf(call);
    expect(types).not.toContain('products');
    expect(output['error']).toMatch(message);
  });

  test('of a tool that the shop does not use is one of a tool that is not there', async () => {
    const model = scriptedModel(calls(show(1)), says('Sorry.'));
    const { deps } = await workshop(model);
    const { types } = await run(deps, undefined, undefined, { ...shop, tools: ['search_products'] });
    expect(types).not.toContain('products');
    expect(unfenced(model.requests[1]!.input.at(-1)!)).toEqual({ error: 'There is no tool named show_products.' });
  });

  test('that breaks does not break the turn, and is logged', async () => {
    const model = scriptedModel(calls({ name: 'broken', args: {} }), says('I could not look.'));
    const { deps, logged } = await workshop(model);
    const broken = {
      ...deps.tools[0]!,
      name: 'broken',
      input: (await import('zod')).z.object({}),
      run: async () => Promise.reject(new Error('disk on fire')),
    };
    const { types, answer } = await run({ ...deps, tools: [broken] }, undefined, undefined, {
      ...shop,
      tools: ['broken'],
    });
    expect(types.at(-1)).toBe('done');
    expect(answer.finish).toBe('stop');
    expect(JSON.stringify(model.requests[1]!.input)).not.toContain('disk on fire');
    expect(logged).toMatchObject([{ level: 'error', message: 'a tool failed', fields: { tool: 'broken' } }]);
  });

  test('can look for what is on sale, within a price, in whole shekels', async () => {
    const args = { ...search('bed').args, on_sale_only: true, max_price: 249 };
    const { output } = await outputOf({ name: 'search_products', args });
    expect(output).toMatchObject({ found: 1, products: [{ id: 2, regular_price: '299.00', on_sale: true }] });
  });
});

describe('a model that fails', () => {
  const broken = new ChatError('model_interrupted', 'The line was cut.', { retryAfterMs: 2_000 });

  test('ends the turn with one error, and what was said stays', async () => {
    const { deps, storage, logged } = await workshop(scriptedModel([text('Half an ans'), broken]));
    const { events, answer, turn } = await run(deps);
    expect(events.slice(1)).toMatchObject([
      { type: 'text', content: 'Half an ans' },
      { type: 'error', code: 'model_interrupted', retryable: true, retry_after_ms: 2_000 },
      { type: 'done', finish: 'error' },
    ]);
    expect(answer).toMatchObject({
      parts: [{ content: 'Half an ans' }],
      finish: 'error',
      error: { code: 'model_interrupted' },
    });
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'error', estimated: true, outputTokens: 4 }]);
    expect(logged.map(({ message }) => message)).toEqual(['a turn failed']);
  });

  test('in a way nobody foresaw says nothing of it to the shopper', async () => {
    const { deps } = await workshop(scriptedModel([new Error('password=hunter2')]));
    const { events } = await run(deps);
    expect(events.at(-2)).toMatchObject({ type: 'error', code: 'internal' });
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });

  test('by saying nothing at all is an error, not an empty answer', async () => {
    const { deps } = await workshop(scriptedModel([end()]));
    expect((await run(deps)).answer).toMatchObject({ finish: 'error', error: { code: 'model_interrupted' } });
  });

  test('by declining says so', async () => {
    const { deps } = await workshop(scriptedModel([end([], { finish: 'refusal' })]));
    expect((await run(deps)).answer).toMatchObject({ error: { code: 'model_refused', retryable: false } });
  });

  test('by its length limit keeps the answer and says that it was cut', async () => {
    const { deps } = await workshop(scriptedModel([text('Long'), end([], { finish: 'length' })]));
    expect((await run(deps)).answer).toMatchObject({ finish: 'length', error: null });
  });

  test('because the thread is too long is asked once more with the newer half', async () => {
    const tooLong = new ChatError('context_too_long', 'Too long.');
    const model = scriptedModel(says('A'), says('B'), [tooLong], says('C'));
    const { deps } = await workshop(model);
    const { turn } = await run(deps);
    await run(deps, question('Second?', turn.threadId));
    const { answer } = await run(deps, question('Third?', turn.threadId));
    expect(answer).toMatchObject({ parts: [{ content: 'C' }], finish: 'stop' });
    expect(model.requests[2]!.input).toHaveLength(6);
    expect(model.requests[3]!.input.slice(1).map((item) => 'text' in item && item.text)).toEqual(['Third?']);
  });

  test('because the thread is too long a second time fails', async () => {
    const tooLong = () => new ChatError('context_too_long', 'Too long.');
    const model = scriptedModel(says('A'), [tooLong()], [tooLong()]);
    const { deps } = await workshop(model);
    const { turn } = await run(deps);
    expect((await run(deps, question('Again?', turn.threadId))).answer).toMatchObject({
      error: { code: 'context_too_long' },
    });
    expect(model.requests).toHaveLength(3);
  });
});

describe('Stop', () => {
  test('ends the answer, keeps what was said and tells the model in the next turn', async () => {
    const stop = new AbortController();
    const model = scriptedModel([text('Once upon'), new Promise(() => undefined)], says('Sorry.'));
    const { deps, storage, logged } = await workshop(model);
    const turn = await begin(deps);
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, { shop, turn, acts: actsOf(turn) }, stop.signal)) {
      events.push(event);
      if (event.type === 'text') stop.abort();
    }
    expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'cancelled' });
    expect(events.map(({ type }) => type)).not.toContain('error');
    expect(await storage.usageOfTurn(turn.id)).toMatchObject([{ outcome: 'cancelled', estimated: true }]);
    expect(logged).toEqual([]);
    await run(deps, question('Shorter please', turn.threadId));
    expect(model.requests[1]!.input[2]).toMatchObject({
      role: 'assistant',
      text: 'Once upon\n\n[The shopper stopped this answer here.]',
    });
  });

  test('for another reason than the shopper says that reason', async () => {
    const stop = new AbortController();
    const { deps } = await workshop(scriptedModel([text('Once'), new Promise(() => undefined)]));
    const turn = await begin(deps);
    const events: ChatEvent[] = [];
    for await (const event of runTurn(deps, { shop, turn, acts: actsOf(turn) }, stop.signal)) {
      events.push(event);
      if (event.type === 'text') stop.abort(new ChatError('model_timeout', 'Too long.'));
    }
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', code: 'model_timeout' },
      { type: 'done', finish: 'error' },
    ]);
  });
});
