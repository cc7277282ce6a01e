import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createModelWatch } from '../../../proxy/models/model-watch.ts';
import { createGuard } from '../../../proxy/outbound/index.ts';
import type { ModelChoice } from '../../../proxy/shops/types.ts';
import { testShop } from '../../fixtures/shops.ts';

const PRICES = { input: 1, cachedInput: 1, cacheWrite: 1, output: 1, source: 'a test' };
const NOW = Date.UTC(2026, 10, 21);

interface Answer {
  status?: number;
  body: string;
}

/** A provider with one list, and a watch over these models there. */
async function watched(models: string[], answer: Answer, guarded = false, prices: ModelChoice['prices'] = PRICES) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const said: string[] = [];
  const watch = createModelWatch({
    choices: () => models.map((model) => ({ ...testShop().models.default, model, baseUrl, guarded, prices })),
    guard: createGuard({ allowPrivate: false }),
    log: { warn: (_, message) => void said.push(message) },
    now: () => NOW,
  });
  onTestFinished(async () => {
    watch.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await watch.look();
  return { warnings: watch.warnings(), asked, said };
}

const list = (...data: unknown[]) => ({ body: JSON.stringify({ object: 'list', data }) });
const model = (id: string, shutdown_date?: string | null) => ({ id, object: 'model', shutdown_date });

test('asks each list once, with its key', async () => {
  const { asked, warnings } = await watched(['a', 'b'], list(model('a'), model('b', null)));
  expect(asked).toEqual(['GET /v1/models Bearer test-key']);
  expect(warnings).toEqual([]);
});

test('tells of a model that the provider does not have', async () => {
  const { warnings, said } = await watched(['a', 'typo'], list(model('a')));
  expect(warnings).toEqual([{ model: 'typo', kind: 'unknown' }]);
  expect(said).toEqual(['the provider lists no such model']);
});

test.each([
  ['2026-12-11', true],
  ['2026-12-21', true],
  ['2026-10-23', true],
  ['2026-12-22', false],
  ['some day', false],
])('a model that ends on %s is told of: %s', async (date, told) => {
  const { warnings } = await watched(['a'], list(model('a', date)));
  expect(warnings).toEqual(told ? [{ model: 'a', kind: 'shutdown', date }] : []);
});

test.each(['llama3', 'llama3:latest', 'llama3:8b'])('takes %s for a name with a tag', async (name) => {
  expect((await watched([name], list(model('llama3:latest')))).warnings).toEqual([]);
});

test.each<[string, Answer]>([
  ['has no such route', { status: 404, body: '{}' }],
  ['refuses the key', { status: 401, body: '{}' }],
  ['answers with a page', { body: '<html>' }],
  ['has an empty list', list()],
  ['has another kind of list', { body: '[]' }],
  ['has null', { body: 'null' }],
  ['lists what is nothing', list(null, 7, {})],
])('leaves a server alone that %s', async (_, answer) => {
  expect(await watched(['a'], answer)).toMatchObject({ warnings: [], said: [] });
});

test('tells of a model that nobody knows the price of, and leaves the log to who bills it', async () => {
  const { warnings, said } = await watched(['a', 'gpt-6-luna'], list(model('a'), model('gpt-6-luna')), false, null);
  expect(warnings).toEqual([{ model: 'a', kind: 'unpriced' }]);
  expect(said).toEqual([]);
});

test("doesn't follow a shop's own address into the private network", async () => {
  expect(await watched(['a'], list(model('b')), true)).toMatchObject({ asked: [], warnings: [] });
});

test('goes by the newest look, though an older one is still held up by its provider', async () => {
  let names = ['slow'];
  const held: (() => void)[] = [];
  const server = http.createServer((_, response) => {
    const answer = () => void response.end(list(model('a')).body);
    if (names[0] === 'slow') held.push(answer);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const said: string[] = [];
  const watch = createModelWatch({
    choices: () => names.map((name) => ({ ...testShop().models.default, model: name, baseUrl, prices: PRICES })),
    guard: createGuard({ allowPrivate: true }),
    log: { warn: (_, message) => void said.push(message) },
  });
  onTestFinished(async () => {
    watch.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const first = watch.look();
  await vi.waitUntil(() => held.length > 0);
  names = ['typo'];
  await watch.look();
  held[0]!();
  await first;
  expect(watch.warnings()).toEqual([{ model: 'typo', kind: 'unknown' }]);
  expect(said).toHaveLength(1);
});
