import { describe, expect, test } from 'vitest';
import { syncCatalog } from '../../../proxy/catalog/index.ts';
import type { ChatResponse, Thread, ThreadExport, ThreadSummary } from '../../../proxy/protocol/index.ts';
import {
  answer,
  call,
  failure,
  frames as upstream,
  message as messageItem,
  output,
  STALL,
  textDelta,
  toolCall,
} from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { frames, message, serveProxy } from './served.ts';

const show = (...product_ids: number[]) => toolCall('show_products', { product_ids, title: null, why: null });

/** An answer with a question to ask next. */
const suggesting = (said: string, ...questions: string[]) =>
  output([messageItem(said), call('suggest_questions', { questions })]);
const SUGGESTING = { pets: { tools: ['suggest_questions'] } };

describe('POST /api/session', () => {
  test('gives a token, when it runs out, and what the widget must know of the shop', async () => {
    const { api } = await serveProxy([]);
    const { status, body } = await api('POST', '/api/session', { json: { shop: 'pets' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      shop: {
        slug: 'pets',
        name: 'pets',
        locale: 'en',
        greeting: { en: 'Hello' },
        prompts: {},
        consent: false,
        disclosure: true,
        cart: 'none',
        max_message_length: 4_000,
        demo_model: false,
      },
    });
  });

  test('keeps the visitor who comes with an older token, and takes no one else for them', async () => {
    const { api, session } = await serveProxy([answer('Hi')]);
    const { token } = await session();
    await api('POST', '/api/chat', { token, json: message('Hello') });
    const threads = async (renewWith: string, shop = 'pets') => {
      const renewed = await api('POST', '/api/session', { token: renewWith, json: { shop } });
      return (
        await api<{ threads: ThreadSummary[] }>('GET', '/api/threads', { token: renewed.body['token'] as string })
      ).body.threads;
    };
    expect(await threads(token)).toHaveLength(1);
    expect(await threads(`${token.slice(0, -3)}AAA`)).toEqual([]);
    expect(await threads('nonsense')).toEqual([]);
    expect(await threads(token, 'books')).toEqual([]);
  });

  test('does not know a shop that is not there', async () => {
    const { api } = await serveProxy([]);
    expect(await api('POST', '/api/session', { json: { shop: 'nobody' } })).toMatchObject({
      status: 404,
      body: { error: { code: 'shop_not_found', message: expect.stringContaining('nobody') } },
    });
  });
});

describe('POST /api/chat/stream', () => {
  test('streams thread_id, text, products and done in the documented frames', async () => {
    const { api, session } = await serveProxy([show(1), answer('זה מתאים')]);
    const { token } = await session();
    const { status, headers, body } = await api<string>('POST', '/api/chat/stream', {
      token,
      json: message('אוכל לגור?', { locale: 'he' }),
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    const received = frames(body);
    const [first] = received;
    if (first?.event.type !== 'thread_id') throw new Error('the first event must be thread_id');
    const { turn_id, thread_id, message_id } = first.event;
    expect(received.map(({ id }) => id)).toEqual(received.map((_, index) => `${turn_id}:${index + 1}`));
    expect(received.map(({ event }) => event.type).filter((type) => type !== 'tool')).toEqual([
      'thread_id',
      'products',
      'text',
      'text',
      'done',
    ]);
    expect(body).toContain('data: {"type":"text","content":"זה"}');
    expect(body).toContain('data: {"type":"products","data":[{"id":1,');
    expect(body).toContain(
      `data: {"type":"done","thread_id":"${thread_id}","message_id":"${message_id}","finish":"stop"}`,
    );
  });

  test('tells of a model that fails with one error, and keeps what was said', async () => {
    const reply = upstream([
      { type: 'response.created', response: { id: 'r', output: [] } },
      textDelta('Half'),
      { type: 'response.failed', response: { error: { code: 'server_error', message: 'secret detail' } } },
    ]);
    const { api, session } = await serveProxy([reply]);
    const { token } = await session();
    const { body } = await api<string>('POST', '/api/chat/stream', { token, json: message('Hello') });
    const events = frames(body).map(({ event }) => event);
    expect(events.slice(1)).toMatchObject([
      { type: 'text', content: 'Half' },
      { type: 'error', retryable: true },
      { type: 'done', finish: 'error' },
    ]);
    expect(body).not.toContain('secret detail');
    const thread_id = events[0]?.type === 'thread_id' ? events[0].thread_id : '';
    const { body: thread } = await api<Thread>('GET', `/api/threads/${thread_id}`, { token });
    expect(thread.messages[1]).toMatchObject({
      parts: [{ type: 'text', content: 'Half' }],
      finish: 'error',
      error: { retryable: true },
    });
  });

  test('leaves the turn running when the client goes', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const whole = answer('Still here.');
    const { url, api, session, deps } = await serveProxy([
      { ...whole, body: [whole.body[0]!, held, ...whole.body.slice(1)] },
    ]);
    const { token } = await session();
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/chat/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(message('Hello')),
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    release();
    await deps.turns.drain(60_000);
    const { body } = await api<{ threads: ThreadSummary[] }>('GET', '/api/threads', { token });
    const thread = await api<Thread>('GET', `/api/threads/${body.threads[0]!.thread_id}`, { token });
    expect(thread.body.messages[1]).toMatchObject({ parts: [{ content: 'Still here.' }], finish: 'stop' });
  });

  test('is cancelled by POST /api/turns/:id/cancel, and the model is let go', async () => {
    const { url, api, session, openai } = await serveProxy([
      upstream([{ type: 'response.created', response: { id: 'r', output: [] } }, textDelta('Once'), STALL]),
    ]);
    const { token } = await session();
    const response = await fetch(`${url}/api/chat/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(message('Story')),
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let stream = '';
    while (!stream.includes('Once')) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`The answer ended before it began: ${stream}`);
      stream += value;
    }
    const { turn_id } = frames(stream.slice(0, stream.indexOf('\n\n') + 2))[0]!.event as { turn_id: string };
    expect(await api('POST', `/api/turns/${turn_id}/cancel`, { token })).toMatchObject({ status: 204 });
    for (let next = await reader.read(); !next.done; next = await reader.read()) stream += next.value;
    expect(frames(stream).at(-1)!.event).toMatchObject({ type: 'done', finish: 'cancelled' });
    expect(await openai.requests[0]!.abandoned).toBe(true);
  });

  test('answers 409 while another answer is under way in the thread', async () => {
    const { api, session, deps } = await serveProxy([answer('One'), upstream([textDelta('Two'), STALL])]);
    const { token } = await session();
    const first = await api<ChatResponse>('POST', '/api/chat', { token, json: message('One?') });
    const { thread_id } = first.body;
    const shop = deps.shops.bySlug('pets')!;
    const { visitorId } = (await deps.tokens.verify(token))!;
    await deps.turns.start({
      shop,
      visitorId,
      address: 'here',
      threadId: thread_id,
      clientMessageId: 'x'.repeat(8),
      text: 'Two?',
      locale: 'en',
    });
    const { status, body, headers } = await api('POST', '/api/chat/stream', {
      token,
      json: message('Three?', { thread_id }),
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'turn_active', retryable: true } });
    expect(headers.get('retry-after')).toBe('1');
    const thread = await api<Thread>('GET', `/api/threads/${thread_id}`, { token });
    expect(thread.body.active_turn_id).toMatch(/^trn_/);
    expect(thread.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });
});

describe('POST /api/chat', () => {
  test('gives the same turn whole', async () => {
    const { api, session } = await serveProxy([show(2, 99), answer('This bed.')]);
    const { token } = await session();
    const { status, body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('A bed?') });
    expect(status).toBe(200);
    expect(body).toEqual({
      thread_id: expect.stringMatching(/^thr_/),
      message_id: expect.stringMatching(/^msg_/),
      message: 'This bed.',
      citations: [],
      products: [expect.objectContaining({ id: 2, title: 'Dog bed', list_price: { amount: 29_900, currency: 'ILS' } })],
      notices: [],
      suggestions: [],
      finish: 'stop',
    });
  });

  test('has the suggestions of the answer', async () => {
    const { api, session } = await serveProxy([suggesting('This bed.', 'Is it washable?')], SUGGESTING);
    const { token } = await session();
    const { body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('A bed?') });
    expect(body).toMatchObject({ message: 'This bed.', suggestions: ['Is it washable?'], finish: 'stop' });
  });

  test('never asks the model twice for the same message', async () => {
    const { api, session, openai } = await serveProxy([answer('Once.')]);
    const { token } = await session();
    const json = message('Hello');
    const first = await api('POST', '/api/chat', { token, json });
    expect((await api('POST', '/api/chat', { token, json })).body).toEqual(first.body);
    expect(openai.requests).toHaveLength(1);
  });

  test('says with the answer so far what went wrong', async () => {
    const { api, session } = await serveProxy([
      failure(401, { message: 'Incorrect API key provided: sk-test', code: 'invalid_api_key' }),
    ]);
    const { token } = await session();
    const { body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello') });
    expect(body).toMatchObject({
      message: '',
      products: [],
      finish: 'error',
      error: { code: 'model_config', retryable: false },
    });
    expect(JSON.stringify(body)).not.toContain('sk-test');
  });
});

describe('threads', () => {
  test('are listed and read by their owner, with cards as the catalogue has them now', async () => {
    const { api, session, deps } = await serveProxy([show(2), answer('This bed.')]);
    const { token } = await session();
    const { body: sent } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('A bed?') });
    const [cheaper] = await deps.catalog.byIds('pets', [2]);
    const price = { amount: 19_900, currency: 'ILS' };
    const source = {
      name: 'test',
      async *products() {
        yield { ...cheaper!, price: { min: price, max: price } };
      },
    };
    await syncCatalog({ storage: deps.storage, shop: 'pets', source, signal: AbortSignal.timeout(5_000) });
    const list = await api<{ threads: ThreadSummary[] }>('GET', '/api/threads', { token });
    expect(list.body.threads).toMatchObject([{ thread_id: sent.thread_id, title: 'A bed?' }]);
    const { body } = await api<Thread>('GET', `/api/threads/${sent.thread_id}`, { token });
    expect(body).toMatchObject({
      active_turn_id: null,
      messages: [
        { role: 'user', parts: [{ type: 'text', content: 'A bed?' }] },
        {
          role: 'assistant',
          finish: 'stop',
          parts: [
            { type: 'products', data: [{ id: 2, price: { min: { amount: 19_900 } } }] },
            { type: 'text', content: 'This bed.' },
          ],
        },
      ],
    });
  });

  test('offer the suggestions of their last message only, also to who keeps a copy', async () => {
    const { api, session } = await serveProxy(
      [suggesting('This bed.', 'Is it washable?'), suggesting('Yes.', 'At 60 degrees?')],
      SUGGESTING,
    );
    const { token } = await session();
    const { body: sent } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('A bed?') });
    const path = `/api/threads/${sent.thread_id}`;
    const ends = async () => {
      const [shown, kept] = [
        await api<Thread>('GET', path, { token }),
        await api<ThreadExport>('GET', `${path}/export`, { token }),
      ];
      const [inThread, inCopy] = [shown.body.messages, kept.body.thread.messages].map((all) =>
        all.map(({ parts }) => parts.at(-1)?.type),
      );
      expect(inCopy).toEqual(inThread);
      return inThread;
    };
    expect(await ends()).toEqual(['text', 'suggestions']);
    await api('POST', '/api/chat', { token, json: message('Washable?', { thread_id: sent.thread_id }) });
    expect(await ends()).toEqual(['text', 'text', 'text', 'suggestions']);
  });

  test("of others look like threads that aren't there", async () => {
    const { api, session } = await serveProxy([answer('Hi')]);
    const owner = await session();
    const { body } = await api<ChatResponse>('POST', '/api/chat', { token: owner.token, json: message('Mine') });
    const path = `/api/threads/${body.thread_id}`;
    const answers = [];
    for (const shop of ['pets', 'books']) {
      const { token } = await session(shop);
      const { headers: _, ...foreign } = await api('GET', path, { token });
      const { headers: __, ...missing } = await api('GET', '/api/threads/thr_none', { token });
      answers.push(foreign, missing);
      const chat = await api('POST', '/api/chat', { token, json: message('Hi', { thread_id: body.thread_id }) });
      expect(chat).toMatchObject({ status: 404, body: { error: { code: 'thread_not_found' } } });
    }
    expect(new Set(answers.map((entry) => JSON.stringify(entry))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { error: { code: 'thread_not_found' } } });
  });
});

describe('bad input', () => {
  const chat = '/api/chat/stream';
  test.each([
    ['an empty message', 'POST', chat, { json: message('  \n ') }, 400, 'message_empty'],
    ['a message too long', 'POST', chat, { json: message('x'.repeat(4_001)) }, 400, 'message_too_long'],
    [
      'a body that is not JSON',
      'POST',
      chat,
      { body: '{"message":', headers: { 'content-type': 'application/json' } },
      400,
      'invalid_json',
    ],
    ['a body with fields missing', 'POST', chat, { json: { message: 'Hi' } }, 400, 'invalid_request'],
    ['a message that is no text', 'POST', chat, { json: message(7 as unknown as string) }, 400, 'invalid_request'],
    [
      'another content type',
      'POST',
      chat,
      { body: 'message=Hi', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    ['no content type', 'POST', chat, { body: 'Hi' }, 415, 'unsupported_media_type'],
    ['a body too large', 'POST', chat, { json: message('x'.repeat(300_000)) }, 413, 'body_too_large'],
    ['an unknown thread', 'POST', chat, { json: message('Hi', { thread_id: 'thr_none' }) }, 404, 'thread_not_found'],
    ['a wrong method', 'GET', chat, {}, 405, 'method_not_allowed'],
    ['a wrong method on threads', 'POST', '/api/threads', { json: {} }, 405, 'method_not_allowed'],
    ['an unknown turn', 'POST', '/api/turns/trn_none/cancel', {}, 404, 'turn_not_found'],
    ['an unknown path', 'GET', '/api/nothing', {}, 404, 'not_found'],
  ])('%s is refused and nothing is written', async (_, method, path, options, status, code) => {
    const { api, session, openai } = await serveProxy([]);
    const { token } = await session();
    const refused = await api(method, path, { token, ...options });
    expect(refused).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(/\w{3}/) } } });
    expect(refused.headers.get('vary')).toBe('Origin');
    expect((await api<{ threads: unknown[] }>('GET', '/api/threads', { token })).body.threads).toEqual([]);
    expect(openai.requests).toEqual([]);
  });

  test('says how long a message may be', async () => {
    const { api, session } = await serveProxy([], { pets: { limits: { ...testShop().limits, messageLength: 10 } } });
    const { token } = await session();
    const { body } = await api('POST', chat, { token, json: message('x'.repeat(11)) });
    expect(body).toMatchObject({ error: { message: 'The message has 11 characters; at most 10 are taken.' } });
  });

  test('takes a locale that makes no sense for none', async () => {
    const { api, session } = await serveProxy([answer('Hi')]);
    const { token } = await session();
    expect(await api('POST', '/api/chat', { token, json: message('Hi', { locale: 'not a locale' }) })).toMatchObject({
      status: 200,
    });
  });
});

describe('GET /api/health', () => {
  test('answers without a token, and without a call of the model', async () => {
    const { api, openai } = await serveProxy([]);
    expect(await api('GET', '/api/health')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        missing_vars: [],
        checks: {
          storage: { status: 'ok' },
          catalogue: { status: 'ok', products: 6, synced_at: expect.stringMatching(/Z$/) },
          documents: { status: 'ok', documents: 0, failed: 0 },
          disk: { status: 'ok' },
          model: { status: 'configured' },
          shops: { status: 'ok', shops: 2, outdated: [] },
        },
      },
    });
    expect(openai.requests).toEqual([]);
  });

  test('tells which model is not asked at the moment and which one will end, and stays 200', async () => {
    const { api, deps } = await serveProxy([]);
    const since = Date.UTC(2026, 10, 21);
    deps.models.circuits = () => [{ model: 'gpt-6-luna', state: 'open', since, lastError: 'model_quota' }];
    deps.models.warnings = () => [{ model: 'gpt-5', kind: 'shutdown', date: '2026-12-11' }];
    const { status, body } = await api<{ checks: { model: unknown } }>('GET', '/api/health');
    expect(status).toBe(200);
    expect(body.checks.model).toEqual({
      status: 'degraded',
      circuits: [{ model: 'gpt-6-luna', state: 'open', since: '2026-11-21T00:00:00.000Z', last_error: 'model_quota' }],
      warnings: [{ model: 'gpt-5', kind: 'shutdown', date: '2026-12-11' }],
    });
  });
});
