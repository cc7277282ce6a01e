import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpEnv } from '../../../proxy/http/env.ts';
import { drainUnread } from '../../../proxy/http/middleware/drain-unread.ts';
import { serveProxy } from './served.ts';

const open: Agent[] = [];
afterEach(() => open.splice(0).forEach((agent) => agent.destroy()));

/** One connection that is kept, as a web server before the proxy keeps it. */
function connection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  open.push(agent);
  return function ask(
    path: string,
    { body, headers }: { body?: string | Buffer[]; headers?: OutgoingHttpHeaders } = {},
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; again: boolean; kept: boolean }>();
    const asked = request(`${url}${path}`, {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      ...(headers && { headers }),
    });
    asked.once('error', reject).once('response', (response) => {
      const { statusCode: status = 0, headers: told } = response;
      const answer = { status, again: asked.reusedSocket, kept: told.connection !== 'close' };
      response
        .resume()
        .once('end', () => resolve(answer))
        .once('error', reject);
    });
    if (Array.isArray(body)) for (const piece of body) asked.write(piece);
    asked.end(Array.isArray(body) ? undefined : body);
    return promise;
  };
}

const json = { 'content-type': 'application/json' };
const large = JSON.stringify({ message: 'x'.repeat(1_200_000) });
const pieces = Array.from({ length: 20 }, () => Buffer.alloc(60_000, 'x'));

describe('who sends more than is taken is told so, and the next request on the connection is answered', () => {
  test.each<[string, string, { body: string | Buffer[]; token?: true }, number]>([
    ['a body that says how long it is', '/api/chat', { body: large, token: true }, 413],
    ['one that doesn’t', '/api/chat', { body: pieces, token: true }, 413],
    ['nobody’s', '/api/chat', { body: large.slice(0, 200_000) }, 401],
    ['for nothing that is there', '/api/nothing', { body: large.slice(0, 200_000), token: true }, 404],
    ['a webhook', '/api/webhooks/woocommerce/pets', { body: large }, 413],
  ])('%s', async (_, path, { body, token }, status) => {
    const { url, session } = await serveProxy([]);
    const headers = { ...json, ...(token && { authorization: `Bearer ${(await session()).token}` }) };
    const ask = connection(url);
    expect(await ask(path, { body, headers })).toEqual({ status, again: false, kept: true });
    expect(await ask('/api/health/live')).toEqual({ status: 200, again: true, kept: true });
    expect(await ask(path, { body, headers })).toEqual({ status, again: true, kept: true });
    expect(await ask('/api/health/live')).toEqual({ status: 200, again: true, kept: true });
  });
});

test.each([
  ['very much more', { maxBytes: 100_000 }],
  ['it slowly', { maxMs: 20 }],
])('who sends %s is told that the connection ends with the answer', async (_, bounds) => {
  const app = new Hono<HttpEnv>()
    .use(drainUnread(bounds))
    .use(bodyLimit({ maxSize: 1_000 }))
    .post('/', (c) => c.text('read'));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { promise, resolve, reject } = Promise.withResolvers<{
      status: number | undefined;
      told: string | undefined;
    }>();
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, method: 'POST', headers: { 'content-length': 300_000 } });
    asked.once('error', reject).once('response', ({ statusCode: status, headers }) => {
      resolve({ status, told: headers.connection });
    });
    // The last half of it never comes.
    asked.write(Buffer.alloc(150_000));
    expect(await promise).toEqual({ status: 413, told: 'close' });
    asked.destroy();
  } finally {
    server.close();
  }
});
