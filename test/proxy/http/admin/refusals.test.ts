/** Who must not: asked of every route of the desk that /openapi.json knows, so that a new one is asked too. */
import { describe, expect, test } from 'vitest';
import { deskRoutes, type ApiDocument } from '../../../fixtures/desk-routes.ts';
import { request } from '../request.ts';
import { adminToken, serveDesk } from './desk.ts';

type Desk = Awaited<ReturnType<typeof serveDesk>>;

/** Every route for who is logged in, with the examples of its description, about the shop `books`. */
async function routesOf(desk: Desk) {
  const { body } = await desk.api<ApiDocument>('GET', '/openapi.json');
  return deskRoutes(body, 'books').map((route) => ({ ...route, url: route.url.replace(/^\/api\/admin/, '') }));
}

describe('every route of the desk', () => {
  test('is closed to who is not logged in, whatever they send instead', async () => {
    const desk = await serveDesk();
    const { token } = await desk.session();
    for (const { name, method, url, sent } of await routesOf(desk)) {
      const without: Record<string, string>[] = [
        {},
        { authorization: 'Bearer ' },
        { authorization: `Bearer ${adminToken}x` },
        { authorization: `Basic ${Buffer.from(`admin:${adminToken}`).toString('base64')}` },
        { authorization: `Bearer ${token}` },
        { cookie: `__Host-shopclerk_admin=${adminToken}` },
        { cookie: `__Host-shopclerk_admin=${'A'.repeat(43)}` },
        { 'x-csrf-token': 'x', 'x-forwarded-user': 'operator' },
      ];
      const asked = without.map(async (headers) => {
        const call = desk.browser();
        const { status, body } = await call(method, url, { ...sent, headers: { ...sent?.headers, ...headers } });
        expect({ name, headers, status, body }).toMatchObject({
          status: 401,
          body: { error: { code: 'unauthorized' } },
        });
      });
      await Promise.all(asked);
    }
  });

  test('is closed to the owner of another shop, as if it were not there', async () => {
    const desk = await serveDesk();
    const { call } = await desk.owner(['pets']);
    const routes = (await routesOf(desk)).filter(({ ofShop, name }) => ofShop && name !== 'POST /api/admin/documents');
    expect(routes.length).toBeGreaterThan(5);
    for (const { name, method, url, sent } of routes) {
      const { status } = await call(method, url, { ...sent });
      expect({ name, status }).toEqual({ name, status: 404 });
    }
    const added = await call('POST', '/documents?shop=books&name=a.md', { body: 'x' });
    expect(added.status).toBe(404);
    const noted = (await desk.operator<{ entries: { shop: string }[] }>('GET', '/audit')).body.entries;
    expect(noted.filter(({ shop }) => shop === 'books')).toEqual([]);
  });

  test('takes no change without the token of its page, nor from another page', async () => {
    const desk = await serveDesk();
    const { cookie, session } = await desk.logIn({ token: adminToken });
    const other = await desk.logIn({ token: adminToken });
    const csrf = session.csrf_token!;
    const own = { 'sec-fetch-site': 'same-origin', origin: desk.url, 'x-csrf-token': csrf };
    const { host } = new URL(desk.url);
    const wrong: Record<string, string>[] = [
      { ...own, 'x-csrf-token': '' },
      { ...own, 'x-csrf-token': other.session.csrf_token! },
      { ...own, origin: 'https://evil.example' },
      { ...own, origin: 'null' },
      { ...own, origin: `http://${host}.evil.example` },
      { ...own, origin: 'https://pets.example' },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site' },
      { ...own, 'sec-fetch-site': 'none' },
      { 'x-csrf-token': csrf },
    ];
    const changes = (await routesOf(desk)).filter(({ method }) => method !== 'GET');
    for (const { name, method, url, sent } of changes) {
      const asked = wrong.map(async (headers) => {
        const answer = await request(
          `${desk.url}/api/admin${url}`,
          { method, headers: { cookie, ...sent?.headers, ...headers } },
          sent?.body,
        );
        expect({ name, headers, status: answer.status }).toEqual({ name, headers, status: 403 });
      });
      await Promise.all(asked);
    }
    expect((await desk.browser(cookie, csrf)('GET', '/session')).status).toBe(200);
  });

  test('is read by no page elsewhere, and tells no page that it may', async () => {
    const desk = await serveDesk();
    const { cookie } = await desk.logIn({ token: adminToken });
    for (const origin of ['https://pets.example', 'https://evil.example', 'null']) {
      const headers = { cookie, origin, 'sec-fetch-site': 'cross-site' };
      const read = await request(`${desk.url}/api/admin/shops`, { headers });
      expect(read.status).toBe(403);
      const asked = {
        origin,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'x-csrf-token',
      };
      const preflight = await request(`${desk.url}/api/admin/shops`, { method: 'OPTIONS', headers: asked });
      for (const answer of [read, preflight]) {
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
        expect(answer.headers['x-frame-options']).toBe('DENY');
        expect(answer.headers['cache-control']).toBe('no-store');
      }
    }
  });

  test('takes no form, no text and no broken JSON', async () => {
    const desk = await serveDesk();
    const post = (type: string, body: string) =>
      desk.operator('POST', '/accounts', { body, headers: { 'content-type': type } });
    const json = JSON.stringify({ email: 'a@pets.example', shops: ['pets'] });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json', '*/*']) {
      expect((await post(type, json)).body, type).toMatchObject({ error: { code: 'unsupported_media_type' } });
    }
    expect((await post('application/json', `${json}x`)).body).toMatchObject({ error: { code: 'invalid_json' } });
    expect((await post('application/json', '['.repeat(50))).body).toMatchObject({ error: { code: 'invalid_request' } });
    expect((await post('application/json', `"${'x'.repeat(300_000)}"`)).status).toBe(413);
    expect((await desk.operator('PUT', '/accounts')).headers.get('allow')).toBe('GET, POST');
  });
});
