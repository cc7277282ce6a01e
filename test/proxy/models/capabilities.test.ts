import { expect, test } from 'vitest';
import { capabilitiesOf } from '../../../proxy/models/capabilities.ts';

const LOCAL = 'http://127.0.0.1:11434/v1';
const of = (model: string, baseUrl = LOCAL) => capabilitiesOf({ model, baseUrl });

test.each([
  'qwen3:8b',
  'llama3.3',
  'meta-llama/Llama-3.3-70B-Instruct',
  'mistral-large-latest',
  'deepseek-chat',
  'gemini-3-flash',
  'openai/gpt-oss-20b',
])('asks %s only for what every compatible server knows', (model) => {
  expect(of(model)).toMatchObject({
    maxTokensField: 'max_tokens',
    developerRole: false,
    strictTools: false,
    encryptedReasoning: false,
    promptCacheKey: false,
    safetyIdentifier: false,
    usageInStream: true,
  });
});

test.each(['gpt-6-luna', 'openai/gpt-6-luna', 'GPT-5-mini', 'gpt-7', 'o3'])(
  'asks %s for all that OpenAI has',
  (model) => {
    expect(of(model)).toMatchObject({
      maxTokensField: 'max_completion_tokens',
      developerRole: true,
      strictTools: true,
      encryptedReasoning: true,
      promptCacheKey: true,
      temperature: false,
    });
  },
);

test.each(['gpt-4o-mini', 'gpt-4.1', 'ft:gpt-4o-mini:acme:shop:1'])('knows that %s does not reason', (model) => {
  expect(of(model)).toMatchObject({ temperature: true, reasoningEfforts: [], encryptedReasoning: false });
});

test('knows which efforts a model refuses, and which models take no tools while they reason', () => {
  expect(of('gpt-6-luna')).toMatchObject({ reasonsWithTools: false });
  expect(of('gpt-6-luna').reasoningEfforts).toContain('none');
  for (const model of ['gpt-6-astra', 'gpt-6.1-sol']) {
    expect(of(model).reasoningEfforts).not.toContain('none');
    expect(of(model).reasoningEfforts).not.toContain('minimal');
  }
  expect(of('gpt-5-mini')).toMatchObject({ reasonsWithTools: true });
  expect(of('gpt-5-mini').reasoningEfforts).not.toContain('none');
});

test.each([
  ['https://api.openai.com/v1', true],
  ['https://shop.openai.azure.com/openai/v1/', true],
  ['https://shop.services.ai.azure.com/openai/v1/', true],
  ['https://api.openai.com.example/v1', false],
  ['https://openrouter.ai/api/v1', false],
])("takes a model of any name at %s for one of OpenAI's: %s", (baseUrl, expected) => {
  expect(of('my-deployment', baseUrl).developerRole).toBe(expected);
});

test("knows Ollama by its port, and that it can't be told to leave its tools alone", () => {
  expect(of('qwen3:8b')).toMatchObject({ toolChoice: false });
  expect(of('qwen3:8b', 'http://127.0.0.1:8000/v1')).toMatchObject({ toolChoice: true });
});

test('lets the owner know better', () => {
  const address = { model: 'qwen3:8b', baseUrl: LOCAL };
  expect(capabilitiesOf(address, { reasoningEfforts: ['low'], toolChoice: true })).toEqual({
    ...capabilitiesOf(address),
    reasoningEfforts: ['low'],
    toolChoice: true,
  });
});

test('knows who searches vector stores by itself: OpenAI and Azure, whatever a model is called elsewhere', () => {
  for (const host of ['api.openai.com/v1', 'shop.openai.azure.com/openai/v1'])
    expect(of('gpt-6-luna', `https://${host}`)).toMatchObject({ fileSearch: true });
  expect(of('gpt-6-luna')).toMatchObject({ fileSearch: false });
  expect(capabilitiesOf({ model: 'm', baseUrl: LOCAL }, { fileSearch: true })).toMatchObject({ fileSearch: true });
});
