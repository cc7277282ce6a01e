/** A model whose address a shop wrote: it must not lead into the network of whoever runs the proxy. */
import { expect, test } from 'vitest';
import { createOpenAiResponses } from '../../../proxy/models/index.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { names } from '../outbound/web.ts';
import { API_KEY, ask, fakeModel } from './ask.ts';

test('inside the network it is not asked, once and for good, and the log hears why', async () => {
  const { model, fake, waits } = await fakeModel([answer('The inside.')], {
    guard: createGuard({ allowPrivate: false }),
  });
  const { error, events } = await ask(model);
  expect(error).toMatchObject({ name: 'ChatError', code: 'model_config' });
  expect(error?.message).toMatch(
    /^The model is not asked: http:\/\/127\.0\.0\.1:\d+\/v1\/responses is not on the public/,
  );
  expect([events, fake.requests, waits]).toEqual([[], [], []]);
});

test('behind a name that resolves inside it is not asked either', async () => {
  const { fake } = await fakeModel([answer('The inside.')]);
  const resolve = names({ 'model.example': [['127.0.0.1']] });
  const guard = createGuard({ allowPrivate: false, resolve });
  const { port } = new URL(fake.baseUrl);
  const model = createOpenAiResponses({
    apiKey: API_KEY,
    baseUrl: `http://model.example:${port}/v1`,
    model: 'm',
    guard,
  });
  const { error } = await ask(model);
  expect(error?.code).toBe('model_config');
  expect(error?.message).toMatch(/model\.example resolves to 127\.0\.0\.1/);
  expect([resolve.asked.length, fake.requests]).toEqual([1, []]);
});

test('whose name nobody knows counts as out of order, and is tried again', async () => {
  const guard = createGuard({ allowPrivate: false, resolve: names({}) });
  const { model, waits } = await fakeModel([], { guard, baseUrl: 'http://model.example:8080/v1' });
  const { error } = await ask(model);
  expect([error?.code, waits.length]).toEqual(['model_unavailable', 2]);
});

test('on the public internet it is asked over the connection that was checked', async () => {
  const resolve = names({ 'model.example': [['127.0.0.1'], ['127.0.0.2']] });
  const guard = createGuard({ allowPrivate: false, resolve, isPublic: (address) => address === '127.0.0.1' });
  const { fake } = await fakeModel([answer('Hello')]);
  const { port } = new URL(fake.baseUrl);
  const model = createOpenAiResponses({
    apiKey: API_KEY,
    baseUrl: `http://model.example:${port}/v1`,
    model: 'm',
    guard,
  });
  expect((await ask(model)).text).toBe('Hello');
  expect(resolve.asked.length).toBe(1);
});

test('a model of the proxy itself may stand inside: it has no guard', async () => {
  const { model } = await fakeModel([answer('Hello')]);
  expect((await ask(model)).text).toBe('Hello');
});
