import { describe, expect, test } from 'vitest';
import type {
  ClientToolEvent,
  ProductsResponse,
  StartedTurn,
  Thread,
  TurnEvents,
} from '../../../proxy/protocol/index.ts';
import { answer, toolCall } from '../../fakes/fake-openai.ts';
import { frames, message, serveProxy } from './served.ts';

const cart = { tools: ['show_products', 'add_to_cart'], cart: { kind: 'event' as const } };
const json = { accept: 'application/json' };

/**
 * A turn that waits for the page to put two beds into the cart.
 * @param told until then the model says nothing of it
 */
async function waiting(told: Promise<void> = Promise.resolve()) {
  const replies = [
    toolCall('show_products', { product_ids: [2], title: null, why: null }),
    toolCall('add_to_cart', { product_id: 2, variant_id: null, quantity: 2 }),
    answer('There you are.'),
  ];
  async function script(_: unknown, index: number) {
    if (index === 2) await told;
    return replies[index]!;
  }
  const served = await serveProxy(script, { pets: cart });
  const { token } = await served.session();
  const { body } = await served.api<StartedTurn>('POST', '/api/chat/stream', {
    token,
    headers: json,
    json: message('Add it'),
  });
  const path = `/api/turns/${body.turn_id}`;
  let act: ClientToolEvent | undefined;
  const seen: TurnEvents['events'] = [];
  while (!act) {
    const polled = await served.api<TurnEvents>('GET', `${path}/events?after=${seen.length}&wait=2`, {
      token,
      headers: json,
    });
    seen.push(...polled.body.events);
    act = seen.map(({ event }) => event).find((event) => event.type === 'client_tool');
  }
  const post = (result: unknown, options: { token?: string; call_id?: string } = {}) =>
    served.api('POST', `${path}/tool-results`, {
      token: options.token ?? token,
      json: { call_id: options.call_id ?? act.call_id, result },
    });
  return { ...served, token, act, path, post, threadId: body.thread_id };
}

describe('POST /api/turns/:id/tool-results', () => {
  test('takes an outcome once, lets the answer go on, and keeps it in the thread', async () => {
    const told = Promise.withResolvers<void>();
    const { api, token, act, path, post, threadId } = await waiting(told.promise);
    expect((await post({ ok: true })).status).toBe(204);
    expect(await post({ ok: true })).toMatchObject({ status: 409, body: { error: { code: 'tool_call_settled' } } });
    told.resolve();
    const stream = await api<string>('GET', `${path}/events`, { token });
    expect(frames(stream.body).at(-1)!.event).toMatchObject({ type: 'done', finish: 'stop' });
    const { body } = await api<Thread>('GET', `/api/threads/${threadId}`, { token });
    expect(body.messages[1]!.parts).toMatchObject([
      { type: 'products' },
      { type: 'cart', call_id: act.call_id, outcome: { ok: true }, arguments: { product: { id: 2 }, quantity: 2 } },
      { type: 'text', content: 'There you are.' },
    ]);
  });

  test('is for the shopper whose turn it is, and for calls that were made', async () => {
    const { session, post, act } = await waiting();
    for (const shop of ['pets', 'books']) {
      const { token } = await session(shop);
      expect(await post({ ok: true }, { token })).toMatchObject({
        status: 404,
        body: { error: { code: 'turn_not_found' } },
      });
    }
    expect(await post({ ok: true }, { call_id: 'act_other' })).toMatchObject({
      status: 404,
      body: { error: { code: 'tool_call_not_found' } },
    });
    expect((await post({ ok: false, code: 'declined' }, { call_id: act.call_id })).status).toBe(204);
  });

  test.each([
    ['no outcome', {}],
    ['an outcome that there is not', { ok: false, code: 'bored' }],
    ['a cart that is none', { ok: true, cart: { count: -1, items: [] } }],
    [
      'a price that is none',
      { ok: true, cart: { count: 1, items: [{ title: 'x', quantity: 1, price: { amount: 1.5, currency: 'ILS' } }] } },
    ],
    [
      'a cart without end',
      { ok: true, cart: { count: 1, items: Array.from({ length: 51 }, () => ({ title: 'x', quantity: 1 })) } },
    ],
  ])('refuses %s', async (_, result) => {
    const { post } = await waiting();
    expect(await post(result)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    expect((await post({ ok: true })).status).toBe(204);
  });
});

describe('GET /api/products', () => {
  test('gives the cards of today, in the order asked for, without those that are gone', async () => {
    const { api, session } = await serveProxy([]);
    const { token } = await session();
    const { status, headers, body } = await api<ProductsResponse>('GET', '/api/products?ids=3,99,1,3', { token });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.products).toMatchObject([
      { id: 3, availability: 'out_of_stock' },
      { id: 1, title: 'Puppy food' },
    ]);
    expect(body.products[0]).not.toHaveProperty('description');
  });

  test.each([
    '',
    '?ids=',
    '?ids=1,x',
    '?ids=-1',
    '?ids=1.5',
    `?ids=${Array.from({ length: 51 }, (_, id) => id).join()}`,
  ])('refuses %s', async (query) => {
    const { api, session } = await serveProxy([]);
    const { token } = await session();
    const refused = await api('GET', `/api/products${query}`, { token });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  test('is for visitors with a token', async () => {
    const { api } = await serveProxy([]);
    expect((await api('GET', '/api/products?ids=1')).status).toBe(401);
  });
});
