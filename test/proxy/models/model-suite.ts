/** What every adapter owes to the port `Model`, asked of it over real HTTP, in its own dialect. */
import { describe, expect, test } from 'vitest';
import type { ModelItem, ModelTool } from '../../../proxy/models/types.ts';
import { CUT, failure, frames, html, type Part, type Reply, STALL } from '../../fakes/fake-openai.ts';
import { type Dialect, streamOf } from '../../fakes/dialects.ts';
import { ask, fakeModel, type FakeModelOptions, question } from './ask.ts';

const SEARCH: ModelTool = {
  name: 'search_products',
  description: 'Finds products.',
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
};
const COUNTED = { input: 4_321, cached: 1_024, cacheWrite: 77, output: 99, reasoning: 33 };
const TWO_CALLS = [
  { id: 'call_1', name: 'search_products', args: { query: 'dog' } },
  { id: 'call_2', name: 'search_products', args: { query: 'חתול' } },
];

export function testModel(dialect: Dialect): void {
  const { wire, path, answer, calls, text, refusal, end, error } = dialect;
  const modelOf = (script: Parameters<typeof fakeModel>[0], options: Partial<FakeModelOptions> = {}) =>
    fakeModel(script, { wire, maxAttempts: 1, ...options });

  describe(`a model on the wire ${wire}`, () => {
    test('asks at its own address, as a stream', async () => {
      const { model, fake } = await modelOf([answer('Yes.')]);
      await ask(model);
      expect(fake.requests[0]).toMatchObject({ method: 'POST', path, body: { model: 'gpt-test', stream: true } });
    });

    test('streams text of any language and ends with what was made', async () => {
      const { model } = await modelOf([answer('We have 3: יבש, 湿粮 🐕.', { model: 'gpt-test-1' })]);
      const asked = await ask(model);
      expect(asked.error).toBeUndefined();
      expect(asked.text).toBe('We have 3: יבש, 湿粮 🐕.');
      expect(asked.events.at(-1)).toBe(asked.end);
      expect(asked.end).toMatchObject({
        finish: 'stop',
        items: [{ type: 'message', role: 'assistant', text: 'We have 3: יבש, 湿粮 🐕.' }],
        model: 'gpt-test-1',
      });
    });

    test('counts what the provider counts, to the token', async () => {
      const { model } = await modelOf([streamOf(text('Yes.'), ...end('stop', COUNTED))]);
      expect((await ask(model)).end?.usage).toEqual({
        inputTokens: 4_321,
        cachedTokens: 1_024,
        cacheWriteTokens: 77,
        outputTokens: 99,
        reasoningTokens: 33,
        estimated: false,
      });
    });

    test('marks a count as its own where the provider gave none', async () => {
      const { model } = await modelOf([streamOf(text('Two foods.'), ...end('stop', null))]);
      const { end: ended } = await ask(model, { instructions: 'x'.repeat(300) });
      expect(ended?.usage).toMatchObject({ estimated: true, outputTokens: 4 });
      expect(ended!.usage.inputTokens).toBeGreaterThanOrEqual(100);
    });

    test('gives tool calls whole, once and in order, and takes their results back', async () => {
      const { model, fake } = await modelOf([calls('', TWO_CALLS), answer('Both are here.')]);
      const asked = await ask(model, { tools: [SEARCH] });
      expect(asked.calls).toEqual(
        TWO_CALLS.map(({ id, name, args }) => ({
          type: 'tool_call',
          callId: id,
          name,
          arguments: JSON.stringify(args),
        })),
      );
      expect(asked.end?.items).toEqual(asked.calls);
      const results = TWO_CALLS.map(({ id }): ModelItem => ({
        type: 'tool_result',
        callId: id,
        output: '{"found":1}',
      }));
      const next = await ask(model, {
        tools: [SEARCH],
        input: [{ type: 'message', role: 'user', text: 'Both?' }, ...asked.end!.items, ...results],
      });
      expect(next.text).toBe('Both are here.');
      const sent = JSON.stringify(fake.requests[1]!.body);
      for (const part of ['call_1', 'call_2', 'חתול', 'found']) expect(sent).toContain(part);
    });

    test('gives the text before the calls that follow it', async () => {
      const { model } = await modelOf([calls('Let me look.', TWO_CALLS)]);
      const asked = await ask(model, { tools: [SEARCH] });
      expect(asked.text).toBe('Let me look.');
      expect(asked.events.slice(-3).map(({ type }) => type)).toEqual(['tool_call', 'tool_call', 'end']);
      expect(asked.end?.items.map(({ type }) => type)).toEqual(['message', 'tool_call', 'tool_call']);
    });

    test('shows a refusal and says that it is one', async () => {
      const { model } = await modelOf([streamOf(refusal("I can't "), refusal('help.'), ...end())]);
      expect(await ask(model)).toMatchObject({ text: "I can't help.", end: { finish: 'refusal' } });
    });

    test.each([
      ['length', 'length'],
      ['content_filter', 'refusal'],
    ] as const)('takes an answer that ends for %s as %s, and keeps its count', async (reason, finish) => {
      const { model } = await modelOf([streamOf(text('Half an ans'), ...end(reason, COUNTED))]);
      expect(await ask(model)).toMatchObject({ text: 'Half an ans', end: { finish, usage: { outputTokens: 99 } } });
    });

    test('gives text while the model is still writing', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const { model } = await modelOf([streamOf(text('Hello'), promise, text(' you'), ...end())]);
      const texts: string[] = [];
      for await (const event of model.stream(question(), new AbortController().signal)) {
        if (event.type === 'text') texts.push(event.delta);
        resolve();
      }
      expect(texts).toEqual(['Hello', ' you']);
    });

    test('gives deltas that came together as one', async () => {
      const { model } = await modelOf([streamOf(text('Two') + text(' dogs') + text('.'), ...end())]);
      expect((await ask(model)).events.map(({ type }) => type)).toEqual(['text', 'end']);
    });

    test('reads an answer that comes byte by byte, with comments and carriage returns', async () => {
      const whole = `: keepalive\n\n${text('שלום 🐕!')}${end().join('')}`.replaceAll('\n', '\r\n');
      const { model } = await modelOf([frames(Array.from(Buffer.from(whole), (byte) => Buffer.from([byte])))]);
      expect(await ask(model)).toMatchObject({ text: 'שלום 🐕!', error: undefined });
    });

    test('ends with the end, whatever follows', async () => {
      const after = text(' No.') + error({ code: 'server_error', message: 'Oops' });
      const { model } = await modelOf([streamOf(text('Yes.') + end().join('') + after)]);
      expect(await ask(model)).toMatchObject({ text: 'Yes.', error: undefined });
    });

    test.each<[string, Part[]]>([
      ['the line is cut', [CUT]],
      ['the answer ends without its end', []],
      ['an event is not JSON', ['data: {"oh\n\n']],
      ['an event is too long', [`data: "${'x'.repeat(1_100_000)}"\n\n`]],
    ])('keeps the text and reports model_interrupted when %s', async (_, rest) => {
      const { model } = await modelOf([streamOf(text('Hello'), ...rest)]);
      expect(await ask(model)).toMatchObject({ text: 'Hello', end: undefined, error: { code: 'model_interrupted' } });
    });

    test.each([
      ['server_error', 'model_interrupted'],
      ['rate_limit_exceeded', 'model_rate_limited'],
      ['insufficient_quota', 'model_quota'],
      ['context_length_exceeded', 'context_too_long'],
      ['content_filter', 'model_refused'],
    ])('takes %s inside the stream as %s, and keeps the text', async (code, expected) => {
      const { model } = await modelOf([streamOf(text('Hello') + error({ code, message: 'Oops' }))]);
      expect(await ask(model)).toMatchObject({
        text: 'Hello',
        error: { code: expected, cause: { message: `${code}, Oops` } },
      });
    });

    test.each<[string, Reply, string]>([
      ['a wrong key', failure(401, { code: 'invalid_api_key' }), 'model_config'],
      ['no money', failure(429, { type: 'insufficient_quota', code: 'insufficient_quota' }), 'model_quota'],
      ['a rate limit', failure(429, { code: 'rate_limit_exceeded' }), 'model_rate_limited'],
      ['too long a context', failure(400, { code: 'context_length_exceeded' }), 'context_too_long'],
      ["a relay's page", html(502), 'model_unavailable'],
      ["a relay's page that says 200", html(200), 'model_unavailable'],
      ['an address without this API', html(404), 'model_config'],
      ['a line that drops', { body: [] }, 'model_unavailable'],
      ['an empty answer', frames([]), 'model_unavailable'],
    ])('takes %s as %3$s', async (_, reply, code) => {
      const { model } = await modelOf([reply]);
      expect(await ask(model)).toMatchObject({ events: [], error: { name: 'ChatError', code } });
    });

    test.each<[string, Part[]]>([
      ['nothing comes', [STALL]],
      ['nothing comes after the first text', [text('Hello'), STALL]],
      ['only comments come', [text('Hello'), ...Array.from({ length: 500 }, () => [20, ': PROCESSING\n\n']).flat()]],
    ])('reports model_timeout and closes the line when %s', async (_, body) => {
      const { model, fake } = await modelOf([frames(body)], { idleTimeoutMs: 60 });
      expect((await ask(model)).error).toMatchObject({ code: 'model_timeout' });
      expect(await fake.requests[0]!.abandoned).toBe(true);
    });

    test('throws what the caller stopped it with, and closes the line', async () => {
      const stop = new AbortController();
      const { model, fake } = await modelOf([frames([text('Hello'), STALL])]);
      await expect(async () => {
        for await (const event of model.stream(question(), stop.signal)) {
          expect(event.type).toBe('text');
          stop.abort('stopped');
        }
      }).rejects.toBe('stopped');
      expect(await fake.requests[0]!.abandoned).toBe(true);
    });

    test('asks nothing when it was stopped before', async () => {
      const { model, fake } = await modelOf([]);
      expect((await ask(model, {}, AbortSignal.abort('stopped'))).error).toBe('stopped');
      expect(fake.requests).toEqual([]);
    });

    test('stops a model that never stops', async () => {
      const { model } = await modelOf([frames(Array.from({ length: 40 }, () => text('x'.repeat(10_000))))]);
      const asked = await ask(model);
      expect(asked.error).toMatchObject({ code: 'model_interrupted' });
      expect(asked.text.length).toBeLessThanOrEqual(256 * 1024);
    });

    test('leaves out a field that the server refuses, from then on', async () => {
      const refused = { message: 'Unknown parameter: safety_identifier.', param: 'safety_identifier' };
      const { model, fake } = await modelOf([failure(400, refused), answer('Yes.'), answer('Still yes.')]);
      expect((await ask(model, { safetyIdentifier: 'f00d' })).text).toBe('Yes.');
      expect((await ask(model, { safetyIdentifier: 'f00d' })).text).toBe('Still yes.');
      expect(fake.requests.map(({ body }) => 'safety_identifier' in body)).toEqual([true, false, false]);
    });

    test('gives up on a server that refuses everything', async () => {
      const refused = { message: "Unsupported parameter: 'stream_options' and 'parallel_tool_calls'.", param: null };
      const { model, fake } = await modelOf(() => failure(400, refused));
      expect((await ask(model, { tools: [SEARCH] })).error).toMatchObject({ code: 'model_config' });
      expect(fake.requests.length).toBeLessThan(10);
    });

    test('sends neither temperature nor effort to a model that takes none', async () => {
      const { model, fake } = await modelOf([answer('Yes.'), answer('Yes.')], {
        model: 'gpt-6-astra',
        temperature: 0.2,
        reasoningEffort: 'none',
      });
      await ask(model);
      const { body } = fake.requests[0]!;
      for (const field of ['temperature', 'reasoning', 'reasoning_effort']) expect(body).not.toHaveProperty(field);
    });

    test('sends a compatible server what all of them know, and what its owner says it takes', async () => {
      const { model, fake } = await modelOf([answer('Yes.')], {
        model: 'llama3.3',
        temperature: 0.2,
        capabilities: { strictTools: true },
      });
      await ask(model, { tools: [SEARCH], promptCacheKey: 'key', safetyIdentifier: 'f00d' });
      const { body } = fake.requests[0]!;
      expect(body).toMatchObject({ temperature: 0.2, tools: [{ type: 'function' }] });
      expect(JSON.stringify(body.tools)).toContain('"strict":true');
      for (const field of ['prompt_cache_key', 'safety_identifier', 'include']) expect(body).not.toHaveProperty(field);
    });
  });
}
