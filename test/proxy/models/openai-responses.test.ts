import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ModelTool } from '../../../proxy/models/types.ts';
import { estimateTokens } from '../../../proxy/tokens.ts';
import {
  answer,
  call,
  completed,
  failure,
  frames,
  itemDone,
  message,
  output,
  reasoning,
  textDelta,
  toolCall,
  USAGE,
} from '../../fakes/fake-openai.ts';
import { API_KEY, ask, fakeModel } from './ask.ts';

const SEARCH: ModelTool = {
  name: 'search_products',
  description: 'Finds products.',
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' }, max_price: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
    required: ['query', 'max_price'],
    additionalProperties: false,
  },
};

const REFUSAL = { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: "I can't help." }] };

test('streams the text and ends with what the model made and used', async () => {
  const { model } = await fakeModel([answer('We have 3 foods: יבש, wet 🐕.', { model: 'gpt-test-2026-11-01' })]);
  const { text, events, end } = await ask(model);
  expect(text).toBe('We have 3 foods: יבש, wet 🐕.');
  expect(events.at(-1)).toBe(end);
  expect(end).toEqual({
    type: 'end',
    finish: 'stop',
    items: [{ type: 'message', role: 'assistant', text: 'We have 3 foods: יבש, wet 🐕.' }],
    usage: {
      inputTokens: 120,
      cachedTokens: 64,
      cacheWriteTokens: 16,
      outputTokens: 30,
      reasoningTokens: 10,
      estimated: false,
    },
    model: 'gpt-test-2026-11-01',
  });
});

test('gives text while the model is still writing', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { model } = await fakeModel([frames([textDelta('Hello'), promise, textDelta(' you'), completed()])]);
  const { text } = await ask({
    ...model,
    async *stream(request, signal) {
      for await (const event of model.stream(request, signal)) {
        if (event.type === 'text' && event.delta === 'Hello') resolve();
        yield event;
      }
    },
  });
  expect(text).toBe('Hello you');
});

test('gives deltas that came together as one', async () => {
  const { model } = await fakeModel([
    frames([['Two', ' dogs', '.'].map((delta) => data(textDelta(delta))).join('') + data(completed())]),
  ]);
  const { events } = await ask(model);
  expect(events.map((event) => event.type)).toEqual(['text', 'end']);
  expect(events[0]).toEqual({ type: 'text', delta: 'Two dogs.' });
});

test('asks with everything that OpenAI needs and nothing that keeps state there', async () => {
  const { model, fake } = await fakeModel([answer('Yes.')], { reasoningEffort: 'low' });
  await ask(model, { tools: [SEARCH], promptCacheKey: 'pets/v1', safetyIdentifier: 'f00d' });
  const { method, path, headers, body } = fake.requests[0]!;
  expect({ method, path }).toEqual({ method: 'POST', path: '/v1/responses' });
  expect(headers.authorization).toBe(`Bearer ${API_KEY}`);
  // The whole body: a field that is not here must not be sent (temperature, previous_response_id, prompt, …).
  expect(body).toEqual({
    model: 'gpt-test',
    instructions: 'You sell pet food.',
    input: [{ type: 'message', role: 'user', content: 'Do you have dog food?' }],
    tools: [{ type: 'function', strict: true, ...SEARCH }],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning: { effort: 'low' },
    max_output_tokens: 500,
    store: false,
    include: ['reasoning.encrypted_content'],
    stream: true,
    stream_options: { include_obfuscation: false },
    prompt_cache_key: 'pets/v1',
    safety_identifier: 'f00d',
  });
});

test('keeps the tools but forbids their use when the answer must be text', async () => {
  const { model, fake } = await fakeModel([answer('Yes.')]);
  await ask(model, { tools: [SEARCH], toolChoice: 'none' });
  expect(fake.requests[0]!.body).toMatchObject({ tool_choice: 'none', tools: [{ name: 'search_products' }] });
});

test('gives a tool call once, when its arguments are whole', async () => {
  const { model } = await fakeModel([toolCall('search_products', { query: 'dog food', max_price: null })]);
  const { calls, end } = await ask(model, { tools: [SEARCH] });
  const wanted = {
    type: 'tool_call',
    callId: 'call_search_products',
    name: 'search_products',
    arguments: '{"query":"dog food","max_price":null}',
  };
  expect(calls).toEqual([wanted]);
  expect(end?.items).toEqual([wanted]);
});

test('gives parallel tool calls in their order, between the text around them', async () => {
  const { model } = await fakeModel([
    output([
      message('Let me look.'),
      call('search_products', { query: 'a' }, 'call_1'),
      call('search_products', { query: 'b' }, 'call_2'),
    ]),
  ]);
  const { events, calls } = await ask(model, { tools: [SEARCH] });
  expect(calls.map((event) => event.callId)).toEqual(['call_1', 'call_2']);
  expect(events.map((event) => event.type).slice(-4)).toEqual(['text', 'tool_call', 'tool_call', 'end']);
});

test('sends reasoning back encrypted and in order, between the calls that it led to', async () => {
  const { model, fake } = await fakeModel([
    output([
      reasoning('secret-1', 'rs_1'),
      call('search_products', { query: 'a' }, 'call_1'),
      reasoning('secret-2', 'rs_2'),
      message('I look further.', { phase: 'commentary' }),
      call('search_products', { query: 'b' }, 'call_2'),
    ]),
    answer('Here.'),
  ]);
  const { end } = await ask(model, { tools: [SEARCH] });
  await ask(model, {
    tools: [SEARCH],
    input: [
      { type: 'message', role: 'user', text: 'Find both.' },
      ...end!.items,
      { type: 'tool_result', callId: 'call_1', output: '{"products":[]}' },
      { type: 'tool_result', callId: 'call_2', output: '{"products":[1]}' },
    ],
  });
  expect(fake.requests[1]!.body.input).toEqual([
    { type: 'message', role: 'user', content: 'Find both.' },
    { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'secret-1' },
    { type: 'function_call', call_id: 'call_1', name: 'search_products', arguments: '{"query":"a"}' },
    { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'secret-2' },
    { type: 'message', role: 'assistant', content: 'I look further.', phase: 'commentary' },
    { type: 'function_call', call_id: 'call_2', name: 'search_products', arguments: '{"query":"b"}' },
    { type: 'function_call_output', call_id: 'call_1', output: '{"products":[]}' },
    { type: 'function_call_output', call_id: 'call_2', output: '{"products":[1]}' },
  ]);
});

test('drops reasoning that the provider could not read again: unencrypted, or of another model', async () => {
  const { model, fake } = await fakeModel([output([reasoning(null), message('Yes.')]), answer('Yes.')]);
  const { end } = await ask(model);
  expect(end?.items).toEqual([{ type: 'message', role: 'assistant', text: 'Yes.' }]);
  await ask(model, {
    input: [
      { type: 'opaque', model: 'another', item: { type: 'reasoning', encrypted_content: 'x' } },
      { type: 'message', role: 'user', text: 'Hi' },
    ],
  });
  expect(fake.requests[1]!.body.input).toEqual([{ type: 'message', role: 'user', content: 'Hi' }]);
});

test('begins a paragraph where the model begins another message', async () => {
  const { model } = await fakeModel([
    output([message('I look.', { phase: 'commentary' }), message('Found it.', { phase: 'final_answer' })]),
  ]);
  expect((await ask(model)).text).toBe('I look.\n\nFound it.');
});

test.each([
  ['in deltas', [{ type: 'response.refusal.delta', delta: "I can't help.", output_index: 0 }, completed()]],
  ['as an item', [itemDone(REFUSAL), completed()]],
  ['at the end', [completed({ output: [REFUSAL] })]],
])('shows a refusal that comes %s and says that it is one', async (_, events) => {
  const { model } = await fakeModel([frames(events)]);
  const { text, end } = await ask(model);
  expect(text).toBe("I can't help.");
  expect(end).toMatchObject({ finish: 'refusal' });
});

test.each([
  ['max_output_tokens', 'length'],
  ['content_filter', 'refusal'],
  ['something_new', 'length'],
])('takes an answer that is incomplete for %s as %s', async (reason, finish) => {
  const { model } = await fakeModel([
    frames([
      textDelta('Half an ans'),
      { type: 'response.incomplete', response: { incomplete_details: { reason }, usage: USAGE } },
    ]),
  ]);
  const { text, end } = await ask(model);
  expect(text).toBe('Half an ans');
  expect(end).toMatchObject({ finish, usage: { outputTokens: 30 } });
});

test('never gives a call that the token limit cut in half', async () => {
  const half = { ...call('show_products', {}), arguments: '{"product_ids":[1', status: 'incomplete' };
  const { status: _, ...unmarked } = { ...half, call_id: 'call_2' };
  const response = { incomplete_details: { reason: 'max_output_tokens' }, output: [half, unmarked], usage: USAGE };
  const { model } = await fakeModel([frames([itemDone(half), { type: 'response.incomplete', response }])]);
  const { calls, end } = await ask(model);
  expect(calls).toEqual([]);
  expect(end).toMatchObject({ finish: 'length', items: [] });
});

test('skips events that it does not know', async () => {
  const { model } = await fakeModel([
    frames([
      { type: 'keepalive' },
      { type: 'response.reasoning_summary_text.delta', delta: 'thinking' },
      { type: 'response.output_text.delta.v2', delta: 'no' },
      'event: ping\ndata: {}\n\n',
      'data: 1\n\n',
      textDelta('Yes.'),
      completed(),
      'data: [DONE]\n\n',
    ]),
  ]);
  const { text, error } = await ask(model);
  expect({ text, error }).toEqual({ text: 'Yes.', error: undefined });
});

test('understands a server that sends everything only at the end', async () => {
  const { model } = await fakeModel([
    frames([completed({ output: [message('Let me look.'), call('search_products', { query: 'a' })] })]),
  ]);
  const { text, events, end } = await ask(model);
  expect(text).toBe('Let me look.');
  expect(events.map((event) => event.type)).toEqual(['text', 'tool_call', 'end']);
  expect(end?.items).toHaveLength(2);
});

test('understands a server that sends some items one by one and all at the end', async () => {
  const found = call('search_products', { query: 'a' });
  const { model } = await fakeModel([
    frames([
      data({ type: 'response.output_item.done', item: found }),
      completed({ output: [message('Let me look.'), found] }),
    ]),
  ]);
  const { calls, end } = await ask(model);
  expect(calls).toHaveLength(1);
  expect(end?.items.map((item) => item.type)).toEqual(['message', 'tool_call']);
});

test('prefers an item as it was when it was done to what the end repeats of it', async () => {
  const { model } = await fakeModel([
    frames([itemDone(reasoning('secret')), completed({ output: [reasoning(null)] })]),
  ]);
  expect((await ask(model)).end?.items).toMatchObject([{ type: 'opaque', item: { encrypted_content: 'secret' } }]);
});

test('ends with the terminal event, whatever follows', async () => {
  const rest = data(completed()) + data(textDelta(' No.')) + data({ type: 'error', message: 'Oops' });
  const { model } = await fakeModel([frames([data(textDelta('Yes.')) + rest])]);
  const { text, events, error } = await ask(model);
  expect({ text, error, count: events.length }).toEqual({ text: 'Yes.', error: undefined, count: 2 });
});

test('orders the items as the model does, whichever is done first', async () => {
  const { model } = await fakeModel([
    frames([itemDone(call('b', {}), 1), itemDone(call('a', {}), 0), completed({ output: [] })]),
  ]);
  expect((await ask(model)).end?.items).toMatchObject([{ name: 'a' }, { name: 'b' }]);
});

test('understands a server that sends deltas and nothing else', async () => {
  const { model } = await fakeModel([frames([textDelta('Two '), textDelta('foods.'), { type: 'response.completed' }])]);
  expect((await ask(model)).end).toMatchObject({
    items: [{ type: 'message', role: 'assistant', text: 'Two foods.' }],
    usage: { estimated: true, outputTokens: 4 },
  });
});

test('understands a server that leaves out what it can', async () => {
  const item = { type: 'function_call', id: 'fc_1', name: 'search_products', arguments: { query: 'a' } };
  const { model } = await fakeModel([
    frames([
      data({ type: 'response.output_item.done', item }),
      data({ type: 'response.completed', response: { output: [item] } }),
    ]),
  ]);
  const { calls, end } = await ask(model, { instructions: 'x'.repeat(300) });
  expect(calls).toEqual([{ type: 'tool_call', callId: 'fc_1', name: 'search_products', arguments: '{"query":"a"}' }]);
  expect(end).toMatchObject({
    model: 'gpt-test',
    items: calls,
    usage: { estimated: true, cachedTokens: 0, reasoningTokens: 0 },
  });
  expect(end!.usage.inputTokens).toBeGreaterThanOrEqual(100);
  expect(end!.usage.outputTokens).toBe(estimateTokens('search_products{"query":"a"}'));
});

test('counts what the provider leaves out of its usage as nothing', async () => {
  const { model } = await fakeModel([answer('Yes.', { usage: { input_tokens: 7, output_tokens: 2 } })]);
  expect((await ask(model)).end?.usage).toEqual({
    inputTokens: 7,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 2,
    reasoningTokens: 0,
    estimated: false,
  });
});

test('does without a field that the model refuses, from then on', async () => {
  const refusal = {
    message: 'Encrypted content is not supported with this model.',
    type: 'invalid_request_error',
    param: 'include',
    code: null,
  };
  const { model, fake, waits } = await fakeModel([failure(400, refusal), answer('Yes.'), answer('Still yes.')]);
  expect((await ask(model)).text).toBe('Yes.');
  expect((await ask(model)).text).toBe('Still yes.');
  expect(fake.requests.map((request) => 'include' in request.body)).toEqual([true, false, false]);
  expect(waits).toEqual([]);
});

test('learns of a refused field from several requests at once', async () => {
  const refusal = { message: 'Encrypted content is not supported with this model.', param: 'include' };
  const { model, fake } = await fakeModel(({ body }) => ('include' in body ? failure(400, refusal) : answer('Yes.')));
  const answers = await Promise.all([ask(model), ask(model), ask(model)]);
  expect(answers.map(({ text }) => text)).toEqual(['Yes.', 'Yes.', 'Yes.']);
  expect(fake.requests).toHaveLength(6);
});

test('keeps its sockets for later questions', async () => {
  const { model, fake } = await fakeModel(() => answer('Yes.'));
  for (let questions = 1; questions <= 10; questions++) {
    await ask(model);
    // The socket is free when the last bytes after the terminal event are read, which nobody waits for.
    await setImmediate();
  }
  expect(new Set(fake.requests.map((request) => request.connection)).size).toBeLessThan(10);
});

function data(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
