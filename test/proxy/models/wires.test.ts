import { afterEach, expect, test } from 'vitest';
import { createModels } from '../../../proxy/models/clients.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import { DIALECTS } from '../../fakes/dialects.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { ask } from './ask.ts';
import { testModel } from './model-suite.ts';

for (const dialect of DIALECTS) testModel(dialect);

let fake: FakeOpenAi | undefined;
afterEach(() => fake?.close());

test.each(DIALECTS)(
  "speaks the shop's wire, $wire, with what the shop says of its model",
  async ({ wire, path, answer }) => {
    fake = await startFakeOpenAi([answer('Yes.')]);
    const log = { error: () => {}, warn: () => {}, info: () => {} };
    const models = createModels({ guard: createGuard({ allowPrivate: true }), log });
    const { text, error } = await ask(
      models.modelFor({
        ...testShop().models.default,
        baseUrl: fake.baseUrl,
        wire,
        capabilities: { reasoningEfforts: ['low'] },
        reasoningEffort: 'low',
        temperature: 0,
      }),
    );
    expect({ text, error }).toEqual({ text: 'Yes.', error: undefined });
    const { body, path: asked } = fake.requests[0]!;
    expect(asked).toBe(path);
    expect(body).toMatchObject({
      temperature: 0,
      ...(wire === 'chat' ? { reasoning_effort: 'low' } : { reasoning: { effort: 'low' } }),
    });
  },
);
