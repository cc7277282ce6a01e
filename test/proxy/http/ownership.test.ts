/** Nobody gets at what is not theirs, whatever they send, on any verb of any route. */
import { UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { StartedTurn, Thread, ThreadExport, VisitorExport } from '../../../proxy/protocol/index.ts';
import { answer, frames as upstream, STALL, textDelta } from '../../fakes/fake-openai.ts';
import { createSessionTokens } from '../../../proxy/http/session-token.ts';
import { message, serveProxy, type Served } from './served.ts';

interface Ids {
  thread: string;
  turn: string;
  message: string;
}

type Call = [verb: string, path: (ids: Ids) => string, json?: (ids: Ids) => object];

/** What belongs to somebody: every route that names a thread, a turn or a message. */
const OWNED: Call[] = [
  ['GET', ({ thread }) => `/api/threads/${thread}`],
  ['PATCH', ({ thread }) => `/api/threads/${thread}`, () => ({ title: 'Mine now' })],
  ['DELETE', ({ thread }) => `/api/threads/${thread}`],
  ['GET', ({ thread }) => `/api/threads/${thread}/export`],
  ['GET', ({ turn }) => `/api/turns/${turn}/events`],
  ['POST', ({ turn }) => `/api/turns/${turn}/cancel`],
  ['POST', ({ message }) => `/api/messages/${message}/feedback`, () => ({ rating: 'down' })],
  ['POST', ({ message }) => `/api/messages/${message}/feedback`, () => ({ rating: null })],
  ['POST', () => '/api/chat', ({ thread }) => message('Hi', { thread_id: thread, client_message_id: 'the-same-one' })],
  [
    'POST',
    () => '/api/chat/stream',
    ({ thread }) => message('Hi', { thread_id: thread, client_message_id: 'the-same-one' }),
  ],
];
const GUARDED: Call[] = [
  ...OWNED,
  ['GET', () => '/api/threads'],
  ['GET', () => '/api/threads?q=hello'],
  ['GET', () => '/api/visitor'],
  ['DELETE', () => '/api/visitor'],
  ['GET', () => '/api/no-such-route'],
];
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'];
const PATHS = new Set(GUARDED.map(([, path]) => path));

const NOBODY: Ids = { thread: 'thr_none', turn: 'trn_none', message: 'msg_none' };

async function startTurn({ api }: Served, token: string): Promise<Ids> {
  const { body } = await api<StartedTurn>('POST', '/api/chat/stream', {
    token,
    headers: { accept: 'application/json' },
    json: message('Hello'),
  });
  return { thread: body.thread_id, turn: body.turn_id, message: body.message_id };
}

const call = ({ api }: Served, [verb, path, json]: Call, ids: Ids, token?: string) =>
  api<unknown>(verb, path(ids), { ...(token !== undefined && { token }), ...(json && { json: json(ids) }) });

test('a token that is none gets the same 401 on every verb of every route', async () => {
  const clock = { now: Date.now() };
  const served = await serveProxy([answer('Hi')], { now: () => clock.now });
  const { token } = await served.session();
  const ids = await startTurn(served, token);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const elsewhere = createSessionTokens({ secrets: ['the secret of another proxy, quite long'], now: () => clock.now });
  const visitor = { shop: 'pets', visitorId: String(claims['sub']), identified: false, consent: false };
  const { token: gone } = await served.deps.tokens.issue({ ...visitor, shop: 'a-shop-of-last-year' });
  const { token: expired } = await served.deps.tokens.issue(visitor, new Date(clock.now - 1_000));
  const bad: Record<string, Record<string, string>> = {
    'no token': {},
    'an empty one': { authorization: 'Bearer ' },
    garbage: { authorization: 'Bearer garbage' },
    'another scheme': { authorization: `Basic ${token}` },
    'in the address': { 'x-token': token },
    'two at once': { authorization: `Bearer ${token}, Bearer ${token}` },
    'alg none': { authorization: `Bearer ${new UnsecuredJWT(claims).encode()}` },
    'alg none with a signature': { authorization: `Bearer ${encoded({ alg: 'none' })}.${payload}.${signature}` },
    'another payload': { authorization: `Bearer ${header}.${encoded({ ...claims, sub: 'vis_x' })}.${signature}` },
    'another signature': { authorization: `Bearer ${header}.${payload}.${'A'.repeat(43)}` },
    'no signature': { authorization: `Bearer ${header}.${payload}.` },
    'another name of the key': {
      authorization: `Bearer ${encoded({ alg: 'HS256', kid: 'x' })}.${payload}.${signature}`,
    },
    'signed elsewhere': { authorization: `Bearer ${(await elsewhere.issue(visitor)).token}` },
    'of a shop that is gone': { authorization: `Bearer ${gone}` },
    expired: { authorization: `Bearer ${expired}` },
  };
  const said = new Set<string>();
  for (const [name, headers] of Object.entries(bad)) {
    for (const path of PATHS) {
      for (const method of VERBS) {
        const { status, body } = await served.api(method, path(ids), { headers });
        expect(status, `${name}: ${method} ${path(ids)}`).toBe(401);
        if (method !== 'HEAD') said.add(JSON.stringify(body));
      }
    }
  }
  expect(said.size).toBe(1);
  expect((await served.api<Thread>('GET', `/api/threads/${ids.thread}`, { token })).status).toBe(200);
});

describe('what is not yours is answered byte for byte like what is not there', () => {
  test.each(['pets', 'books'])('when asked by a visitor of %s', async (shop) => {
    const served = await serveProxy([upstream([textDelta('Half'), STALL])]);
    const owner = await served.session();
    const ids = await startTurn(served, owner.token);
    const { token } = await served.session(shop);
    for (const owned of OWNED) {
      const foreign = await call(served, owned, ids, token);
      const missing = await call(served, owned, NOBODY, token);
      const name = `${owned[0]} ${owned[1](ids)}`;
      expect(foreign.status, name).toBe(404);
      expect([foreign.status, foreign.body], name).toEqual([missing.status, missing.body]);
      const headersOf = ({ headers }: typeof foreign) =>
        [...headers].filter(([key]) => !['date', 'x-request-id'].includes(key));
      expect(headersOf(foreign), name).toEqual(headersOf(missing));
    }
    expect(await call(served, ['GET', () => '/api/threads'], ids, token)).toMatchObject({ body: { threads: [] } });
    expect(await call(served, ['GET', () => '/api/visitor'], ids, token)).toMatchObject({ body: { threads: [] } });
    expect(await call(served, ['DELETE', () => '/api/visitor'], ids, token)).toMatchObject({ status: 204 });
    const thread = await served.api<Thread>('GET', `/api/threads/${ids.thread}`, { token: owner.token });
    expect(thread.body).toMatchObject({ title: 'Hello', active_turn_id: ids.turn });
  });
});

describe('the owner', () => {
  test('gives a conversation another name', async () => {
    const served = await serveProxy([answer('Hi')]);
    const { token } = await served.session();
    const { thread } = await startTurn(served, token);
    const path = `/api/threads/${thread}`;
    const renamed = await served.api('PATCH', path, { token, json: { title: '  Beds for 🐕\u0000 ' } });
    expect(renamed).toMatchObject({ status: 200, body: { thread_id: thread, title: 'Beds for 🐕' } });
    for (const title of ['', ' \u200b ', 'x'.repeat(81), 7, null]) {
      expect(await served.api('PATCH', path, { token, json: { title } })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request', message: expect.stringMatching(/^title: /) } },
      });
    }
    expect(await served.api('PATCH', path, { token, json: { title: '🐕'.repeat(80) } })).toMatchObject({ status: 200 });
  });

  test('takes conversations along, one or all of them', async () => {
    const served = await serveProxy(() => answer('This bed.'));
    const { token } = await served.session();
    const ids = [await startTurn(served, token), await startTurn(served, token)];
    for (const { turn } of ids) await served.api('GET', `/api/turns/${turn}/events`, { token });
    const one = await served.api<ThreadExport>('GET', `/api/threads/${ids[0]!.thread}/export`, { token });
    expect(one.headers.get('content-disposition')).toBe(`attachment; filename="conversation-${ids[0]!.thread}.json"`);
    expect(one.body).toMatchObject({
      shop: 'pets',
      exported_at: expect.stringMatching(/Z$/),
      thread: { thread_id: ids[0]!.thread, messages: [{ role: 'user' }, { role: 'assistant', finish: 'stop' }] },
    });
    const all = await served.api<VisitorExport>('GET', '/api/visitor', { token });
    expect(all.headers.get('content-disposition')).toContain('attachment');
    expect(all.body).toMatchObject({ shop: 'pets', visitor_id: expect.stringMatching(/^vis_/) });
    expect(all.body.threads.map(({ thread_id }) => thread_id).sort()).toEqual(ids.map(({ thread }) => thread).sort());
    expect(all.body.threads).toContainEqual(one.body.thread);
  });

  test('deletes a conversation, also while it is being answered, and nothing of it stays', async () => {
    const served = await serveProxy([upstream([textDelta('Half'), STALL])]);
    const { token } = await served.session();
    const { thread, turn } = await startTurn(served, token);
    expect(await served.api('DELETE', `/api/threads/${thread}`, { token })).toMatchObject({ status: 204, body: '' });
    expect(await served.openai.requests[0]?.abandoned).not.toBe(false);
    expect(served.deps.turns.active).toBe(0);
    for (const path of [`/api/threads/${thread}`, `/api/threads/${thread}/export`, `/api/turns/${turn}/events`]) {
      expect(await served.api('GET', path, { token })).toMatchObject({ status: 404 });
    }
    expect(await served.api('DELETE', `/api/threads/${thread}`, { token })).toMatchObject({ status: 404 });
    expect(await served.deps.storage.events(turn)).toBeUndefined();
  });

  test('deletes all conversations at once', async () => {
    const served = await serveProxy(() => upstream([textDelta('Half'), STALL]));
    const { token } = await served.session();
    for (let i = 0; i < 3; i++) await startTurn(served, token);
    expect(await served.api('DELETE', '/api/visitor', { token })).toMatchObject({ status: 204 });
    expect(await served.api('GET', '/api/threads', { token })).toMatchObject({ body: { threads: [] } });
    expect(await served.api('GET', '/api/visitor', { token })).toMatchObject({ body: { threads: [] } });
  });
});
