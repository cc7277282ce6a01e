import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { ChatResponse, SessionResponse, ShopSettings, ThreadSummary } from '../../../proxy/protocol/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { testShop, UNLIMITED } from '../../fixtures/shops.ts';
import { message, serveProxy, type Served } from './served.ts';

const KEY = createSecretKey(Buffer.from('the secret that the shop and we share'));
const identity = { key: KEY, algorithms: ['HS256'] };
const noon = Date.parse('2026-11-21T12:00:00Z');
const HOUR = 60 * 60 * 1000;

/** What the shop's page says of who has signed in. */
const wordOf = (sub: string, expiresAt = Date.now() + 600_000) =>
  new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(new Date(expiresAt)).sign(KEY);

const open = (served: Served, json: object, token?: string) =>
  served.api<SessionResponse>('POST', '/api/session', {
    json: { shop: 'pets', ...json },
    ...(token !== undefined && { token }),
  });

async function threadsOf({ api }: Served, token: string) {
  const { body } = await api<{ threads: ThreadSummary[] }>('GET', '/api/threads', { token });
  return body.threads;
}

const say = (served: Served, token: string, text = 'Hello') =>
  served.api<ChatResponse>('POST', '/api/chat', { token, json: message(text) });

describe('GET /api/shops/:slug', () => {
  test('tells without a token what the panel is drawn with, and nothing else of the shop', async () => {
    const { api } = await serveProxy([], {
      pets: {
        prompt: 'a secret recipe',
        theme: { accent: '#112233', colorScheme: 'dark', looks: {} },
        privacy: { consent: true, disclosure: false, policyUrl: 'https://pets.example/privacy', mask: [] },
        contact: { email: 'help@pets.example' },
        identity,
      },
    });
    const { status, headers, body } = await api<ShopSettings>('GET', '/api/shops/pets');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      slug: 'pets',
      name: 'pets',
      locale: 'en',
      greeting: { en: 'Hello' },
      prompts: {},
      accent: '#112233',
      color_scheme: 'dark',
      consent: true,
      disclosure: false,
      privacy_url: 'https://pets.example/privacy',
      contact: { email: 'help@pets.example' },
      cart: 'none',
      max_message_length: 4_000,
      demo_model: false,
    });
  });

  test('knows no shop that is not there', async () => {
    const { api } = await serveProxy([]);
    for (const slug of ['nobody', '__proto__', 'constructor', '%00']) {
      expect(await api('GET', `/api/shops/${slug}`)).toMatchObject({
        status: 404,
        body: { error: { code: 'shop_not_found' } },
      });
    }
  });
});

describe('consent', () => {
  const privacy = { consent: true, disclosure: true, mask: [] };

  test('is asked for before there is a visitor, and is remembered by the token', async () => {
    const served = await serveProxy([], { pets: { privacy } });
    for (const json of [{}, { consent: false }]) {
      expect(await open(served, json)).toMatchObject({ status: 403, body: { error: { code: 'consent_required' } } });
    }
    const agreed = await open(served, { consent: true });
    expect(agreed.status).toBe(200);
    expect(await open(served, {}, agreed.body.token)).toMatchObject({ status: 200 });
    expect(await threadsOf(served, agreed.body.token)).toEqual([]);
  });

  test('is asked of those who came before the shop demanded it', async () => {
    const served = await serveProxy([], { pets: { privacy } });
    const before = { shop: 'pets', visitorId: 'vis_early', identified: false, consent: false };
    const { token } = await served.deps.tokens.issue(before);
    expect(await served.api('GET', '/api/threads', { token })).toMatchObject({
      status: 403,
      body: { error: { code: 'consent_required' } },
    });
    expect(await open(served, {}, token)).toMatchObject({ status: 403 });
  });

  test('of one shop says nothing to another', async () => {
    const served = await serveProxy([], { pets: { privacy } });
    const books = await served.deps.tokens.issue({
      shop: 'books',
      visitorId: 'vis_x',
      identified: false,
      consent: true,
    });
    expect(await open(served, {}, books.token)).toMatchObject({ status: 403 });
  });

  test('goes with who signs in, but not on to the next at the same browser', async () => {
    const served = await serveProxy([], { pets: { privacy, identity } });
    const anonymous = await open(served, { consent: true });
    const anna = await open(served, { identity: await wordOf('anna') }, anonymous.body.token);
    expect(anna.status).toBe(200);
    expect(await open(served, { identity: await wordOf('anna') }, anna.body.token)).toMatchObject({ status: 200 });
    expect(await open(served, { identity: await wordOf('bob') }, anna.body.token)).toMatchObject({ status: 403 });
    expect(await open(served, {}, anna.body.token)).toMatchObject({ status: 403 });
  });
});

describe('who signs in', () => {
  test('is another visitor than before, and the same one everywhere', async () => {
    const served = await serveProxy(() => answer('Hi'), { pets: { identity } });
    const anonymous = await open(served, {});
    await say(served, anonymous.body.token);
    const here = await open(served, { identity: await wordOf('anna') }, anonymous.body.token);
    expect(await threadsOf(served, here.body.token)).toEqual([]);
    await say(served, here.body.token, 'From here');
    const elsewhere = await open(served, { identity: await wordOf('anna') });
    expect(await threadsOf(served, elsewhere.body.token)).toMatchObject([{ title: 'From here' }]);
    const bob = await open(served, { identity: await wordOf('bob') });
    expect(await threadsOf(served, bob.body.token)).toEqual([]);
  });

  test('has an id that says nothing of the name, and that no anonymous visitor can have', async () => {
    const served = await serveProxy([], { pets: { identity } });
    const { body } = await open(served, { identity: await wordOf('anna@example.com') });
    const visitor = await served.deps.tokens.verify(body.token);
    expect(visitor).toMatchObject({ visitorId: expect.stringMatching(/^vis_id_[\w-]{22}$/), identified: true });
    expect(served.deps.createVisitorId()).toMatch(/^vis_[\w-]{22}$/);
  });

  test('is not renewed without a new word of the shop: who comes without is nobody they know', async () => {
    const served = await serveProxy(() => answer('Hi'), { pets: { identity } });
    const anna = await open(served, { identity: await wordOf('anna') });
    await say(served, anna.body.token);
    const next = await open(served, {}, anna.body.token);
    expect(await threadsOf(served, next.body.token)).toEqual([]);
    expect(await served.deps.tokens.verify(next.body.token)).toMatchObject({ identified: false });
  });

  test('stays no longer than the shop said', async () => {
    const clock = { now: noon };
    const served = await serveProxy([], { pets: { identity }, now: () => clock.now });
    const { body } = await open(served, { identity: await wordOf('anna', noon + 60_000) });
    expect(body.expires_at).toBe('2026-11-21T12:01:00.000Z');
    clock.now += 61_000;
    expect(await served.api('GET', '/api/threads', { token: body.token })).toMatchObject({ status: 401 });
  });

  test('is refused where the shop has no key, also when it had one', async () => {
    const served = await serveProxy([]);
    const refused = await open(served, { identity: await wordOf('anna') });
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { code: 'identity_invalid', message: expect.stringContaining('shops/pets.json') } },
    });
    const anna = { shop: 'pets', visitorId: 'vis_id_anna', identified: true, consent: false };
    const { token } = await served.deps.tokens.issue(anna);
    expect(await served.api('GET', '/api/threads', { token })).toMatchObject({ status: 401 });
  });

  test('by a word that is no good gets no token, and does not read it back', async () => {
    const served = await serveProxy([], { pets: { identity } });
    const forged = await new SignJWT({ sub: 'anna' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(Buffer.from('another secret of another shop, long'));
    for (const word of [forged, '', 'x', 'x'.repeat(9_000)]) {
      const { status, body } = await open(served, { identity: word });
      expect([400, 403]).toContain(status);
      expect(body).not.toHaveProperty('token');
      expect(JSON.stringify(body)).not.toContain(forged.split('.')[1]);
    }
  });
});

describe('keys that change', () => {
  test('log nobody out while the old one is there, and everybody when it is gone', async () => {
    const [old, young] = ['the secret of last year, long enough', 'the secret of this year, long enough'];
    const before = await serveProxy([], { secrets: [old] });
    const { token } = await before.session();
    const during = await serveProxy([], { secrets: [young, old] });
    expect(await threadsOf(during, token)).toEqual([]);
    const renewed = (await open(during, {}, token)).body.token;
    const after = await serveProxy([], { secrets: [young] });
    expect(await threadsOf(after, renewed)).toEqual([]);
    expect(await after.api('GET', '/api/threads', { token })).toMatchObject({ status: 401 });
  });
});

const LIMITED = { ...testShop().limits, address: { ...UNLIMITED, messagesPerMinute: 10 } };

describe('new sessions of one address', () => {
  test('are counted, and refused with the time to wait; who has one may renew it', async () => {
    const served = await serveProxy([], { pets: { limits: LIMITED } });
    const statuses = [];
    for (let i = 0; i < 31; i++) statuses.push((await open(served, {})).status);
    expect(statuses).toEqual([...Array<number>(30).fill(200), 429]);
    const refused = await open(served, {});
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryable: true } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const visitor = { shop: 'pets', visitorId: 'vis_here', identified: false, consent: false };
    const { token } = await served.deps.tokens.issue(visitor);
    expect(await open(served, {}, token)).toMatchObject({ status: 200 });
  });

  test('are not those of whoever writes another X-Forwarded-For, unless a trusted proxy wrote it', async () => {
    const from = (served: Served, address: string) =>
      served.api('POST', '/api/session', { json: { shop: 'pets' }, headers: { 'x-forwarded-for': address } });
    for (const [trustProxy, last] of [
      [[], 429],
      [['loopback'], 200],
    ] as const) {
      const served = await serveProxy([], { trustProxy, pets: { limits: LIMITED } });
      for (let i = 0; i < 30; i++) await from(served, `203.0.113.${i}`);
      expect(await from(served, '203.0.113.99')).toMatchObject({ status: last });
    }
  });
});

test('a token runs out after an hour, and is renewed for the same visitor', async () => {
  const clock = { now: noon };
  const served = await serveProxy(() => answer('Hi'), { now: () => clock.now });
  const { token } = await served.session();
  await say(served, token);
  clock.now += HOUR;
  expect(await served.api('GET', '/api/threads', { token })).toMatchObject({ status: 401 });
  const renewed = await open(served, {}, token);
  expect(await threadsOf(served, renewed.body.token)).toHaveLength(1);
});
