import { expect, onTestFinished, test } from 'vitest';
import { createModels } from '../../../proxy/models/clients.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import { answer, failure, type Script, startFakeOpenAi } from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { ask } from './ask.ts';

const broke = failure(429, { type: 'insufficient_quota', code: 'insufficient_quota' });
const busy = failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after-ms': '20' });

/** All that keeps a model up, over two providers on real sockets. */
async function providers(first: Script, second: Script = []) {
  const logged: string[] = [];
  const write = (_: object, message: string) => void logged.push(message);
  const models = createModels({
    guard: createGuard({ allowPrivate: false }),
    log: { info: write, warn: write, error: write },
  });
  const fakes = await Promise.all([startFakeOpenAi(first), startFakeOpenAi(second)]);
  onTestFinished(async () => void (await Promise.all(fakes.map((fake) => fake.close()))));
  const [one, two] = fakes.map(({ baseUrl }) => ({ ...testShop().models.default, baseUrl }));
  return { models, logged, one: one!, two: two!, asked: () => fakes.map(({ requests }) => requests.length) };
}

test('goes to the next provider when the account is empty, and asks the empty one no more', async () => {
  const { models, one, two, asked, logged } = await providers([broke], () => answer('Two.'));
  for (let round = 1; round <= 3; round++) {
    const { text, events } = await ask(models.modelFor(one, two));
    expect([text, events[0]?.type]).toEqual(['Two.', 'fallback']);
  }
  expect(asked()).toEqual([1, 3]);
  expect(models.states()).toMatchObject([
    { state: 'open', lastError: 'model_quota' },
    { state: 'closed', lastError: null },
  ]);
  expect(logged.filter((message) => message.includes('somebody mends'))).toHaveLength(1);
});

test('waits for nobody while another model can answer, and for a busy one where there is none', async () => {
  const { models, one, two, asked } = await providers([busy, busy, answer('One.')], [answer('Two.')]);
  const both = await ask(models.modelFor(one, two));
  expect(both.events.map(({ type }) => type)).toEqual(['fallback', 'text', 'end']);
  const alone = await ask(models.modelFor(one));
  expect(alone.events.map(({ type }) => type)).toEqual(['waiting', 'text', 'end']);
  expect(asked()).toEqual([3, 1]);
});

test('keeps one circuit for a model and key, whatever its price, and another for another key', async () => {
  const { models, one, asked } = await providers(() => broke);
  const prices = { input: 1, cachedInput: 1, cacheWrite: 1, output: 1, source: 'a test' };
  await ask(models.modelFor(one));
  await ask(models.modelFor({ ...one, prices }));
  expect(asked()).toEqual([1, 0]);
  await ask(models.modelFor({ ...one, apiKey: new Secret('another-key') }));
  expect(asked()).toEqual([2, 0]);
  expect(models.states()).toHaveLength(2);
});
