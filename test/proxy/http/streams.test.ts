import net from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ChatResponse, StartedTurn, Thread } from '../../../proxy/protocol/index.ts';
import { answer, frames as upstream, STALL, textDelta } from '../../fakes/fake-openai.ts';
import { testShop, UNLIMITED } from '../../fixtures/shops.ts';
import { message, serveProxy, type Served } from './served.ts';

/** As many as one visitor may follow at once. */
const STREAMS = 12;

async function start({ api }: Served, token: string) {
  const headers = { accept: 'application/json' };
  return (await api<StartedTurn>('POST', '/api/chat/stream', { token, headers, json: message('Hello') })).body;
}

/** A stream that stays open until it is left. */
async function follow({ url }: Served, token: string, turnId: string) {
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/turns/${turnId}/events`, { headers, signal: leaving.signal });
  return { status: response.status, leave: () => leaving.abort() };
}

describe('streams that one visitor follows', () => {
  test('have so many places, and each is free again when its socket is closed', async () => {
    const limits = { ...testShop().limits, visitor: { ...UNLIMITED, turnsAtOnce: 2 } };
    const served = await serveProxy([upstream([textDelta('Half'), STALL])], { pets: { limits } });
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const open = await Promise.all(Array.from({ length: STREAMS }, () => follow(served, token, turn_id)));
    expect(open.map(({ status }) => status)).toEqual(Array(STREAMS).fill(200));
    const path = `/api/turns/${turn_id}/events`;
    const refused = await served.api('GET', path, { token });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryable: true } } });
    expect(refused.headers.get('retry-after')).toBe('5');
    const stranger = await served.session();
    expect(await served.api('GET', path, { token: stranger.token })).toMatchObject({ status: 404 });
    for (const { leave } of open) leave();
    const poll = () => served.api('GET', `${path}?wait=0`, { token, headers: { accept: 'application/json' } });
    await expect.poll(async () => (await poll()).status).toBe(200);
  });

  test('give their place back when they end by themselves, with an answer or an error', async () => {
    const served = await serveProxy(() => answer('Hi'));
    const { token } = await served.session();
    for (let i = 0; i < STREAMS + 2; i++) {
      expect(await served.api('POST', '/api/chat/stream', { token, json: message('Hi') })).toMatchObject({
        status: 200,
      });
      expect(await served.api('POST', '/api/chat/stream', { token, json: {} })).toMatchObject({ status: 400 });
    }
  });
});

test('a body that nests deeper than anyone needs is refused before it is read', async () => {
  const served = await serveProxy([]);
  const headers = { 'content-type': 'application/json' };
  const nested = (depth: number) => `{"shop":"pets","x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  expect(await served.api('POST', '/api/session', { headers, body: nested(20) })).toMatchObject({ status: 200 });
  expect(await served.api('POST', '/api/session', { headers, body: nested(21) })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_request', message: 'The body nests deeper than 20 levels.' } },
  });
});

test('headers longer than 16 KB are refused', async () => {
  const { url } = await serveProxy([]);
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.write(`GET /api/health HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`);
  let reply = '';
  for await (const chunk of socket) reply += String(chunk);
  expect(reply).toMatch(/^HTTP\/1\.1 431 /);
});

test('what the proxy itself has to say is in the answer and in the thread, with the contact of today', async () => {
  const limits = { ...testShop().limits, whenSpent: ['contact' as const] };
  limits.shop = { ...limits.shop, tokensPerDay: 1 };
  const contact = { email: 'help@pets.example' };
  const served = await serveProxy([], { pets: { limits, contact } });
  const { token } = await served.session();
  const { body } = await served.api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
  expect(body.notices).toEqual([{ code: 'contact', contact }]);
  const thread = await served.api<Thread>('GET', `/api/threads/${body.thread_id}`, { token });
  expect(thread.body.messages[1]!.parts).toContainEqual({ type: 'notice', code: 'contact', contact });
});
