import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createOpenAiResponses } from '../../../proxy/models/index.ts';
import {
  answer,
  completed,
  CUT,
  failure,
  frames,
  html,
  type Part,
  type Reply,
  STALL,
  sse,
  textDelta,
} from '../../fakes/fake-openai.ts';
import { API_KEY, ask, fakeModel, question } from './ask.ts';

const DROPPED: Reply = { body: [] };
const HELLO = textDelta('Hello');

// Before the answer begins

test.each([
  [
    'a wrong key',
    failure(401, { code: 'invalid_api_key', message: `Incorrect API key provided: ${API_KEY}.` }),
    'model_config',
  ],
  ['a forbidden region', failure(403, { code: 'unsupported_country_region_territory' }), 'model_config'],
  ['an unknown model', failure(404, { code: 'model_not_found' }), 'model_config'],
  ['a server without this API', html(404, 'Not Found'), 'model_config'],
  [
    'a parameter that is wrong',
    failure(400, { type: 'invalid_request_error', param: 'tools[0].parameters' }),
    'model_config',
  ],
  ['an address that moved', { ...html(301, 'Moved'), headers: { location: '/elsewhere' } }, 'model_config'],
  ['too long a context', failure(400, { code: 'context_length_exceeded' }), 'context_too_long'],
  [
    "too long a context in vLLM's words",
    failure(400, { message: "This model's maximum context length is 4096 tokens." }),
    'context_too_long',
  ],
  ['too long a body', html(413, 'Payload Too Large'), 'context_too_long'],
  ['a prompt against the policy', failure(400, { code: 'invalid_prompt' }), 'model_refused'],
  ['no money left', failure(429, { type: 'insufficient_quota', code: 'credit_balance_exhausted' }), 'model_quota'],
  [
    'a spending limit',
    failure(429, { type: 'insufficient_quota', code: 'project_spend_limit_exceeded' }),
    'model_quota',
  ],
  ['an old quota error', failure(429, { type: 'insufficient_quota', code: null }), 'model_quota'],
  ["a gateway's lack of credit", failure(402, { code: 402, message: 'Insufficient credits' }), 'model_quota'],
])('takes %s as %s for good', async (_, reply, code) => {
  const { model, fake } = await fakeModel([reply, answer('Never asked again.')]);
  const { error, events } = await ask(model);
  expect(error).toMatchObject({ name: 'ChatError', code });
  expect(events).toEqual([]);
  expect(fake.requests).toHaveLength(1);
});

test.each([
  ['a rate limit', failure(429, { code: 'rate_limit_exceeded' })],
  ['a ramp too steep', failure(429, { type: 'rate_limit_error', code: 'slow_down' })],
  ['a request timeout', failure(408, {})],
  ['a conflict', failure(409, {})],
  ['a server error', failure(500, { type: 'server_error' })],
  ["a relay's page", html(502)],
  ["a relay's page that says 200", html(200, 'Please wait')],
  [
    'JSON where a stream was asked for',
    { status: 200, headers: { 'content-type': 'application/json' }, body: ['{malformed'] },
  ],
  ['an overloaded server', failure(503, { code: 'server_is_overloaded' })],
  ['a line that drops before the headers', DROPPED],
  ['a line that drops before the first byte', frames([CUT])],
  ['an answer that ends before it begins', frames([])],
])('asks again after %s', async (_, reply) => {
  const { model, waits } = await fakeModel([reply, reply, answer('At last.')]);
  const { text, error } = await ask(model);
  expect({ text, error }).toEqual({ text: 'At last.', error: undefined });
  expect(waits).toEqual([500, 1_000]);
});

test.each([
  ['model_rate_limited', failure(429, { code: 'rate_limit_exceeded' })],
  ['model_unavailable', html(502)],
  ['model_unavailable', html(200)],
  ['model_unavailable', DROPPED],
  ['model_unavailable', frames([])],
])('gives up with %s after the third try', async (code, reply) => {
  const { model, fake } = await fakeModel(() => reply);
  expect((await ask(model)).error).toMatchObject({ code, retryable: true });
  expect(fake.requests).toHaveLength(3);
});

test('takes a server that is not there as model_unavailable', async () => {
  const { model, fake, waits } = await fakeModel([]);
  await fake.close();
  expect((await ask(model)).error).toMatchObject({
    code: 'model_unavailable',
    cause: { message: expect.stringContaining('ECONNREFUSED') as string },
  });
  expect(waits).toHaveLength(2);
});

test.each([
  [{ 'retry-after': '2' }, 2_000],
  [{ 'retry-after-ms': '150', 'retry-after': '2' }, 150],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, 500],
])('waits as %j asks', async (headers, ms) => {
  const { model, waits } = await fakeModel([failure(429, {}, headers), answer('Yes.')]);
  await ask(model);
  expect(waits).toEqual([ms]);
});

test('passes a long Retry-After on and does not wait for it', async () => {
  const { model, fake } = await fakeModel([failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '120' })]);
  expect((await ask(model)).error).toMatchObject({ code: 'model_rate_limited', retryAfterMs: 120_000 });
  expect(fake.requests).toHaveLength(1);
});

test('asks once only when the server says that asking again is useless', async () => {
  const { model, fake } = await fakeModel([failure(500, {}, { 'x-should-retry': 'false' })]);
  expect((await ask(model)).error).toMatchObject({ code: 'model_unavailable' });
  expect(fake.requests).toHaveLength(1);
});

test('asks again at once when an idle socket turns out to be closed', async () => {
  const connections = new Set<number>();
  const { model, waits } = await fakeModel(({ connection }) => {
    if (connections.has(connection)) return DROPPED;
    connections.add(connection);
    return answer('Yes.');
  });
  for (let questions = 1; questions <= 5; questions++) {
    expect((await ask(model)).text).toBe('Yes.');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(waits).toEqual([]);
});

test('gives up on a server that takes the question and says nothing', async () => {
  const { model, fake } = await fakeModel(() => new Promise<Reply>(() => {}), { headersTimeoutMs: 50 });
  expect((await ask(model)).error).toMatchObject({ code: 'model_timeout' });
  expect(await fake.requests[0]!.abandoned).toBe(true);
  expect(fake.requests).toHaveLength(1);
});

test('gives up on an error page that never ends', async () => {
  const { model } = await fakeModel(() => ({ ...html(502), body: ['<html>', STALL] }), { headersTimeoutMs: 50 });
  expect((await ask(model)).error).toMatchObject({ code: 'model_timeout' });
});

test('reads no more of an endless error page than it needs', async () => {
  const { model } = await fakeModel(() => ({ ...html(400), body: ['x'.repeat(70_000), STALL] }));
  expect((await ask(model)).error).toMatchObject({ code: 'model_config' });
});

// In the middle of the answer

test.each<[string, Part[]]>([
  ['the line is cut', [CUT]],
  ['the answer ends without its terminal event', []],
  ['there is `[DONE]` but no terminal event', ['data: [DONE]\n\n']],
  ['an event is not JSON', ['data: {"type":"response.outp\n\n']],
  ['the answer fails without saying why', [{ type: 'response.failed' }]],
  ['an event is too long', [`data: "${'x'.repeat(1_100_000)}"\n\n`]],
])('keeps the text and reports model_interrupted when %s', async (_, rest) => {
  const { model, fake } = await fakeModel([frames([HELLO, ...rest])]);
  const { text, end, error } = await ask(model);
  expect(error).toMatchObject({ code: 'model_interrupted' });
  expect({ text, end }).toEqual({ text: 'Hello', end: undefined });
  expect(fake.requests).toHaveLength(1);
});

test.each<[string, Part]>([
  ['named and flat', 'event: error\ndata: {"type":"error","code":"slow_down","message":"Oops"}\n\n'],
  ['named, flat and untyped', 'event: error\ndata: {"code":"slow_down","message":"Oops"}\n\n'],
  ['named and nested', 'event: error\ndata: {"error":{"code":"slow_down","message":"Oops"}}\n\n'],
  ['unnamed and flat', 'data: {"type":"error","code":"slow_down","message":"Oops"}\n\n'],
  ['unnamed and nested', 'data: {"error":{"code":"slow_down","message":"Oops"}}\n\n'],
  ['the end of the answer', { type: 'response.failed', response: { error: { code: 'slow_down', message: 'Oops' } } }],
])('understands an error event that is %s', async (_, event) => {
  const { model } = await fakeModel([frames([HELLO, event])]);
  const { text, error } = await ask(model);
  expect(text).toBe('Hello');
  expect(error).toMatchObject({
    code: 'model_rate_limited',
    cause: { message: expect.stringMatching(/slow_down.*Oops/) as string },
  });
});

test('keeps the words of an error event that is no JSON', async () => {
  const { model } = await fakeModel([frames([HELLO, 'event: error\ndata: upstream went away\n\n'])]);
  expect((await ask(model)).error).toMatchObject({
    code: 'model_interrupted',
    cause: { message: 'upstream went away' },
  });
});

test('keeps the text that came in the same read as the error', async () => {
  const { model } = await fakeModel([frames([sse(HELLO) + sse({ type: 'error', message: 'Oops' })])]);
  const { text, error } = await ask(model);
  expect({ text, code: error?.code }).toEqual({ text: 'Hello', code: 'model_interrupted' });
});

test.each([
  ['rate_limit_exceeded', 'model_rate_limited'],
  ['insufficient_quota', 'model_quota'],
  ['context_length_exceeded', 'context_too_long'],
  ['invalid_prompt', 'model_refused'],
  ['model_not_found', 'model_config'],
])('understands %s inside the stream', async (code, expected) => {
  const { model } = await fakeModel([
    frames([{ type: 'response.failed', response: { error: { code, message: 'Oops' } } }]),
  ]);
  expect((await ask(model)).error).toMatchObject({ code: expected, cause: { message: `${code}, Oops` } });
});

test.each<[string, Part[]]>([
  ['nothing comes', [STALL]],
  ['nothing comes after the first text', [HELLO, STALL]],
])('reports model_timeout and closes the line when %s', async (_, body) => {
  const { model, fake } = await fakeModel([frames(body)], { idleTimeoutMs: 50 });
  expect((await ask(model)).error).toMatchObject({ code: 'model_timeout' });
  expect(await fake.requests[0]!.abandoned).toBe(true);
});

test("doesn't take the wait for the headers of a second try for silence", async () => {
  const late = new Promise<Reply>((resolve) => setTimeout(resolve, 500, answer('Yes.')));
  const { model } = await fakeModel((_, index) => (index === 0 ? frames([]) : late), { idleTimeoutMs: 250 });
  expect((await ask(model)).text).toBe('Yes.');
});

test("isn't fooled by comments that keep a dead line warm", async () => {
  const { model } = await fakeModel(
    [frames([HELLO, ...Array.from({ length: 1_000 }, () => [20, ': keepalive\n\n']).flat()])],
    { idleTimeoutMs: 100 },
  );
  const { text, error } = await ask(model);
  expect({ text, code: error?.code }).toEqual({ text: 'Hello', code: 'model_timeout' });
});

test('waits on while events show that the model is at work', async () => {
  const thinking = Array.from({ length: 30 }, () => [25, { type: 'keepalive' }]).flat();
  const { model } = await fakeModel([frames([...thinking, HELLO, completed()])], { idleTimeoutMs: 500 });
  expect((await ask(model)).text).toBe('Hello');
});

test("doesn't blame the model for the time that its reader takes", async () => {
  const { promise: read, resolve } = Promise.withResolvers<void>();
  const { model } = await fakeModel([frames([HELLO, read, textDelta(' again'), completed()])], { idleTimeoutMs: 250 });
  const texts: string[] = [];
  for await (const event of model.stream(question(), new AbortController().signal)) {
    if (event.type !== 'text') continue;
    texts.push(event.delta);
    await new Promise((done) => setTimeout(done, 500));
    resolve();
  }
  expect(texts).toEqual(['Hello', ' again']);
});

test('ends a call that takes too long in all, however busy', async () => {
  const endless = Array.from({ length: 1_000 }, () => [10, textDelta('and ')]).flat();
  const { model, fake } = await fakeModel([frames(endless)], { totalTimeoutMs: 100 });
  expect((await ask(model)).error).toMatchObject({ code: 'model_timeout' });
  expect(await fake.requests[0]!.abandoned).toBe(true);
});

// The caller stops

test('throws what the caller gave as the reason, and asks nothing, when stopped before', async () => {
  const { model, fake } = await fakeModel([]);
  expect((await ask(model, {}, AbortSignal.abort('stopped'))).error).toBe('stopped');
  expect(fake.requests).toEqual([]);
});

test('can be stopped while it waits for the headers', async () => {
  const stop = new AbortController();
  const { model, fake } = await fakeModel(() => {
    stop.abort('stopped');
    return new Promise<Reply>(() => {});
  });
  expect((await ask(model, {}, stop.signal)).error).toBe('stopped');
  expect(await fake.requests[0]!.abandoned).toBe(true);
  expect(fake.requests).toHaveLength(1);
});

test('can be stopped in the middle of the answer', async () => {
  const stop = new AbortController();
  const { model, fake } = await fakeModel([frames([HELLO, STALL])]);
  const seen: string[] = [];
  await expect(async () => {
    for await (const event of model.stream(question(), stop.signal)) {
      seen.push(event.type);
      stop.abort('stopped');
    }
  }).rejects.toBe('stopped');
  expect(seen).toEqual(['text']);
  expect(await fake.requests[0]!.abandoned).toBe(true);
});

test('can be stopped between two tries', async () => {
  const stop = new AbortController();
  const { model, fake } = await fakeModel([html(502)], {
    sleep(_, signal) {
      stop.abort('stopped');
      return Promise.reject(signal.reason as Error);
    },
  });
  expect((await ask(model, {}, stop.signal)).error).toBe('stopped');
  expect(fake.requests).toHaveLength(1);
});

test('closes the line when its reader leaves early', async () => {
  const { model, fake } = await fakeModel([frames([HELLO, STALL])]);
  for await (const event of model.stream(question(), new AbortController().signal)) {
    expect(event.type).toBe('text');
    break;
  }
  expect(await fake.requests[0]!.abandoned).toBe(true);
});

test('leaves no timer and no listener behind', async () => {
  const { signal } = new AbortController();
  const { model } = await fakeModel((_, index) => (index % 2 === 0 ? answer('Yes.') : frames([HELLO])));
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  for (let questions = 1; questions <= 20; questions++) await ask(model, {}, signal);
  // Servers and sockets keep a few of their own.
  expect(timers() - before).toBeLessThan(10);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

// Trickling

test('reads an answer that comes byte by byte, with comments and every kind of line end', async () => {
  const text = 'שלום 🐕!';
  const stream = `: hi\r\n${sse(textDelta(text)).replaceAll('\n', '\r\n')}:\r${sse(completed()).replaceAll('\n', '\r')}`;
  const { model } = await fakeModel([frames(Array.from(Buffer.from(stream), (byte) => Buffer.from([byte])))]);
  const { text: read, error } = await ask(model);
  expect({ read, error }).toEqual({ read: text, error: undefined });
});

test('reads a long answer with large events completely', async () => {
  const part = 'מזון '.repeat(20_000);
  const { model } = await fakeModel([frames([textDelta(part), textDelta(part), completed()])]);
  expect((await ask(model)).text).toBe(part.repeat(2));
});

// Secrets

test.each([
  [
    'the error of a request',
    failure(401, { code: 'invalid_api_key', message: `Incorrect API key provided: ${API_KEY}.` }),
  ],
  ['a masked key', failure(401, { message: 'Incorrect API key provided: sk-proj-*****-key.' })],
  ['a page', { ...html(502), body: [`<pre>Authorization: Bearer ${API_KEY}</pre>`] }],
  ['a page that says 200', { ...html(200), body: [`<pre>Authorization: Bearer ${API_KEY}</pre>`] }],
  ['an error event', frames([{ type: 'error', message: `bad key ${API_KEY}` }])],
  ['an event that is not JSON', frames([`data: {${API_KEY}\n\n`])],
])('keeps the key out of errors when it is in %s', async (_, reply) => {
  const { model } = await fakeModel(() => reply);
  const { error } = await ask(model);
  expect(error?.name).toBe('ChatError');
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/sk-proj|secret/);
});

test('keeps a key that is no header value out of errors', async () => {
  const model = createOpenAiResponses({
    apiKey: 'sk-proj-very\nsecret',
    baseUrl: 'http://127.0.0.1:9/v1',
    model: 'gpt-test',
  });
  const { error } = await ask(model);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/sk-proj|secret/);
});
