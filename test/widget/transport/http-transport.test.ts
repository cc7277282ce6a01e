import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../proxy/protocol/index.ts';
import type { ChatEvent, ChatRequest, SessionResponse } from '../../../proxy/protocol/index.ts';
import { deleteThread, exportThread, sendLetter } from '../../../widget/transport/errands.ts';
import { readJson } from '../../../widget/transport/proxy-client.ts';
import { createHttpTransport } from '../../../widget/transport/http-transport.ts';
import { readProducts, readThread } from '../../../widget/transport/past-requests.ts';
import type { HttpTransportOptions } from '../../../widget/transport/http-transport.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import type { TransportEvent } from '../../../widget/transport/types.ts';
import { FakeClock, instantClock } from './fake-clock.ts';

interface Seen {
  route: string;
  authorization: string | undefined;
  body: string;
}
type Route = (response: ServerResponse, seen: Seen) => void;

const started: ChatEvent = { type: 'thread_id', thread_id: 'thr_1', turn_id: 'trn_1', message_id: 'msg_2' };
const done: ChatEvent = { type: 'done', thread_id: 'thr_1', message_id: 'msg_2', finish: 'stop' };
const text = (content: string): ChatEvent => ({ type: 'text', content });
const frames = (...events: ChatEvent[]): string =>
  events.map((event, index) => encodeFrame('trn_1', index + 1, event)).join('');
const question: ChatRequest = { message: 'מזון לכלב?', thread_id: null, client_message_id: 'cmsg_1', locale: 'he' };

let server: Server;
let routes: Record<string, Route>;
let seen: Seen[];
let sessions: number;
const never = new AbortController().signal;
const LIST = { method: 'GET', path: '/api/threads' } as const;

beforeEach(async () => {
  seen = [];
  sessions = 0;
  routes = {
    'POST /api/session': (response) => {
      sessions++;
      json(response, 200, session(`token-${sessions}`, Date.now() + 3_600_000));
    },
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const route = `${request.method} ${request.url}`;
  const call = { route, authorization: request.headers.authorization, body };
  seen.push(call);
  (routes[route] ?? ((response) => refuse(response, 404, 'not_found')))(response, call);
}

function session(token: string, expiresAt: number): SessionResponse {
  return { token, expires_at: new Date(expiresAt).toISOString(), shop: { slug: 'pets' } as SessionResponse['shop'] };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, extra: object = {}): void {
  json(response, status, { error: { code, message: `It is ${code}.`, retryable: false, ...extra } });
}

function sse(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

function connect(options: Partial<HttpTransportOptions> = {}) {
  const { port } = server.address() as AddressInfo;
  return createHttpTransport({ baseUrl: `http://127.0.0.1:${port}/`, shop: 'pets', ...options });
}

async function collect(events: AsyncIterable<TransportEvent>, into: TransportEvent[] = []): Promise<TransportEvent[]> {
  for await (const event of events) into.push(event);
  return into;
}

const calls = (route: string): Seen[] => seen.filter((call) => call.route === route);

describe('the session', () => {
  test('is opened for the shop, and its token goes with every other request', async () => {
    routes['GET /api/threads'] = (response) => json(response, 200, { threads: [] });
    const transport = connect();
    expect(transport.token).toBeNull();
    expect(await transport.session({ token: null }, never)).toEqual({ slug: 'pets' });
    expect(await transport.request(LIST, readJson, never)).toEqual({ threads: [] });
    expect(transport.token).toBe('token-1');
    expect(seen).toMatchObject([
      { route: 'POST /api/session', authorization: undefined, body: '{"shop":"pets"}' },
      { route: 'GET /api/threads', authorization: 'Bearer token-1' },
    ]);
  });

  test('is not needed for the settings, which say nothing of who asks', async () => {
    routes['GET /api/shops/pets'] = (response) => json(response, 200, { slug: 'pets' });
    expect(await connect().settings(never)).toEqual({ slug: 'pets' });
    expect(seen).toEqual([{ route: 'GET /api/shops/pets', authorization: undefined, body: '' }]);
  });

  test('says that the shopper agreed, again when it is opened anew', async () => {
    const open = routes['POST /api/session']!;
    routes['POST /api/session'] = (response, call) =>
      call.authorization ? refuse(response, 401, 'unauthorized') : open(response, call);
    await connect().session({ token: 'old', consent: true }, never);
    expect(seen.map(({ body }) => body)).toEqual(Array(2).fill('{"shop":"pets","consent":true}'));
  });

  test('of who has signed in carries no older token, and is never renewed as somebody else', async () => {
    routes['GET /api/threads'] = (response) => refuse(response, 401, 'unauthorized');
    const transport = connect();
    await transport.session({ token: 'anonymous', identity: 'jwt' }, never);
    routes['POST /api/session'] = (response) => refuse(response, 403, 'identity_invalid');
    await expect(transport.request(LIST, readJson, never)).rejects.toMatchObject({ code: 'identity_invalid' });
    await expect(transport.request(LIST, readJson, never)).rejects.toMatchObject({ code: 'identity_invalid' });
    const shown = calls('POST /api/session').map(({ authorization, body }) => `${authorization} ${body}`);
    expect(shown).toEqual(Array(3).fill('undefined {"shop":"pets","identity":"jwt"}'));
  });

  test('is renewed for the visitor whose old token is given', async () => {
    await connect().session({ token: 'old' }, never);
    expect(seen[0]!.authorization).toBe('Bearer old');
  });

  test('begins anew when the old token is not even good for a renewal', async () => {
    const open = routes['POST /api/session']!;
    routes['POST /api/session'] = (response, call) =>
      call.authorization ? refuse(response, 401, 'unauthorized') : open(response, call);
    const transport = connect();
    await transport.session({ token: 'forged' }, never);
    expect(transport.token).toBe('token-1');
  });

  test('is renewed silently before it expires, once for requests that come together', async () => {
    routes['GET /api/threads'] = (response) => json(response, 200, { threads: [] });
    const clock = new FakeClock();
    routes['POST /api/session'] = (response) => {
      sessions++;
      json(response, 200, session(`token-${sessions}`, clock.now() + 3_600_000));
    };
    const transport = connect({ clock });
    await transport.session({ token: null }, never);
    clock.pass(3_590_000);
    await Promise.all([transport.request(LIST, readJson, never), transport.request(LIST, readJson, never)]);
    expect(sessions).toBe(2);
    expect(calls('GET /api/threads').map((call) => call.authorization)).toEqual(['Bearer token-2', 'Bearer token-2']);
  });

  test('is not renewed for every request when the clock of the shopper is wrong', async () => {
    routes['GET /api/threads'] = (response) => json(response, 200, { threads: [] });
    const transport = connect({ clock: { ...instantClock, now: () => Date.now() + 86_400_000 } });
    await transport.session({ token: null }, never);
    await transport.request(LIST, readJson, never);
    expect(sessions).toBe(1);
  });

  test('is renewed once after a 401, and the request sent again', async () => {
    routes['GET /api/threads'] = (response, { authorization }) =>
      authorization === 'Bearer token-2' ? json(response, 200, { threads: [] }) : refuse(response, 401, 'unauthorized');
    const transport = connect();
    await transport.session({ token: null }, never);
    expect(await transport.request(LIST, readJson, never)).toEqual({ threads: [] });
    routes['GET /api/threads'] = (response) => refuse(response, 401, 'unauthorized');
    await expect(transport.request(LIST, readJson, never)).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    expect(sessions).toBe(3);
  });
});

describe('a turn', () => {
  test('brings its events in order, in whatever pieces the bytes come', async () => {
    const events = [started, text('שלום'), text(' 🐕'), done];
    routes['POST /api/chat/stream'] = (response) => {
      sse(response);
      for (const byte of Buffer.from(frames(...events))) response.write(Buffer.of(byte));
      response.end();
    };
    expect(await collect(connect().stream(question, never))).toEqual(events);
    expect(JSON.parse(calls('POST /api/chat/stream')[0]!.body)).toEqual(question);
  });

  test('skips pings, comments, unknown events and what it has seen already', async () => {
    routes['POST /api/chat/stream'] = (response) =>
      sse(response).end(
        `: hello\n\nevent: ping\ndata: {}\n\n${frames(started, text('a'))}` +
          `id: trn_1:3\ndata: {"type":"confetti"}\n\n${frames(started, text('a'))}id: trn_1:4\ndata: ${JSON.stringify(done)}\n\n`,
      );
    expect(await collect(connect().stream(question, never))).toEqual([started, text('a'), done]);
  });

  test('ends with its last event even if the line stays open', async () => {
    routes['POST /api/chat/stream'] = (response) => void sse(response).write(frames(started, done));
    expect(await collect(connect().stream(question, never))).toEqual([started, done]);
  });

  test.each<[string, Route]>([
    ['ends early', (response) => sse(response).end(frames(started, text('a')))],
    ['breaks', (response) => sse(response).write(frames(started, text('a')), () => response.socket?.resetAndDestroy())],
    ['falls silent', (response) => void sse(response).write(frames(started, text('a')))],
    ['floods', (response) => sse(response).end(`${frames(started, text('a'))}data: ${'x'.repeat(1_100_000)}\n\n`)],
  ])('whose line %s is interrupted, and goes on after what came', async (_, route) => {
    routes['POST /api/chat/stream'] = route;
    routes['GET /api/turns/trn_1/events?after=2'] = (response) => sse(response).end(encodeFrame('trn_1', 3, done));
    const events = await collect(connect({ stallMs: 200, random: () => 0 }).stream(question, never));
    expect(events).toEqual([started, text('a'), { type: 'line', up: false }, { type: 'line', up: true }, done]);
  });

  test('can be left at any time: the reason is the one that leaves, and the socket is closed', async () => {
    const closed = new Promise<void>((resolve) => {
      routes['POST /api/chat/stream'] = (response) => {
        response.on('close', resolve);
        sse(response).write(frames(started));
      };
    });
    const leave = new AbortController();
    const reason = new Error('The shopper left.');
    const reading = (async () => {
      for await (const event of connect().stream(question, leave.signal)) {
        expect(event).toEqual(started);
        leave.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    await closed;
  });

  test('closes its socket when the reader just stops', async () => {
    const closed = new Promise<void>((resolve) => {
      routes['POST /api/chat/stream'] = (response) => {
        response.on('close', resolve);
        sse(response).write(frames(started));
      };
    });
    for await (const _ of connect().stream(question, never)) break;
    await closed;
  });
});

describe('a refusal', () => {
  /** Spends its patience without waiting. */
  const hasty = { clock: instantClock, random: () => 1, readBudgetMs: 4_000 };

  test.each<[string, Route, object]>([
    [
      'of the proxy keeps its code and when to come back',
      (response) => refuse(response, 409, 'turn_active', { retryable: true, retry_after_ms: 1500 }),
      { code: 'turn_active', status: 409, retryable: true, retryAfterMs: 1500 },
    ],
    [
      'keeps a code of a newer proxy',
      (response) => refuse(response, 418, 'teapot'),
      { code: 'teapot', status: 418, retryable: false },
    ],
    [
      'of a gateway is taken by its status',
      (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
      { code: 'overloaded', status: 502, retryable: true, retryAfterMs: undefined },
    ],
    [
      'of a gateway may say in seconds when to come back',
      (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      { code: 'overloaded', retryable: true, retryAfterMs: 7000 },
    ],
    [
      'of a gateway for good is not retried',
      (response) => response.writeHead(403).end('no'),
      { code: 'invalid_request', status: 403, retryable: false },
    ],
    [
      'by a page of somebody else is no answer of the proxy',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Wi-Fi login</h1>'),
      { code: 'network', retryable: true },
    ],
  ])('%s', async (_, route, expected) => {
    routes['GET /api/threads'] = route;
    const error: unknown = await connect(hasty)
      .request(LIST, readJson, never)
      .catch((error) => error);
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject(expected);
  });

  test('of the connection is a network error, whatever the browser calls it', async () => {
    const transport = connect(hasty);
    await transport.session({ token: null }, never);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(transport.request(LIST, readJson, never)).rejects.toMatchObject({ code: 'network', retryable: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  test('to answer at all is noticed', async () => {
    routes['GET /api/threads'] = () => {};
    const transport = connect({ ...hasty, stallMs: 100 });
    await expect(transport.request(LIST, readJson, never)).rejects.toMatchObject({ code: 'network', retryable: true });
  });

  test('of half a body is not taken for a thread', async () => {
    routes['GET /api/threads/thr_1?locale=he'] = (response) =>
      response.writeHead(200, { 'content-length': '100' }).write('{"thread_id"', () => response.destroy());
    await expect(readThread(connect(hasty), 'thr_1', 'he', never)).rejects.toMatchObject({
      code: 'network',
      retryable: true,
    });
  });
});

test('Stop is one small request', async () => {
  routes['POST /api/turns/trn_1/cancel'] = (response) => response.writeHead(204).end();
  const transport = connect();
  await expect(transport.cancel('trn_1', never)).resolves.not.toThrow();
  expect(calls('POST /api/turns/trn_1/cancel')).toHaveLength(1);
});

test('asks for the cards of today, and tells how an act in the cart ended', async () => {
  routes['GET /api/products?ids=1%2C2&locale=he'] = (response) =>
    json(response, 200, { products: [{ id: 1, url: '/bed', images: [], variants: [] }] });
  routes['POST /api/turns/trn_1/tool-results'] = (response) => response.writeHead(204).end();
  const transport = connect();
  const { port } = server.address() as AddressInfo;
  const products = await readProducts(transport, [1, 2], 'he', never);
  expect(products).toMatchObject([{ id: 1, url: `http://127.0.0.1:${port}/bed` }]);
  await transport.toolResult('trn_1', 'call_1', { ok: false, code: 'declined' }, never);
  const [told] = calls('POST /api/turns/trn_1/tool-results');
  expect(JSON.parse(told!.body)).toEqual({ call_id: 'call_1', result: { ok: false, code: 'declined' } });
});

test('takes a letter to the people of the shop, once more after a lost line and with a fresh token', async () => {
  const letter = { client_message_id: 'cmsg_1', email: 'noa@shopper.example', message: 'Hello' };
  const answers: Route[] = [
    (response) => response.destroy(),
    (response) => refuse(response, 401, 'unauthorized'),
    (response) => json(response, 201, { contact_message_id: 'con_1', created_at: '2026-11-21T10:00:00.000Z' }),
  ];
  routes['POST /api/contact'] = (response, seen) => answers.shift()!(response, seen);
  await sendLetter(connect({ clock: instantClock }), letter, never);
  const told = calls('POST /api/contact');
  expect(told.map(({ body }) => JSON.parse(body) as unknown)).toEqual([letter, letter, letter]);
  expect(told.map(({ authorization }) => authorization)).toEqual([
    'Bearer token-1',
    'Bearer token-1',
    'Bearer token-2',
  ]);
});

test('says for how long a letter has to wait', async () => {
  routes['POST /api/contact'] = (response) =>
    refuse(response, 429, 'rate_limited', { retryable: true, retry_after_ms: 40_000 });
  const letter = { client_message_id: 'cmsg_1', email: 'noa@shopper.example', message: 'Hello' };
  await expect(sendLetter(connect(), letter, never)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 40_000,
  });
  expect(calls('POST /api/contact')).toHaveLength(1);
});

test('makes URLs absolute that are relative to the proxy, in the stream and in an old thread', async () => {
  const image = { url: '/pictures/1.svg' };
  const price = { amount: 1_000, currency: 'ILS' };
  const variant = {
    id: '1',
    title: '',
    price,
    availability: 'in_stock' as const,
    options: [],
    image,
    url: 'product?id=1',
  };
  const product = {
    id: 1,
    external_id: '1',
    title: 'Bed',
    url: 'https://shop.example/bed',
    price: { min: price, max: price },
    availability: 'in_stock' as const,
    images: [image],
    options: [],
    variants: [variant],
  };
  const products: ChatEvent = { type: 'products', data: [product] };
  routes['POST /api/chat/stream'] = (response) => sse(response).end(frames(started, products, done));
  const message = { message_id: 'msg_2', role: 'assistant', parts: [products], created_at: '2026-01-01T00:00:00Z' };
  routes['GET /api/threads/thr_1'] = (response) => json(response, 200, { thread_id: 'thr_1', messages: [message] });
  const transport = connect();
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const absolute = {
    url: 'https://shop.example/bed',
    images: [{ url: `${base}/pictures/1.svg` }],
    variants: [{ image: { url: `${base}/pictures/1.svg` }, url: `${base}/product?id=1` }],
  };
  expect((await collect(transport.stream(question, never)))[1]).toMatchObject({ data: [absolute] });
  const { messages } = await readThread(transport, 'thr_1', undefined, never);
  expect(messages[0]!.parts[0]).toMatchObject({ data: [absolute] });
});

describe('the shopper’s own data', () => {
  test('is a file to keep, and can be deleted; what is gone already counts as deleted', async () => {
    routes['GET /api/threads/thr_1/export'] = (response) => json(response, 200, { shop: 'pets' });
    const gone: string[] = [];
    routes['DELETE /api/threads/thr_1'] = (response) => {
      if (gone.push('once') > 1) refuse(response, 404, 'thread_not_found');
      else response.writeHead(204).end();
    };
    const transport = connect();
    expect(await (await exportThread(transport, 'thr_1', never)).text()).toBe('{"shop":"pets"}');
    await deleteThread(transport, 'thr_1', never);
    await deleteThread(transport, 'thr_1', never);
    expect(gone).toHaveLength(2);
    routes['DELETE /api/threads/thr_1'] = (response) => refuse(response, 429, 'rate_limited');
    await expect(deleteThread(transport, 'thr_1', never)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
