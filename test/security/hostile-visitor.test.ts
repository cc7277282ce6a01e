/** What a visitor may send who wants to break the shop's assistant. Limits of each visitor are not in here. */
import { once } from 'node:events';
import net from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatResponse, Thread } from '../../proxy/protocol/index.ts';
import { answer } from '../fakes/fake-openai.ts';
import { message, serveProxy } from '../proxy/http/served.ts';

/** A bare line to the proxy, and all that it says until it hangs up. */
function line(url: string) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  const reply = new Promise<string>((resolve) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    // Being cut off in the middle of a write is an error, and 'close' follows.
    socket.on('error', () => {}).on('close', () => resolve(text));
  });
  return { socket, reply };
}

/** The answer to exactly these bytes. */
function raw(url: string, bytes: string): Promise<string> {
  const { socket, reply } = line(url);
  socket.write(bytes, 'latin1');
  return reply;
}

const status = (reply: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1]);
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;

describe('a message', () => {
  test('with half a surrogate pair and control characters reaches the model as text that any provider takes', async () => {
    const { api, session, openai } = await serveProxy([answer('Yes.'), answer('Still.')]);
    const { token } = await session();
    const first = await api<ChatResponse>('POST', '/api/chat', {
      token,
      json: message('a\ud83d dog\u0000\u0007\n\tbed 🐕'),
    });
    const thread_id = first.body.thread_id;
    await api('POST', '/api/chat', { token, json: message('And?', { thread_id }) });
    for (const { body } of openai.requests) {
      expect(JSON.stringify(body.input)).not.toMatch(/\\u0000|\\u0007|\\ud83d(?!\\ude)/);
      expect(JSON.stringify(body.input)).toContain('a\ufffd dog\\n\\tbed 🐕');
    }
    const thread = await api<Thread>('GET', `/api/threads/${thread_id}`, { token });
    expect(thread.body.messages[0]!.parts).toEqual([{ type: 'text', content: 'a\ufffd dog\n\tbed 🐕' }]);
  });

  test.each([
    ['control characters', '\u0000\u0001\u007f'],
    ['characters without a shape', '\u200b\u2060\u202e \ufeff'],
    ['blanks of every kind', '\u00a0\u2003\u3000\n'],
  ])('of nothing but %s is empty', async (_, text) => {
    const { api, session, openai } = await serveProxy([]);
    const { token } = await session();
    expect(await api('POST', '/api/chat', { token, json: message(text) })).toMatchObject({
      status: 400,
      body: { error: { code: 'message_empty' } },
    });
    expect(openai.requests).toEqual([]);
  });

  test('whatever is in its body is answered by 200 or a 4xx of ours, and the proxy lives on', async () => {
    const { url, session, api } = await serveProxy(() => answer('Hi'));
    const { token } = await session();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const odd = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 1e300, null));
    const body = fc.record(
      { message: odd, thread_id: odd, client_message_id: odd, locale: odd, __proto__: odd },
      { requiredKeys: [] },
    );
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      body.map((value) => toJson(value)),
    );
    await fc.assert(
      fc.asyncProperty(json, async (text) => {
        const response = await fetch(`${url}/api/chat`, { method: 'POST', headers, body: text });
        const said = (await response.json()) as { error?: { code: string } };
        expect([200, 400, 404]).toContain(response.status);
        if (response.status !== 200) expect(said.error!.code).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(await api('GET', '/api/health')).toMatchObject({ status: 200 });
  });

  test.each([
    ['deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['deep inside a field', `{"message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['with 10,000 keys', JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])))],
    [
      'that hides its fields in a prototype',
      '{"__proto__":{"message":"Hi","thread_id":null,"client_message_id":"abcdefgh"}}',
    ],
  ])('in JSON %s is refused', async (_, body) => {
    const { api, session } = await serveProxy([]);
    const { token } = await session();
    const refused = await api('POST', '/api/chat', { token, body, headers: { 'content-type': 'application/json' } });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });
});

describe('twenty requests at once', () => {
  test('with one message make one turn', async () => {
    const { api, session, openai } = await serveProxy([answer('Once.')]);
    const { token } = await session();
    const json = message('Hello');
    const answers = await Promise.all(Array.from({ length: 20 }, () => api('POST', '/api/chat', { token, json })));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(openai.requests).toHaveLength(1);
  });

  test('with twenty messages to one thread make one turn, and the others hear that it is busy', async () => {
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const held = answer('Second.');
    const { api, session, openai } = await serveProxy([answer('First.'), { ...held, body: [gate, ...held.body] }]);
    const { token } = await session();
    const { body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
    let left = 20;
    const all = Array.from({ length: 20 }, async () => {
      const sent = await api('POST', '/api/chat', { token, json: message('Me!', { thread_id: body.thread_id }) });
      return sent.status;
    });
    // The winner is answered only when all the others have been.
    for (const one of all) void one.then(() => --left === 1 && go());
    const statuses = await Promise.all(all);
    expect(statuses.filter((code) => code === 200)).toHaveLength(1);
    expect(statuses.filter((code) => code === 409)).toHaveLength(19);
    expect(openai.requests).toHaveLength(2);
  });

  test("the id of another visitor's message is nothing special", async () => {
    const { api, session } = await serveProxy([answer('For A.'), answer('For B.')]);
    const [a, b] = [await session(), await session()];
    const json = message('Hello');
    const first = await api<ChatResponse>('POST', '/api/chat', { token: a.token, json });
    const second = await api<ChatResponse>('POST', '/api/chat', { token: b.token, json });
    expect(second.body.message).toBe('For B.');
    expect(second.body.thread_id).not.toBe(first.body.thread_id);
  });
});

describe('a path', () => {
  test.each([
    '/demo/../../package.json',
    '/demo/%2e%2e/%2e%2e/package.json',
    '/demo/..%2f..%2fpackage.json',
    '/demo/%252e%252e%252f%252e%252e%252fpackage.json',
    '/demo/..%5c..%5cpackage.json',
    '/demo//etc/passwd',
    '/demo/%2fetc%2fpasswd',
    '/demo/pictures',
    '/demo/%00',
    '/demo/index.html%00.js',
    '/demo/%',
    '/demo/%ff%fe',
    `/demo/${'a'.repeat(5_000)}`,
    '/widget/..%2f..%2fpackage.json',
    '/widget/%00',
    '//evil.example/demo/',
  ])('%s leads nowhere', async (path) => {
    const { url } = await serveProxy([]);
    const reply = await raw(url, get(path));
    expect(status(reply)).toBe(404);
    expect(reply).not.toMatch(/"name": "shop-clerk"|root:/);
  });

  test.each(['%', '%00', 'a%2fb', '__proto__', "'%20OR%201=1--"])(
    'with the id %s finds no thread and no turn',
    async (id) => {
      const { url, session } = await serveProxy([]);
      const auth = `Authorization: Bearer ${(await session()).token}\r\n`;
      expect(status(await raw(url, get(`/api/threads/${id}`, auth)))).toBe(404);
      expect(status(await raw(url, get(`/api/turns/${id}/events`, auth)))).toBe(404);
    },
  );
});

describe('a request that breaks the rules of HTTP', () => {
  test.each([
    ['without a host', 'GET /api/health HTTP/1.1\r\n\r\n'],
    ['with a host that is none', 'GET /api/health HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n'],
    [
      'with two lengths',
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['with a negative length', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['with a chunk that is none', 'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s is refused and its socket closed', async (_, bytes) => {
    const { url } = await serveProxy([]);
    expect(status(await raw(url, bytes))).toBe(400);
  });

  test('or sends more than anyone reads is cut off', async () => {
    const { url, api } = await serveProxy([]);
    const { socket, reply } = line(url);
    socket.write('POST /api/chat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk));
      socket.once('drain', pour);
    };
    pour();
    expect(status(await reply)).toBe(413);
    expect(socket.destroyed).toBe(true);
    expect(await api('GET', '/api/health')).toMatchObject({ status: 200 });
  });

  test('by leaving in the middle of its body is no failure of ours', async () => {
    const { url, deps } = await serveProxy([]);
    const errors: unknown[] = [];
    deps.log.error = (fields: unknown) => void errors.push(fields);
    const { socket } = line(url);
    socket.write(
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"sh',
    );
    await once(socket, 'ready');
    // Once the proxy waits for the rest: a request behind the first would be answered only after it.
    await fetch(`${url}/demo/nothing`).then((response) => response.text());
    const logged = new Promise<void>((resolve) => {
      deps.log.info = () => resolve();
    });
    socket.resetAndDestroy();
    await logged;
    expect(errors).toEqual([]);
  });
});

/** JSON of values that JSON does not know, too. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'undefined';
}
