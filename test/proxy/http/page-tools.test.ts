import { expect, test } from 'vitest';
import type { PageTool, ShopSettings, StartedTurn, TurnEvents } from '../../../proxy/protocol/index.ts';
import { answer, toolCall } from '../../fakes/fake-openai.ts';
import { message, serveProxy } from './served.ts';

const stock: PageTool = { name: 'store_stock', description: 'Stock of the store nearby.' };
const headers = { accept: 'application/json' };

function serve(pageTools = true) {
  const replies = [toolCall('page_store_stock', {}), answer('Three are left.')];
  return serveProxy((_: unknown, index: number) => replies[index]!, { pets: { pageTools } });
}

test('a page’s function goes with the question, is called, and its output taken: JSON, and not too much of it', async () => {
  const served = await serve();
  const { token } = await served.session();
  const settings = await served.api<ShopSettings>('GET', '/api/shops/pets');
  expect(settings.body).toMatchObject({ page_tools: true });
  const json = message('How many are left?', { tools: [stock] });
  const { body } = await served.api<StartedTurn>('POST', '/api/chat/stream', { token, headers, json });
  const path = `/api/turns/${body.turn_id}`;
  const events = async (after: number) =>
    (await served.api<TurnEvents>('GET', `${path}/events?after=${after}&wait=5`, { token, headers })).body.events;
  const seen = await events(0);
  while (!seen.some(({ event }) => event.type === 'client_tool')) seen.push(...(await events(seen.length)));
  const { event } = seen.find(({ event }) => event.type === 'client_tool')!;
  expect(event).toMatchObject({ name: 'page_tool', arguments: { tool: 'store_stock', input: {} } });
  const { call_id } = event as { call_id: string };
  const settle = (result: unknown) => served.api('POST', `${path}/tool-results`, { token, json: { call_id, result } });
  for (const wrong of [
    { ok: true, output: 'x'.repeat(8_000) },
    { ok: true },
    { ok: false, code: 'declined' },
    { ok: false, code: 'no such code' },
  ]) {
    expect(await settle(wrong), JSON.stringify(wrong).slice(0, 80)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
  }
  expect((await settle({ ok: true, output: { left: 3 } })).status).toBe(204);
  const rest = await events(seen.length);
  while (rest.at(-1)?.event.type !== 'done') rest.push(...(await events(seen.length + rest.length)));
  const said = rest.map(({ event }) => (event.type === 'text' ? event.content : '')).join('');
  expect(said).toBe('Three are left.');
  const told = JSON.stringify(served.openai.requests[1]!.body.input);
  expect(told).toContain(String.raw`\"from_page\":{\"left\":3}`);
});

test.each([
  [[{ name: 'Bad name', description: 'x' }], 'name: must be lower-case'],
  [Array.from({ length: 9 }, (_, at) => ({ ...stock, name: `tool_${at}` })), 'tools'],
  [[stock, stock], 'must have a name each'],
])('a definition that breaks the rules is refused, and says which: %j', async (tools, said) => {
  const served = await serve();
  const { token } = await served.session();
  const json = message('How many?', { tools });
  expect(await served.api('POST', '/api/chat/stream', { token, headers, json })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_request', message: expect.stringContaining(said) as string } },
  });
  expect(served.openai.requests).toEqual([]);
});

test('a shop that doesn’t say so gets no functions of its pages', async () => {
  const served = await serve(false);
  const { token } = await served.session();
  await served.api('POST', '/api/chat', { token, json: message('How many?', { tools: [stock] }) });
  expect(JSON.stringify(served.openai.requests[0]!.body)).not.toContain('store_stock');
});
