/** Chat Completions as servers really speak it. What both wires have in common is in model-suite.ts. */
import { expect, test } from 'vitest';
import type { ModelItem, ModelTool } from '../../../proxy/models/types.ts';
import { chatAnswer, CHAT_USAGE, chunk, content, count, data, DONE, piece } from '../../fakes/chat-replies.ts';
import { CUT, failure, frames, type Part, STALL } from '../../fakes/fake-openai.ts';
import { API_KEY, ask, type Asked, fakeModel, type FakeModelOptions, question } from './ask.ts';

const SEARCH: ModelTool = {
  name: 'search_products',
  description: 'Finds products.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
};
const STOP = chunk({}, { finish: 'stop' });
const CALLED = chunk({}, { finish: 'tool_calls' });
const HEL = '{"query":"hel';

const chatModel = (script: Parameters<typeof fakeModel>[0], options: Partial<FakeModelOptions> = {}) =>
  fakeModel(script, { wire: 'chat', ...options });

async function read(...parts: Part[]): Promise<Asked> {
  const { model } = await chatModel([frames(parts)]);
  return ask(model, { tools: [SEARCH] });
}

// Requests

test('asks OpenAI in its newest words', async () => {
  const { model, fake } = await chatModel([chatAnswer('Yes.')], { model: 'gpt-5-mini', reasoningEffort: 'low' });
  await ask(model, { tools: [SEARCH], promptCacheKey: 'pets/v1', safetyIdentifier: 'f00d' });
  expect(fake.requests[0]!.headers.authorization).toBe(`Bearer ${API_KEY}`);
  // The whole body: a field that is not here must not be sent.
  expect(fake.requests[0]!.body).toEqual({
    model: 'gpt-5-mini',
    messages: [
      { role: 'developer', content: 'You sell pet food.' },
      { role: 'user', content: 'Do you have dog food?' },
    ],
    tools: [{ type: 'function', function: { ...SEARCH, strict: true } }],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning_effort: 'low',
    max_completion_tokens: 500,
    stream: true,
    stream_options: { include_usage: true },
    prompt_cache_key: 'pets/v1',
    safety_identifier: 'f00d',
  });
});

test('asks any other server in the words that all of them know', async () => {
  const { model, fake } = await chatModel([chatAnswer('Yes.')], { model: 'qwen3:8b', reasoningEffort: 'low' });
  await ask(model, { tools: [SEARCH], promptCacheKey: 'pets/v1', safetyIdentifier: 'f00d' });
  expect(fake.requests[0]!.body).toEqual({
    model: 'qwen3:8b',
    messages: [
      { role: 'system', content: 'You sell pet food.' },
      { role: 'user', content: 'Do you have dog food?' },
    ],
    tools: [{ type: 'function', function: SEARCH }],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    max_tokens: 500,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('sends a tool loop back as one assistant message and one result a call, in the order of the calls', async () => {
  const { model, fake } = await chatModel([chatAnswer('Yes.')]);
  const input: ModelItem[] = [
    { type: 'message', role: 'user', text: 'Both?' },
    { type: 'opaque', model: 'gpt-test', item: { type: 'reasoning', encrypted_content: 'x' } },
    { type: 'message', role: 'assistant', text: 'I look.' },
    { type: 'tool_call', callId: 'a', name: 'search_products', arguments: '{"query":"a"}' },
    { type: 'tool_call', callId: 'b', name: 'search_products', arguments: '{"que' },
    { type: 'tool_result', callId: 'b', output: 'B' },
    { type: 'tool_result', callId: 'a', output: 'A' },
    { type: 'tool_call', callId: 'c', name: 'show_products', arguments: '{}' },
    { type: 'tool_result', callId: 'c', output: 'C' },
  ];
  await ask(model, { input });
  const call = (id: string, name: string, args: string) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  });
  expect((fake.requests[0]!.body['messages'] as unknown[]).slice(1)).toEqual([
    { role: 'user', content: 'Both?' },
    {
      role: 'assistant',
      content: 'I look.',
      tool_calls: [call('a', 'search_products', '{"query":"a"}'), call('b', 'search_products', '{}')],
    },
    { role: 'tool', tool_call_id: 'a', content: 'A' },
    { role: 'tool', tool_call_id: 'b', content: 'B' },
    { role: 'assistant', content: '', tool_calls: [call('c', 'show_products', '{}')] },
    { role: 'tool', tool_call_id: 'c', content: 'C' },
  ]);
});

test('joins what one side says in a row, since many templates want turns', async () => {
  const { model, fake } = await chatModel([chatAnswer('Yes.')]);
  await ask(model, {
    input: [
      { type: 'message', role: 'user', text: 'Hi' },
      { type: 'message', role: 'user', text: 'Food?' },
      { type: 'message', role: 'assistant', text: 'For whom?' },
      { type: 'message', role: 'assistant', text: 'A dog?' },
    ],
  });
  expect(fake.requests[0]!.body['messages']).toMatchObject([
    {},
    { role: 'user', content: 'Hi\n\nFood?' },
    { role: 'assistant', content: 'For whom?\n\nA dog?' },
  ]);
});

test('forbids the tools where text is wanted, or leaves them out where that is not understood', async () => {
  const { model, fake } = await chatModel([chatAnswer('Yes.')]);
  await ask(model, { tools: [SEARCH], toolChoice: 'none' });
  expect(fake.requests[0]!.body).toMatchObject({ tool_choice: 'none', tools: [{}] });

  const other = await chatModel([chatAnswer('Yes.')], { capabilities: { toolChoice: false } });
  await ask(other.model, { tools: [SEARCH], toolChoice: 'none' });
  for (const field of ['tools', 'tool_choice']) expect(other.fake.requests[0]!.body).not.toHaveProperty(field);
});

test('lets a model that takes no tools while it reasons not reason', async () => {
  const { model, fake } = await chatModel(() => chatAnswer('Yes.'), { model: 'gpt-6-luna', reasoningEffort: 'low' });
  await ask(model, { tools: [SEARCH] });
  await ask(model);
  expect(fake.requests.map(({ body }) => body['reasoning_effort'])).toEqual(['none', 'low']);
});

test.each<[string, object, string, unknown, unknown]>([
  [
    "OpenAI's max_tokens",
    { param: 'max_tokens', message: "Unsupported parameter: 'max_tokens' is not supported with this model." },
    'max_tokens',
    500,
    undefined,
  ],
  [
    "Mistral's words",
    { message: '{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}' },
    'stream_options',
    { include_usage: true },
    undefined,
  ],
  [
    "Google's words",
    { message: 'Invalid JSON payload received. Unknown name "parallel_tool_calls": Cannot find field.' },
    'parallel_tool_calls',
    true,
    undefined,
  ],
  [
    'a refusal to reason with tools',
    {
      message:
        "Function tools with reasoning_effort are not supported for luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
    },
    'reasoning_effort',
    undefined,
    'none',
  ],
])('learns from %s', async (_, error, field, before, after) => {
  const { model, fake } = await chatModel([failure(400, error), chatAnswer('Yes.'), chatAnswer('Yes.')], {
    model: 'my-deployment',
  });
  expect((await ask(model, { tools: [SEARCH] })).text).toBe('Yes.');
  await ask(model, { tools: [SEARCH] });
  expect(fake.requests.map(({ body }) => body[field])).toEqual([before, after, after]);
});

test('learns that a server knows no developer and no strict tools', async () => {
  const { model, fake } = await chatModel([
    failure(422, { message: "Input should be 'system', 'user': input developer" }),
    failure(400, { param: 'tools[0].function.strict', message: 'Unknown parameter.' }),
    chatAnswer('Yes.'),
  ]);
  expect((await ask(model, { tools: [SEARCH] })).text).toBe('Yes.');
  expect(fake.requests[2]!.body).toMatchObject({ messages: [{ role: 'system' }, {}] });
  expect(JSON.stringify(fake.requests.map(({ body }) => body.tools)).match(/strict/g)).toHaveLength(2);
});

test("doesn't take a value that is too large for a field that is unknown", async () => {
  const { model, fake } = await chatModel([
    failure(400, { param: 'max_completion_tokens', message: 'max_completion_tokens is too large: 500.' }),
  ]);
  expect((await ask(model)).error).toMatchObject({ code: 'model_config' });
  expect(fake.requests).toHaveLength(1);
});

test('gives up on a server that knows no field for the most tokens', async () => {
  const { model, fake } = await chatModel(({ body }) => {
    const field = 'max_tokens' in body ? 'max_tokens' : 'max_completion_tokens';
    return failure(400, { param: field, message: `Unsupported parameter: ${field}` });
  });
  expect((await ask(model)).error).toMatchObject({ code: 'model_config' });
  expect(fake.requests.length).toBeLessThan(10);
});

// Tool calls

const found = (callId: string, query: string) => ({
  type: 'tool_call',
  callId,
  name: 'search_products',
  arguments: JSON.stringify({ query }),
});
const named = (args: unknown) => ({ name: 'search_products', arguments: args });

test.each<[string, Part[]]>([
  [
    'piece by piece, by index',
    [
      piece({ index: 0, id: 'a', type: 'function', function: named('') }),
      piece({ index: 0, function: { arguments: HEL } }),
      piece({ index: 0, function: { arguments: 'lo"}' } }),
    ],
  ],
  ['without an index', [piece({ id: 'a', function: named(HEL) }), piece({ function: { arguments: 'lo"}' } })]],
  ['whole', [piece({ index: 0, id: 'a', function: named('{"query":"hello"}') })]],
  ['with its arguments as an object', [piece({ id: 'a', function: named({ query: 'hello' }) })]],
  [
    'with its id and name in every piece',
    [piece({ index: 0, id: 'a', function: named(HEL) }), piece({ index: 0, id: 'a', function: named('lo"}') })],
  ],
  [
    'with another id in every piece',
    [piece({ index: 0, id: 'a', function: named(HEL) }), piece({ index: 0, id: 'b', function: { arguments: 'lo"}' } })],
  ],
  [
    'with null for what is missing',
    [
      piece({ index: 0, id: 'a', function: named(null) }),
      piece({ index: 0, id: null, function: { name: null, arguments: '{"query":"hello"}' } }),
    ],
  ],
  [
    'in a whole message',
    [data({ choices: [{ message: { tool_calls: [{ id: 'a', function: named('{"query":"hello"}') }] } }] })],
  ],
])('understands a call that comes %s', async (_, parts) => {
  const { calls, end } = await read(...parts, CALLED, count(), DONE);
  expect(calls).toEqual([found('a', 'hello')]);
  expect(end?.items).toEqual(calls);
});

test.each<[string, object[]]>([
  [
    'with the index 0 for all (Ollama)',
    [
      { index: 0, id: 'a' },
      { index: 0, id: 'b' },
    ],
  ],
  ['without indexes', [{ id: 'a' }, { id: 'b' }]],
  [
    'by index',
    [
      { index: 0, id: 'a' },
      { index: 1, id: 'b' },
    ],
  ],
])('understands two calls %s', async (_, heads) => {
  const pieces = heads.map((head, at) => piece({ ...head, function: named(`{"query":"${at}"}`) }));
  expect((await read(...pieces, CALLED, DONE)).calls).toEqual([found('a', '0'), found('b', '1')]);
});

test('understands two calls whose pieces take turns', async () => {
  const { calls } = await read(
    piece({ index: 0, id: 'a', function: named('{"query":') }),
    piece({ index: 1, id: 'b', function: named('{"query":') }),
    piece({ index: 0, function: { arguments: '"0"}' } }),
    piece({ index: 1, function: { arguments: '"1"}' } }),
    CALLED,
    DONE,
  );
  expect(calls).toEqual([found('a', '0'), found('b', '1')]);
});

test.each<[string, (at: number) => object]>([
  ['without ids', () => ({})],
  ['with empty ids and one index', () => ({ index: 0, id: '' })],
  ['with one id for both', (index) => ({ index, id: 'same' })],
])('gives calls that come %s ids of their own', async (_, head) => {
  const { calls } = await read(
    ...[0, 1].map((at) => piece({ ...head(at), function: named(`{"query":"${at}"}`) })),
    CALLED,
    DONE,
  );
  expect(calls.map((call) => call.arguments)).toEqual(['{"query":"0"}', '{"query":"1"}']);
  expect(new Set(calls.map(({ callId }) => callId)).size).toBe(2);
});

test('understands the form before tool_calls', async () => {
  const { calls } = await read(
    chunk({ function_call: named(HEL) }),
    chunk({ function_call: { arguments: 'lo"}' } }),
    chunk({}, { finish: 'function_call' }),
    DONE,
  );
  expect(calls).toMatchObject([{ name: 'search_products', arguments: '{"query":"hello"}' }]);
});

test('takes no arguments for an empty object, and a call without a name for none', async () => {
  const { calls } = await read(
    piece({ index: 0, id: 'a', function: named('') }),
    piece({ index: 1, id: 'b', function: { arguments: '{}' } }),
    CALLED,
    DONE,
  );
  expect(calls).toEqual([{ type: 'tool_call', callId: 'a', name: 'search_products', arguments: '{}' }]);
});

test('never gives a call that the token limit cut in half', async () => {
  const { calls, end } = await read(
    piece({ index: 0, id: 'a', function: named('{"query":"0"}') }),
    piece({ index: 1, id: 'b', function: named(HEL) }),
    chunk({}, { finish: 'length' }),
    DONE,
  );
  expect(calls).toEqual([found('a', '0')]);
  expect(end).toMatchObject({ finish: 'length', items: calls });
});

test('stops a model that calls without end', async () => {
  const endless = Array.from({ length: 100 }, (_, index) => piece({ index, id: `c${index}`, function: named('{}') }));
  expect((await read(...endless, STALL)).error).toMatchObject({ code: 'model_interrupted' });
});

// Ends

test.each([
  ['stop', 'stop'],
  ['tool_calls', 'stop'],
  ['function_call', 'stop'],
  ['eos', 'stop'],
  ['length', 'length'],
  ['MAX_TOKENS', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'refusal'],
  ['SAFETY', 'refusal'],
])('takes the reason %s as %s', async (finish, expected) => {
  expect((await read(content('Yes.'), chunk({}, { finish }), DONE)).end).toMatchObject({ finish: expected });
});

test('gives calls whatever reason the answer ends for', async () => {
  const { calls } = await read(piece({ id: 'a', function: named('{"query":"hello"}') }), STOP, DONE);
  expect(calls).toEqual([found('a', 'hello')]);
});

test.each<[string, Part[]]>([
  ['the end mark is missing', [STOP, count()]],
  ['the reason is missing', [count(), DONE]],
  ['the reason is an empty text', [chunk({}, { finish: '' }), count(), DONE]],
  ['the reason comes with the last text', [chunk({ content: '' }, { finish: 'stop' }), count(), DONE]],
  ['the line is cut after the count', [STOP, count(), CUT]],
  ['an error comes after the count', [STOP, count(), data({ error: 'Oops' })]],
  ['what comes after the count is no JSON', [STOP, count(), 'data: {oh\n\n']],
  ['the end mark has blanks', [STOP, count(), 'data: [DONE]  \n\n']],
])('ends properly when %s', async (_, rest) => {
  const { text, end, error } = await read(content('Yes.'), ...rest);
  expect({ text, error }).toEqual({ text: 'Yes.', error: undefined });
  expect(end).toMatchObject({ finish: 'stop', usage: { inputTokens: 120, estimated: false } });
});

test('waits only a moment for the count when the answer is whole', async () => {
  const { model, fake } = await chatModel([frames([content('Yes.'), STOP, STALL])], { trailerTimeoutMs: 50 });
  const { text, end, error } = await ask(model);
  expect({ text, error }).toEqual({ text: 'Yes.', error: undefined });
  expect(end).toMatchObject({ usage: { estimated: true } });
  expect(await fake.requests[0]!.abandoned).toBe(true);
});

test('throws what the caller stopped it with, also while it waits for the count', async () => {
  const stop = new AbortController();
  const { model } = await chatModel([frames([content('Yes.') + STOP, STALL])]);
  await expect(async () => {
    for await (const event of model.stream(question(), stop.signal)) {
      expect(event.type).toBe('text');
      stop.abort('stopped');
    }
  }).rejects.toBe('stopped');
});

// Counts

test.each<[string, Part[], object]>([
  ['in a last chunk without choices', [STOP, count()], { inputTokens: 120, cachedTokens: 64, cacheWriteTokens: 16 }],
  [
    'in every chunk, growing',
    [
      chunk({ content: '' }, { fields: { usage: { prompt_tokens: 120, completion_tokens: 1 } } }),
      chunk({}, { finish: 'stop', fields: { usage: { prompt_tokens: 120, completion_tokens: 30 } } }),
    ],
    { inputTokens: 120, outputTokens: 30 },
  ],
  [
    'before the end, and then as null',
    [count(), chunk({}, { finish: 'stop', fields: { usage: null } })],
    { outputTokens: 30 },
  ],
  ['and then again as zeros', [STOP, count(), count({ prompt_tokens: 0, completion_tokens: 0 })], { inputTokens: 120 }],
  ['as null until the last', [chunk({}, { fields: { usage: null } }), STOP, count()], { outputTokens: 30 }],
  [
    "in Groq's field",
    [chunk({}, { finish: 'stop', fields: { x_groq: { usage: CHAT_USAGE } } })],
    { inputTokens: 120, outputTokens: 30 },
  ],
  [
    "in Moonshot's place, with its cached tokens",
    [
      data({
        choices: [
          {
            index: 0,
            delta: {},
            finish_reason: 'stop',
            usage: { prompt_tokens: 9, completion_tokens: 2, cached_tokens: 4 },
          },
        ],
      }),
    ],
    { inputTokens: 9, outputTokens: 2, cachedTokens: 4 },
  ],
  [
    "with DeepSeek's cache hits",
    [STOP, count({ prompt_tokens: 9, completion_tokens: 2, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 1 })],
    { inputTokens: 9, cachedTokens: 8 },
  ],
  [
    "with a gateway's words for Anthropic's cache",
    [
      STOP,
      count({ prompt_tokens: 9, completion_tokens: 2, cache_read_input_tokens: 3, cache_creation_input_tokens: 5 }),
    ],
    { cachedTokens: 3, cacheWriteTokens: 5 },
  ],
  [
    'with reasoning that only the total has (xAI, Gemini)',
    [
      STOP,
      count({
        prompt_tokens: 9,
        completion_tokens: 2,
        total_tokens: 31,
        completion_tokens_details: { reasoning_tokens: 20 },
      }),
    ],
    { outputTokens: 22, reasoningTokens: 20 },
  ],
])('reads a count that comes %s', async (_, rest, usage) => {
  expect((await read(content('Yes.'), ...rest, DONE)).end?.usage).toMatchObject({ ...usage, estimated: false });
});

test.each<[string, Part[]]>([
  ['missing', [STOP]],
  ['zero', [STOP, count({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })]],
  ['nonsense', [STOP, count({ prompt_tokens: 'many' })]],
])('counts for itself when the count is %s, thoughts and calls included', async (_, rest) => {
  const { end } = await read(
    chunk({ reasoning_content: 'x'.repeat(30) }),
    content(`<think>${'y'.repeat(30)}</think>Yes.`),
    piece({ id: 'a', function: { name: 'abc', arguments: '{"a":1}' } }),
    ...rest,
    DONE,
  );
  expect(end?.usage).toMatchObject({ estimated: true, reasoningTokens: 20, outputTokens: 27 });
});

// Text

test.each<[string, Part[]]>([
  ['a chunk with the role alone', [chunk({ role: 'assistant' })]],
  ['null for text', [chunk({ role: 'assistant', content: null, tool_calls: null })]],
  ['a delta that is null', [chunk(null)]],
  ["Azure's first chunk without choices", [data({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] })]],
  [
    "Azure's chunk about its filter",
    [data({ choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }] })],
  ],
  ['choices that are null', [data({ choices: null })]],
  ['another choice', [chunk({ content: 'No.' }, { index: 1 }), chunk({}, { index: 1, finish: 'length' })]],
  ["OpenRouter's comments", [': OPENROUTER PROCESSING\n\n']],
  ['an event without data', ['data:\n\n']],
  ['an event that is no object', ['data: 1\n\n']],
  ['thoughts of llama.cpp and DeepSeek', [chunk({ reasoning_content: 'Hm.', content: null })]],
  ['thoughts of OpenRouter and vLLM', [chunk({ reasoning: 'Hm.', reasoning_details: [{ text: 'Hm.' }], content: '' })]],
  ['thoughts of others', [chunk({ thinking: 'Hm.' })]],
  ["Mistral's thoughts", [chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] })]],
  ['tagged thoughts', [content('<think>Hm.</think>\n\n')]],
  ['tagged thoughts in pieces', Array.from('\n<thinking>Hm. 1 < 2</thinking> \n', content)],
])('shows nothing of %s', async (_, parts) => {
  const { text, end, error } = await read(...parts, content('Yes.'), STOP, DONE);
  expect({ text, error }).toEqual({ text: 'Yes.', error: undefined });
  expect(end?.items).toEqual([{ type: 'message', role: 'assistant', text: 'Yes.' }]);
});

test('reads text that comes as a list of parts', async () => {
  const parts = [
    { type: 'text', text: 'Two ' },
    { type: 'reference', ids: [1] },
    null,
    { type: 'text', text: 'foods.' },
  ];
  expect((await read(chunk({ content: parts }), STOP, DONE)).text).toBe('Two foods.');
});

test('reads an answer that comes as one whole message, but not twice', async () => {
  const whole = data({
    choices: [{ index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' }],
  });
  expect((await read(whole, DONE)).text).toBe('Yes.');
  expect((await read(content('Yes.'), whole, DONE)).text).toBe('Yes.');
});

test('lets a smaller-than sign through, at the end as well', async () => {
  const { text } = await read(content('2 <'), content(' 3, <b>'), content(' and 1 <'), STOP, DONE);
  expect(text).toBe('2 < 3, <b> and 1 <');
});

test('drops a closing tag that nothing opened, and a thought that nothing closes', async () => {
  expect((await read(content('Hm.</think> Yes.'), content('<think>No'), STOP, DONE)).text).toBe('Hm. Yes.');
});

test('waits for the end of a thought where the owner says that answers begin in one', async () => {
  const { model } = await chatModel(
    [
      frames([content('Hm.'), content(' Well.</thi'), content('nk>\n\nYes.'), STOP, DONE]),
      frames([content('Yes, '), content('at once.'), STOP, DONE]),
    ],
    { capabilities: { thinksFirst: true } },
  );
  expect((await ask(model)).text).toBe('Yes.');
  expect((await ask(model)).text).toBe('Yes, at once.');
});

test('knows that a model which thinks is at work', async () => {
  const thinking = Array.from({ length: 20 }, () => [25, chunk({ reasoning_content: 'Hm.' })]).flat();
  const { model } = await chatModel([frames([...thinking, content('Yes.'), STOP, DONE])], { idleTimeoutMs: 300 });
  expect((await ask(model)).text).toBe('Yes.');
});

// Errors in the stream

test.each<[string, Part, string]>([
  ['an object', data({ error: { code: 'server_error', message: 'Oops' } }), 'model_interrupted'],
  ["Ollama's plain words", data({ error: 'model runner has unexpectedly stopped' }), 'model_interrupted'],
  [
    "vLLM's older form",
    data({ object: 'error', message: 'Oops', type: 'BadRequestError', code: 400 }),
    'model_interrupted',
  ],
  ['a named event', 'event: error\ndata: {"message":"Oops"}\n\n', 'model_interrupted'],
  ['a named event in words', 'event: error\ndata: Oops\n\n', 'model_interrupted'],
  [
    "OpenRouter's, beside a choice",
    chunk({ content: '' }, { finish: 'error', fields: { error: { code: 429, message: 'Busy' } } }),
    'model_rate_limited',
  ],
  [
    "OpenRouter's, for a provider that fails",
    chunk({ content: '' }, { finish: 'error', fields: { error: { code: 502, message: 'Oops' } } }),
    'model_interrupted',
  ],
  ["a gateway's lack of credit", data({ error: { code: 402, message: 'Credits' } }), 'model_quota'],
  ["vLLM's reason abort", chunk({}, { finish: 'abort' }), 'model_interrupted'],
  ["DeepSeek's reason", chunk({}, { finish: 'insufficient_system_resource' }), 'model_interrupted'],
  [
    "llama.cpp's context",
    data({ error: { code: 400, type: 'exceed_context_size_error', message: 'the request exceeds the context' } }),
    'context_too_long',
  ],
])('keeps the text before an error that is %s', async (_, part, code) => {
  expect(await read(content('Hello'), part, DONE)).toMatchObject({ text: 'Hello', end: undefined, error: { code } });
});
