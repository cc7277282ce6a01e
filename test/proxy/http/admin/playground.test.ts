import { describe, expect, test } from 'vitest';
import type {
  ConversationPage,
  Overview,
  PlaygroundCost,
  SettingsPreview,
} from '../../../../proxy/protocol/admin/index.ts';
import type { ChatResponse, SessionResponse, ShopSettings } from '../../../../proxy/protocol/index.ts';
import { answer } from '../../../fakes/fake-openai.ts';
import { testShop } from '../../../fixtures/shops.ts';
import { frames, message } from '../served.ts';
import { adminToken, serveDesk } from './desk.ts';

type Desk = Awaited<ReturnType<typeof serveDesk>>;

const script = () => answer('Try the salmon.');

async function withDraft(changes: object = { greeting: { en: 'Hi from the draft' }, prompt: 'Speak like a pirate.' }) {
  const desk = await serveDesk({}, script);
  await desk.operator('PUT', '/settings/draft?shop=pets', { json: { changes } });
  return desk;
}

async function ask({ url }: Desk, json: object, shop = 'pets') {
  const response = await fetch(`${url}/api/admin/playground?shop=${shop}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Food for a puppy?', thread_id: null, ...json }),
  });
  const text = await response.text();
  const events = response.status === 200 ? frames(text).map(({ event }) => event) : [];
  const first = events.find((event) => event.type === 'thread_id');
  return { status: response.status, text, events, threadId: first?.thread_id ?? '', turnId: first?.turn_id ?? '' };
}

const preview = async ({ operator }: Desk) =>
  (await operator<SettingsPreview>('POST', '/settings/preview?shop=pets')).body;

async function figures({ operator }: Desk) {
  const { body } = await operator<Overview>('GET', '/overview?shop=pets');
  const conversations = await operator<ConversationPage>('GET', '/conversations?shop=pets');
  return {
    messages: body.period.figures.messages,
    cost: body.period.figures.cost_micro_usd,
    conversations: conversations.body.conversations.length,
  };
}

describe('the playground', () => {
  test('streams a turn against the draft’s prompt and one against what is served', async () => {
    const desk = await withDraft();
    const draft = await ask(desk, { against: 'draft' });
    const live = await ask(desk, { against: 'live' });
    for (const { events } of [draft, live]) expect(events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    const asked = desk.openai.requests.map(({ body }) => JSON.stringify(body));
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('Speak like a pirate.');
    expect(asked[1]).not.toContain('Speak like a pirate.');
  });

  test('is in no figure, and its cost is counted and marked as the owner’s own', async () => {
    const { models } = testShop();
    const prices = { input: 1_000, cachedInput: 1_000, cacheWrite: 1_000, output: 1_000, source: 'a test' };
    const desk = await serveDesk({ pets: { models: { ...models, default: { ...models.default, prices } } } }, script);
    const { turnId } = await ask(desk, { against: 'live' });
    const after = await figures(desk);
    expect(after).toMatchObject({ messages: 0, conversations: 0 });
    const [call] = await desk.deps.storage.usageOfTurn(turnId);
    expect(call).toMatchObject({ purpose: 'own', outcome: 'ok' });
    const { body: cost } = await desk.operator<PlaygroundCost>('GET', `/playground/turns/${turnId}?shop=pets`);
    expect(cost).toMatchObject({ running: false, calls: 1, models: [call!.model], cost_micro_usd: call!.costMicroUsd });
    expect(call!.costMicroUsd).toBeGreaterThan(0);
    expect(after.cost).toBe(call!.costMicroUsd);
    const { token } = await desk.session();
    await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
    expect(await figures(desk)).toMatchObject({ messages: 1, conversations: 1 });
  });

  test('goes on with its own conversation, and with nobody else’s', async () => {
    const desk = await withDraft();
    const { threadId } = await ask(desk, { against: 'draft' });
    expect((await ask(desk, { against: 'draft', thread_id: threadId })).threadId).toBe(threadId);
    const { token } = await desk.session();
    const shopper = await desk.api<ChatResponse>('POST', '/api/chat', { token, json: message('Hello?') });
    const refused = await ask(desk, { against: 'live', thread_id: shopper.body.thread_id });
    expect(refused).toMatchObject({ status: 404, text: expect.stringContaining('thread_not_found') });
  });

  test('keeps no answer for shoppers, and takes none of theirs', async () => {
    const desk = await serveDesk({ pets: { answerCache: { minutes: 60 } } }, script);
    const { token } = await desk.session();
    await ask(desk, { against: 'live' });
    await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
    await ask(desk, { against: 'live' });
    expect(desk.openai.requests).toHaveLength(3);
  });

  test('without a draft has none to talk to, and another owner none of this shop', async () => {
    const desk = await serveDesk({}, script);
    expect(await ask(desk, { against: 'draft' })).toMatchObject({ status: 404 });
    const { call } = await desk.owner(['books'], 'lea@books.example');
    const json = { message: 'Hi', against: 'live', thread_id: null };
    expect((await call('POST', '/playground?shop=pets', { json })).status).toBe(404);
    expect(desk.openai.requests).toHaveLength(0);
  });
});

describe('the preview', () => {
  test('shows the draft as it is now, to a session of its own', async () => {
    const desk = await withDraft();
    const { token: pass, path } = await preview(desk);
    expect(path).toBe(`/admin/preview.html#shop=pets&preview=${pass}`);
    const json = { shop: 'pets', preview: pass };
    const session = await desk.api<SessionResponse>('POST', '/api/session', { json });
    expect(session.body.shop.greeting).toEqual({ en: 'Hi from the draft' });
    await desk.operator('PUT', '/settings/draft?shop=pets', { json: { changes: { greeting: { en: 'Ahoy' } } } });
    const settings = await desk.api<ShopSettings>('GET', `/api/shops/pets?preview=${pass}`);
    expect(settings.body.greeting).toEqual({ en: 'Ahoy' });
    expect((await desk.session()).shop.greeting).toEqual({ en: 'Hello' });
    const { token } = session.body;
    await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
    expect(await figures(desk)).toMatchObject({ messages: 0, conversations: 0 });
  });

  test('keeps no answer for others', async () => {
    const desk = await withDraft({ answer_cache: { minutes: 60 } });
    const { token: pass } = await preview(desk);
    for (const asked of [1, 2]) {
      const json = { shop: 'pets', preview: pass };
      const { token } = (await desk.api<SessionResponse>('POST', '/api/session', { json })).body;
      await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
      expect(desk.openai.requests).toHaveLength(asked);
    }
  });

  test('sends the people of the shop no message', async () => {
    const desk = await withDraft({ 'contact.form': true });
    const { token: pass } = await preview(desk);
    const json = { shop: 'pets', preview: pass };
    const { token } = (await desk.api<SessionResponse>('POST', '/api/session', { json })).body;
    const sent = { client_message_id: 'client-message-x', name: 'A', email: 'a@b.example', message: 'Hello' };
    expect(await desk.api('POST', '/api/contact', { token, json: sent })).toMatchObject({
      status: 404,
      body: { error: { code: 'contact_off' } },
    });
  });

  test('ends with its draft, and half an hour after it was opened', async () => {
    let now = Date.now();
    const desk = await serveDesk({ now: () => now }, script);
    const draft = () => desk.operator('PUT', '/settings/draft?shop=pets', { json: { changes: { tone: 'warm' } } });
    const open = async (pass: string) =>
      desk.api<SessionResponse>('POST', '/api/session', { json: { shop: 'pets', preview: pass } });
    await draft();
    const first = (await preview(desk)).token;
    const { token } = (await open(first)).body;
    await desk.operator('DELETE', '/settings/draft?shop=pets');
    await draft();
    expect((await open(first)).status).toBe(401);
    expect((await desk.api('GET', '/api/threads', { token })).status).toBe(401);
    const second = (await preview(desk)).token;
    now += 31 * 60_000;
    expect((await open(second)).status).toBe(401);
  });

  test('ends with the login that opened it, and with the shop of its account', async () => {
    const desk = await withDraft();
    const open = async (pass: string) =>
      desk.api<SessionResponse>('POST', '/api/session', { json: { shop: 'pets', preview: pass } });
    const ways: ((login: Awaited<ReturnType<Desk['owner']>>) => Promise<unknown>)[] = [
      ({ call }) => call('DELETE', '/session'),
      ({ account }) => desk.operator('PATCH', `/accounts/${account.account_id}`, { json: { shops: ['books'] } }),
      ({ account }) => desk.operator('DELETE', `/accounts/${account.account_id}`),
    ];
    for (const [index, end] of ways.entries()) {
      const login = await desk.owner(['pets'], `owner${index}@pets.example`);
      const { token: pass } = (await login.call<SettingsPreview>('POST', '/settings/preview?shop=pets')).body;
      const { token } = (await open(pass)).body;
      expect((await desk.api('GET', '/api/threads', { token })).status).toBe(200);
      await end(login);
      expect((await open(pass)).status).toBe(401);
      expect((await desk.api('GET', `/api/shops/pets?preview=${pass}`)).status).toBe(401);
      expect((await desk.api('GET', '/api/threads', { token })).status).toBe(401);
    }
  });

  test('without a draft shows what is served, and is in no figure either', async () => {
    const desk = await serveDesk({}, script);
    const { token: pass } = await preview(desk);
    const json = { shop: 'pets', preview: pass };
    const { token, shop } = (await desk.api<SessionResponse>('POST', '/api/session', { json })).body;
    expect(shop.greeting).toEqual({ en: 'Hello' });
    await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
    expect(await figures(desk)).toMatchObject({ messages: 0, conversations: 0 });
    const headers = { origin: 'https://pets.example' };
    expect((await desk.api('GET', '/api/threads', { token, headers })).status).toBe(403);
  });

  test('and the playground are asked so many times a minute by one login, and no more', async () => {
    const desk = await serveDesk({}, script);
    const { token: pass } = await preview(desk);
    const json = { shop: 'pets', preview: pass };
    const opened = await Promise.all(Array.from({ length: 121 }, () => desk.api('POST', '/api/session', { json })));
    expect(opened.filter(({ status }) => status === 429)).toHaveLength(1);
    const { call } = await desk.owner(['pets']);
    // Too long, so that no answer has to be waited for.
    const question = { message: 'x'.repeat(9_000), against: 'live', thread_id: null };
    const tried = [];
    for (let tries = 0; tries < 31; tries++)
      tried.push(await call('POST', '/playground?shop=pets', { json: question }));
    expect(tried.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 400), 429]);
    expect(Number(tried.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0);
    // Nobody else's minute is used up by it.
    const lea = await desk.owner(['pets'], 'lea@pets.example');
    const hers = (await lea.call<SettingsPreview>('POST', '/settings/preview?shop=pets')).body.token;
    expect((await desk.api('POST', '/api/session', { json: { shop: 'pets', preview: hers } })).status).toBe(200);
    expect((await lea.call('POST', '/playground?shop=pets', { json: question })).status).toBe(400);
  });

  test('is no way in: not for another shop, not on other pages, not as a shopper’s token, nor the other way round', async () => {
    const desk = await withDraft();
    const { token: pass } = await preview(desk);
    const open = (json: object, headers = {}) => desk.api('POST', '/api/session', { json, headers });
    expect((await open({ shop: 'books', preview: pass })).status).toBe(401);
    expect((await open({ shop: 'pets', preview: pass }, { origin: 'https://pets.example' })).status).toBe(403);
    expect((await desk.api('GET', '/api/threads', { token: pass })).status).toBe(401);
    expect((await desk.operator('GET', '/shops', { token: pass })).status).toBe(401);
    const { token } = await desk.session();
    expect((await open({ shop: 'pets', preview: token })).status).toBe(401);
    const [head, body, seal] = pass.split('.');
    expect((await open({ shop: 'pets', preview: `${head}.${body}.${seal!.slice(0, -4)}AAAA` })).status).toBe(401);
  });

  test('of the owner becomes no shopper afterwards', async () => {
    const desk = await withDraft();
    const { token: pass } = await preview(desk);
    const { token } = (
      await desk.api<SessionResponse>('POST', '/api/session', { json: { shop: 'pets', preview: pass } })
    ).body;
    await desk.api('POST', '/api/chat', { token, json: message('Food for a puppy?') });
    const later = await desk.api<SessionResponse>('POST', '/api/session', { token, json: { shop: 'pets' } });
    const { body } = await desk.api<{ threads: unknown[] }>('GET', '/api/threads', { token: later.body.token });
    expect(body.threads).toEqual([]);
  });
});
