/** The adapters against a third party's imitation of OpenAI, which was made without any knowledge of it. */
import { type ChaosConfig, type Fixture, LLMock } from '@copilotkit/aimock';
import { afterEach, describe, expect, test } from 'vitest';
import { createOpenAiChat, createOpenAiResponses } from '../../../proxy/models/index.ts';
import { withRetry } from '../../../proxy/models/with-retry.ts';
import type { Model } from '../../../proxy/models/types.ts';
import { ask } from './ask.ts';

const SEARCH = {
  name: 'search_products',
  description: 'Finds products.',
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
};

let mock: LLMock;

afterEach(() => mock.stop());

describe.each([
  ['Responses', createOpenAiResponses],
  ['Chat Completions', createOpenAiChat],
])('over %s', (_, create) => {
  async function mocked(fixtures: Fixture[], chaos?: ChaosConfig): Promise<Model> {
    mock = new LLMock({ port: 0, host: '127.0.0.1' }).addFixtures(fixtures);
    if (chaos) mock.setChaos(chaos);
    await mock.start();
    // A model that aimock knows to reason, so that it sends encrypted reasoning as OpenAI does.
    const once = create({ apiKey: 'sk-mock', baseUrl: `${mock.url}/v1`, model: 'gpt-5-mini' });
    return withRetry(once, { sleep: () => Promise.resolve() });
  }

  test('has an ordinary turn', async () => {
    const model = await mocked([
      { match: { userMessage: 'food' }, response: { content: 'We have *three* — יש שלושה.' }, chunkSize: 3 },
    ]);
    const { text, end, error } = await ask(model);
    expect(error).toBeUndefined();
    expect(text).toBe('We have *three* — יש שלושה.');
    expect(end).toMatchObject({ finish: 'stop', usage: { estimated: false }, model: 'gpt-5-mini' });
  });

  test('goes through a tool loop with parallel calls and encrypted reasoning', async () => {
    const model = await mocked([
      { match: { hasToolResult: true }, response: { content: 'Both are in stock.' } },
      {
        match: { userMessage: 'both' },
        response: {
          reasoning: 'Two searches.',
          toolCalls: [
            { name: 'search_products', arguments: '{"query":"dog"}', id: 'call_dog' },
            { name: 'search_products', arguments: '{"query":"cat"}', id: 'call_cat' },
          ],
        },
        chunkSize: 4,
      },
    ]);
    const input = [{ type: 'message' as const, role: 'user' as const, text: 'both?' }];
    const first = await ask(model, { tools: [SEARCH], input });
    expect(first.calls.map(({ callId, arguments: args }) => [callId, args])).toEqual([
      ['call_dog', '{"query":"dog"}'],
      ['call_cat', '{"query":"cat"}'],
    ]);
    const reasoning = create === createOpenAiResponses ? ['opaque'] : [];
    expect(first.end?.items.map((item) => item.type)).toEqual([...reasoning, 'tool_call', 'tool_call']);

    const results = first.calls.map(({ callId }) => ({
      type: 'tool_result' as const,
      callId,
      output: '{"products":[1]}',
    }));
    const second = await ask(model, { tools: [SEARCH], input: [...input, ...first.end!.items, ...results] });
    expect(second.text).toBe('Both are in stock.');
  });

  test.each([
    ['dropRate', 'model_unavailable'],
    ['malformedRate', 'model_unavailable'],
    ['disconnectRate', 'model_unavailable'],
    ['rateLimitRate', 'model_rate_limited'],
  ] as const)('survives %s as %s', async (rate, code) => {
    const model = await mocked([{ match: { userMessage: 'food' }, response: { content: 'Never heard.' } }], {
      [rate]: 1,
    });
    const { error, events } = await ask(model);
    expect(error).toMatchObject({ name: 'ChatError', code });
    expect(events).toEqual([]);
  });

  test('keeps the text before a disconnect in the middle', async () => {
    const model = await mocked([
      {
        match: { userMessage: 'food' },
        response: { content: 'We have three foods for dogs.' },
        chunkSize: 5,
        // The Responses API says more before its first word.
        truncateAfterChunks: create === createOpenAiResponses ? 10 : 3,
        latency: 5,
      },
    ]);
    const { text, error } = await ask(model);
    expect(error).toMatchObject({ code: 'model_interrupted' });
    expect('We have three foods for dogs.').toContain(text);
    expect(text).not.toBe('');
  });

  test('reads an error as OpenAI words it', async () => {
    const model = await mocked([
      {
        match: { userMessage: 'food' },
        response: { error: { message: 'No.', type: 'insufficient_quota', code: 'insufficient_quota' }, status: 429 },
      },
    ]);
    expect((await ask(model)).error).toMatchObject({ code: 'model_quota' });
  });
});
