import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { capabilitiesOf } from '../../../proxy/models/capabilities.ts';
import { createModels } from '../../../proxy/models/clients.ts';
import { createOpenAiChat, createOpenAiResponses } from '../../../proxy/models/index.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { failure, type Reply, type Script, STALL, startFakeOpenAi } from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { API_KEY, question } from './ask.ts';

const counts = (input_tokens: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: [JSON.stringify({ object: 'response.input_tokens', input_tokens })],
});
const signal = new AbortController().signal;

async function model(script: Script, { create = createOpenAiResponses, counting = true, countTimeoutMs = 5_000 } = {}) {
  const fake = await startFakeOpenAi(script);
  onTestFinished(() => fake.close());
  const capabilities = { countsInput: counting };
  const made = create({ apiKey: API_KEY, baseUrl: fake.baseUrl, model: 'gpt-test', capabilities, countTimeoutMs });
  return { count: made.count!, requests: fake.requests };
}

describe("the provider's own count of a request", () => {
  test('is asked for with all that counts', async () => {
    const { count, requests } = await model([counts(1_234)]);
    expect(await count(question(), signal)).toBe(1_234);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/responses/input_tokens' });
    expect(requests[0]!.body).toMatchObject({
      model: 'gpt-test',
      instructions: 'You sell pet food.',
      input: [{ role: 'user', content: 'Do you have dog food?' }],
    });
  });

  test('is none where the server is not known to have one, and on the other wire', async () => {
    for (const options of [{ counting: false }, { create: createOpenAiChat }]) {
      const { count, requests } = await model([], options);
      expect(await count(question(), signal)).toBeNull();
      expect(requests).toEqual([]);
    }
  });

  test('is none when it fails or makes no sense, and asked for again the next time', async () => {
    const { count, requests } = await model([failure(500, {}), counts(0), counts('many'), counts(7)]);
    const all = [];
    for (let index = 0; index < 4; index++) all.push(await count(question(), signal));
    expect(all).toEqual([null, null, null, 7]);
    expect(requests).toHaveLength(4);
  });

  test('is asked for no more where there is no such endpoint', async () => {
    const { count, requests } = await model([failure(404, {})]);
    expect(await count(question(), signal)).toBeNull();
    expect(await count(question(), signal)).toBeNull();
    expect(requests).toHaveLength(1);
  });

  test('leaves no line open to a server that streams it', async () => {
    let isOpen = false;
    const server = createServer((_request, response) => {
      isOpen = true;
      response.on('close', () => (isOpen = false));
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const made = createOpenAiResponses({
      apiKey: API_KEY,
      baseUrl: `http://127.0.0.1:${port}/v1`,
      model: 'gpt-test',
      capabilities: { countsInput: true },
    });
    expect(await made.count!(question(), signal)).toBeNull();
    await vi.waitFor(() => expect(isOpen).toBe(false));
  });

  test('is not waited for long', async () => {
    const stalled = { ...counts(1), body: [STALL] } satisfies Reply;
    const { count } = await model([stalled], { countTimeoutMs: 20 });
    expect(await count(question(), signal)).toBeNull();
  });

  test('ends with the turn', async () => {
    const stop = new AbortController();
    const { count, requests } = await model([{ ...counts(1), body: [STALL] }]);
    const counted = count(question(), stop.signal);
    while (requests.length === 0) await setImmediate();
    stop.abort(new Error('stopped'));
    await expect(counted).rejects.toThrow('stopped');
  });
});

test("is OpenAI's and Azure's, as far as anyone knows", () => {
  const at = (baseUrl: string) => capabilitiesOf({ model: 'gpt-6-luna', baseUrl }).countsInput;
  expect(at('https://api.openai.com/v1')).toBe(true);
  expect(at('https://acme.openai.azure.com/openai/v1')).toBe(true);
  expect(at('https://gateway.example/v1')).toBe(false);
  expect(capabilitiesOf({ model: 'm', baseUrl: 'http://127.0.0.1:8080/v1' }, { countsInput: true }).countsInput).toBe(
    true,
  );
});

test('is not asked of a model whose circuit is open', async () => {
  const fake = await startFakeOpenAi([failure(401, {}), counts(5)]);
  onTestFinished(() => fake.close());
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const models = createModels({ guard: createGuard({ allowPrivate: false }), log });
  const choice = { ...testShop().models.default, baseUrl: fake.baseUrl, capabilities: { countsInput: true } };
  const asked = models.modelFor(choice);
  await expect(asked.stream(question(), signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'model_config',
  });
  expect(await asked.count!(question(), signal)).toBeNull();
  expect(fake.requests).toHaveLength(1);
});
