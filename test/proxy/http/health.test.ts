import { expect, test, vi } from 'vitest';
import { answer } from '../../fakes/fake-openai.ts';
import { message, serveProxy } from './served.ts';

test('answers that it is alive whatever else is wrong', async () => {
  const { api, deps } = await serveProxy([]);
  deps.storage.checkWrite = () => Promise.reject(new Error('attempt to write a readonly database'));
  deps.condition.look = () => Promise.reject(new Error('disk I/O error'));
  const told = vi.spyOn(deps.log, 'error');
  expect(await api('GET', '/api/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await api('GET', '/api/health/ready')).toMatchObject({
    status: 503,
    body: { status: 'not_ready', reason: 'storage' },
  });
  expect(await api('GET', '/api/health')).toMatchObject({ status: 503, body: { status: 'down' } });
  // Nobody but the operator is told why.
  expect(told.mock.calls.map(([fields]) => fields)).toMatchObject([
    { err: { message: 'attempt to write a readonly database' } },
    { err: { message: 'disk I/O error' } },
  ]);
  expect((await api('POST', '/api/health/live')).status).toBe(405);
  expect((await api('POST', '/api/health/ready')).status).toBe(405);
});

test('is ready while answers can be written and there is something to sell', async () => {
  const { api, deps } = await serveProxy([]);
  expect(await api('GET', '/api/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  const conditions = await deps.condition.look();
  deps.condition.look = async () => ({
    ...conditions,
    catalogues: conditions.catalogues.map((catalogue) => ({ ...catalogue, products: 0, status: 'empty' })),
  });
  expect((await api('GET', '/api/health/ready')).body).toEqual({ status: 'not_ready', reason: 'catalogue' });
});

test('sends nobody here while it shuts down, and stays alive until it has', async () => {
  const { api, deps, session } = await serveProxy([answer('Two beds.')]);
  const { token } = await session();
  await api('POST', '/api/chat', { token, json: message('Which beds are there?') });
  await deps.turns.drain(0);
  expect((await api('GET', '/api/health/ready')).body).toEqual({ status: 'not_ready', reason: 'draining' });
  expect(await api('GET', '/api/health')).toMatchObject({ status: 503, body: { status: 'draining' } });
  expect((await api('GET', '/api/health/live')).status).toBe(200);
});

test.each([
  ['a sync that failed', { catalogue: { status: 'failed' } }],
  ['syncs that did not come', { catalogue: { status: 'stale' } }],
  ['a document that could not be read', { documents: { status: 'failed', documents: 2, failed: 1 } }],
  ['a disk that is nearly full', { disk: { status: 'low' } }],
] as const)('goes on serving, degraded, with %s', async (_what, checks) => {
  const { api, deps } = await serveProxy([]);
  const { catalogues, disk } = await deps.condition.look();
  const status = 'catalogue' in checks ? checks.catalogue.status : 'ok';
  deps.condition.look = async () => ({
    catalogues: catalogues.map((catalogue, index) => ({ ...catalogue, ...(index === 1 && { status }) })),
    documents: 'documents' in checks ? [{ shop: 'pets', counts: { waiting: 0, ready: 2, failed: 1 } }] : [],
    disk: { ...disk!, status: 'disk' in checks ? 'low' : 'ok' },
  });
  expect(await api('GET', '/api/health')).toMatchObject({ status: 200, body: { status: 'degraded', checks } });
  expect((await api('GET', '/api/health/ready')).status).toBe(200);
});

test('a catalogue is stale once three of its syncs are missing, and not one that is only read when it changes', async () => {
  let time = Date.now();
  const hourly = { type: 'url', url: 'https://pets.example/feed.json', everyMinutes: 60 };
  const { deps } = await serveProxy([], { now: () => time, pets: { catalog: hourly as never } });
  const statuses = async () => (await deps.condition.look()).catalogues.map(({ status }) => status);
  time += 179 * 60_000;
  expect(await statuses()).toEqual(['ok', 'ok']);
  time += 2 * 60_000;
  expect(await statuses()).toEqual(['stale', 'ok']);
});
