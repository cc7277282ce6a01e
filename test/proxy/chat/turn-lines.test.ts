import { expect, test } from 'vitest';
import { z } from 'zod';
import { createTurnRunner } from '../../../proxy/chat/turn-runner.ts';
import { calls, says, scriptedModel, text } from '../../fakes/scripted-model.ts';
import { question, shop, workshop } from './workshop.ts';

test('every line of a turn names its request, shop, thread and turn, and the last one how it ended', async () => {
  const { deps, logged } = await workshop(
    scriptedModel(calls({ name: 'broken', args: {} }), says('Never a word of it.')),
  );
  const run = () => Promise.reject(new Error('disk on fire'));
  const broken = { ...deps.tools[0]!, name: 'broken', input: z.object({}), run };
  const turns = createTurnRunner(
    { ...deps, tools: [broken] },
    { maxActive: 1, maxTurnMs: 60_000, maxDetachedMs: 60_000 },
  );
  const { turn } = await turns.start({
    shop: { ...shop, tools: ['broken'] },
    ...question('A secret?'),
    requestId: 'req_7',
  });
  await turns.drain(60_000);
  const ids = { requestId: 'req_7', shop: 'pets', thread: turn.threadId, turn: turn.id };
  expect(logged.map(({ message }) => message)).toEqual(expect.arrayContaining(['a tool failed', 'turn']));
  for (const { fields } of logged) expect(fields).toMatchObject(ids);
  expect(logged.at(-1)).toMatchObject({
    message: 'turn',
    fields: { finish: 'stop', firstMs: expect.any(Number), durationMs: expect.any(Number) },
  });
  expect(JSON.stringify(logged)).not.toMatch(/secret|Never/);
});

test('a turn that a shutdown breaks off says so', async () => {
  const { deps, logged } = await workshop(scriptedModel([text('a'), new Promise(() => undefined)]));
  const turns = createTurnRunner(deps, { maxActive: 1, maxTurnMs: 60_000, maxDetachedMs: 60_000 });
  await turns.start({ shop, ...question('Hello?') });
  await turns.drain(0);
  expect(logged.at(-1)).toMatchObject({ message: 'turn', fields: { finish: 'interrupted' } });
});
