/** What a model, or the relay before it, may send that would cost the shopper the answer or us the memory. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatResponse } from '../../proxy/protocol/index.ts';
import { answer, frames, output, textDelta, toolCall, type ServerEvent } from '../fakes/fake-openai.ts';
import { message, serveProxy } from '../proxy/http/served.ts';

const begun = { type: 'response.created', response: { id: 'r', output: [] } };
const itemDone = (item: unknown, output_index = 0) => ({ type: 'response.output_item.done', output_index, item });
const completed = (response: Record<string, unknown> = {}) => ({ type: 'response.completed', response });
const stream = (...events: ServerEvent[]) => frames([begun, ...events]);
const call = (name: unknown, args: unknown, callId: unknown) => ({
  type: 'function_call',
  id: '',
  call_id: callId,
  name,
  arguments: typeof args === 'string' ? args : JSON.stringify(args),
});
const show = { product_ids: [1], title: null, why: null };

type Item = { type: string; call_id?: string; output?: string };

/** Asks once; says what the shopper got and what the model was asked. */
async function ask(...script: Parameters<typeof serveProxy>[0][]) {
  const replies = script.flat();
  const served = await serveProxy(replies as Parameters<typeof serveProxy>[0]);
  const { token } = await served.session();
  const { body } = await served.api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
  return { ...served, token, body, requests: served.openai.requests.map((request) => request.body.input as Item[]) };
}

describe('an answer stands', () => {
  test.each([
    ['counts that are not whole', { usage: { input_tokens: 1.5, output_tokens: 2.2 } }],
    ['counts in words', { usage: { input_tokens: 'many', output_tokens: null } }],
    ['counts below zero and beyond reason', { usage: { input_tokens: -5, output_tokens: 1e30 } }],
    ['counts that are no object', { usage: 'none' }],
    ['a name that is no text', { model: { family: 'gpt' } }],
    ['items that are none', { output: [null, 5, 'x'] }],
    ['output that is no list', { output: { text: 'Hi' } }],
    ['items with plain text for content', { output: [{ type: 'message', content: 'Hi' }] }],
  ])('though it ends with %s', async (_, response) => {
    const { body } = await ask([stream(textDelta('Hi'), completed(response))]);
    expect(body).toMatchObject({ message: 'Hi', finish: 'stop' });
    expect(body).not.toHaveProperty('error');
  });

  test('though pieces of it are no text and items of it are nothing', async () => {
    const odd = [5, { a: 1 }, null].map((delta) => ({ type: 'response.output_text.delta', output_index: 0, delta }));
    const { body } = await ask([stream(...odd, itemDone(null), itemDone(7), textDelta('Hi'), completed())]);
    expect(body).toMatchObject({ message: 'Hi', finish: 'stop' });
  });
});

describe('tool calls', () => {
  test('without ids are all run, and each result names its call', async () => {
    const { body, requests } = await ask([
      output([call('show_products', show, ''), call('no_such_tool', {}, '')]),
      answer('Done.'),
    ]);
    expect(body).toMatchObject({ message: 'Done.', products: [{ id: 1 }] });
    const ids = (type: string) => requests[1]!.filter((item) => item.type === type).map((item) => item.call_id);
    expect(new Set(ids('function_call')).size).toBe(2);
    expect(ids('function_call_output')).toEqual(ids('function_call'));
  });

  test('that share an id are one call with one result', async () => {
    const { body, requests } = await ask([
      output([call('show_products', show, 'same'), call('no_such_tool', {}, 'same')]),
      answer('Done.'),
    ]);
    expect(body).toMatchObject({ message: 'Done.', products: [{ id: 1 }] });
    expect(requests[1]!.filter((item) => item.call_id === 'same')).toMatchObject([
      { type: 'function_call' },
      { type: 'function_call_output' },
    ]);
  });

  test.each([
    ['thousands of calls', Array.from({ length: 5_000 }, (_, index) => itemDone(call('x', {}, `c${index}`), index))],
    ['one call with half a megabyte of arguments', [itemDone(call('x', 'a'.repeat(500_000), 'c'))]],
    ['a tool with an endless name', [itemDone(call('x'.repeat(500_000), {}, 'c'))]],
    ['an endless text', Array.from({ length: 100 }, () => textDelta('endless '.repeat(5_000)))],
    [
      'endless reasoning',
      Array.from({ length: 40 }, (_, index) =>
        itemDone({ type: 'reasoning', encrypted_content: 'r'.repeat(900_000) }, index),
      ),
    ],
  ])('or text without measure end the turn: %s', async (_, events) => {
    const { body, requests } = await ask([stream(...events, completed())]);
    const message = expect.stringContaining('was stopped') as string;
    expect(body).toMatchObject({ finish: 'error', error: { code: 'model_interrupted', message } });
    expect(body.message.length).toBeLessThanOrEqual(256 * 1024);
    expect(requests).toHaveLength(1);
  });

  test('in a circle end after a few rounds', async () => {
    const around = () => toolCall('search_products', { query: 'dog' });
    const { body, requests } = await ask(Array.from({ length: 20 }, around));
    expect(body).toMatchObject({ finish: 'error', error: { code: 'model_interrupted' } });
    expect(requests).toHaveLength(5);
  });

  test.each([
    ['of a prototype', 'show_products', '{"__proto__":{"product_ids":[1],"title":null,"why":null}}'],
    ['with a key too many', 'show_products', '{"product_ids":[1],"title":null,"why":null,"__proto__":{"price":1}}'],
    ['of infinite size', 'show_products', '{"product_ids":[1e400],"title":null,"why":null}'],
    ['nested a hundred thousand deep', 'show_products', `{"product_ids":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['that are no JSON', 'show_products', '{"product_ids":[1'],
    ['for a tool called __proto__', '__proto__', '{}'],
    ['for a tool called constructor', 'constructor', '{}'],
  ])('with arguments %s show nothing, and the model hears why', async (_, name, args) => {
    const { body, requests } = await ask([output([call(name, args, 'c')]), answer('Sorry.')]);
    expect(body).toMatchObject({ message: 'Sorry.', products: [] });
    expect(requests[1]!.at(-1)!.output).toContain('"error"');
  });

  test('with any arguments at all end in an answer', async () => {
    const args = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({
          query: fc.string({ unit: 'binary', maxLength: 250 }),
          synonyms: fc.array(fc.string({ unit: 'binary' }), { maxLength: 7 }),
          category: fc.oneof(fc.string({ unit: 'binary', maxLength: 250 }), fc.constant(null)),
          options: fc.array(fc.record({ name: fc.constant(null), value: fc.string({ unit: 'binary' }) }), {
            maxLength: 7,
          }),
          sort: fc.constantFrom('relevance', 'price_up', 'price_down', 'rating'),
          min_price: fc.oneof(fc.double({ min: 0 }), fc.constant(null)),
          max_price: fc.oneof(fc.double({ min: 0 }), fc.constant(null)),
          in_stock_only: fc.boolean(),
          on_sale_only: fc.boolean(),
          limit: fc.integer({ min: 1, max: 20 }),
        })
        .map((value) => JSON.stringify(value)),
    );
    const name = fc.constantFrom('search_products', 'show_products');
    let next = answer('');
    const { api, session } = await serveProxy((_, index) => (index % 2 === 0 ? next : answer('Done.')));
    const { token } = await session();
    await fc.assert(
      fc.asyncProperty(name, args, async (tool, json) => {
        next = output([call(tool, json, 'c')]);
        const { body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
        expect(body).toMatchObject({ message: 'Done.', finish: 'stop' });
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

test('a stream of any events ends in an answer or in an error with a code', async () => {
  const odd = fc.anything({ withBigInt: false });
  const event = fc.record(
    {
      type: fc.constantFrom(
        'response.output_text.delta',
        'response.refusal.delta',
        'response.output_item.done',
        'response.completed',
        'response.incomplete',
        'response.failed',
        'error',
      ),
      delta: odd,
      output_index: odd,
      item: fc.oneof(
        odd,
        fc.record(
          {
            type: fc.constantFrom('message', 'function_call', 'reasoning'),
            content: odd,
            call_id: odd,
            name: odd,
            arguments: odd,
            status: odd,
            phase: odd,
            summary: odd,
            encrypted_content: odd,
          },
          { requiredKeys: ['type'] },
        ),
      ),
      response: fc.oneof(
        odd,
        fc.record({ output: odd, usage: odd, model: odd, error: odd, incomplete_details: odd }, { requiredKeys: [] }),
      ),
      error: odd,
    },
    { requiredKeys: ['type'] },
  );
  let next = answer('');
  const { api, session } = await serveProxy(() => next);
  const { token } = await session();
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 6 }), async (events) => {
      next = stream(...(events as ServerEvent[]));
      const { status, body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
      expect(status).toBe(200);
      if (body.finish === 'error') expect(body.error!.code).not.toBe('internal');
    }),
    { numRuns: 150, seed: 7 },
  );
});
