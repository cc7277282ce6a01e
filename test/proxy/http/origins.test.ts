import { describe, expect, test } from 'vitest';
import { answer } from '../../fakes/fake-openai.ts';
import { request } from './request.ts';
import { frames, message, serveProxy } from './served.ts';

const ALLOWED = 'https://pets.example';
const json = { 'content-type': 'application/json' };
const open = (url: string, headers: Record<string, string>) =>
  request(`${url}/api/session`, { method: 'POST', headers: { ...json, ...headers } }, '{"shop":"pets"}');

describe('a page that the shop named', () => {
  test('may ask, before and for real', async () => {
    const { url } = await serveProxy([]);
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const preflight = await request(`${url}/api/threads/thr_x`, {
        method: 'OPTIONS',
        headers: { origin: ALLOWED, 'access-control-request-method': method },
      });
      expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': ALLOWED } });
      expect(preflight.headers['access-control-allow-methods']).toContain(method);
      expect(preflight.headers['access-control-allow-headers']).toMatch(/Authorization.*Last-Event-ID/);
      expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials');
    }
    expect(await open(url, { origin: ALLOWED })).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': ALLOWED, 'access-control-expose-headers': 'Retry-After' },
    });
  });

  test('can read the stream itself, and what went wrong', async () => {
    const { url, session } = await serveProxy([answer('Hi')]);
    const headers = { ...json, authorization: `Bearer ${(await session()).token}`, origin: ALLOWED };
    const stream = await request(`${url}/api/chat/stream`, { method: 'POST', headers }, JSON.stringify(message('Hi')));
    expect(stream.headers['access-control-allow-origin']).toBe(ALLOWED);
    expect(frames(stream.body).at(-1)!.event.type).toBe('done');
    for (const path of ['/api/threads/thr_none', '/api/nothing']) {
      const missing = await request(url + path, { headers });
      expect(missing).toMatchObject({ status: 404, headers: { 'access-control-allow-origin': ALLOWED } });
    }
  });
});

describe('refused is', () => {
  test.each([
    'https://evil.example',
    'https://books.example',
    'https://pets.example.evil.example',
    'https://evilpets.example',
    'https://www.pets.example',
    'http://pets.example',
    'https://pets.example:443',
    'https://pets.example:8443',
    'https://pets.example.',
    'https://pets.example/',
    'HTTPS://PETS.EXAMPLE',
    'https://Pets.example',
    'https://user@pets.example',
    'https://pets.example@evil.example',
    'https://pets.example, https://evil.example',
    'https://xn--pts-bma.example',
    'file://',
    'null',
    '',
  ])('the origin "%s", with the setting to change', async (origin) => {
    const { url, session, openai } = await serveProxy([]);
    const { token } = await session();
    const answers = [
      await open(url, { origin }),
      await request(`${url}/api/shops/pets`, { headers: { origin } }),
      await request(`${url}/api/threads`, { headers: { origin, authorization: `Bearer ${token}` } }),
      await request(
        `${url}/api/chat`,
        { method: 'POST', headers: { ...json, origin, authorization: `Bearer ${token}` } },
        JSON.stringify(message('Hi')),
      ),
    ];
    for (const { status, headers, body } of answers) {
      expect(status).toBe(403);
      expect(headers.vary).toBe('Origin');
      // The neighbour's page may learn that it was refused, and nothing else.
      if (origin !== 'https://books.example') expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(JSON.parse(body)).toEqual({
        error: {
          code: 'origin_not_allowed',
          message: `${origin} may not use this shop's assistant. Add "${origin}" to "origins" in shops/pets.json.`,
          retryable: false,
        },
      });
    }
    expect(openai.requests).toEqual([]);
  });

  test('whoever stands in a shop that is set in the environment, with the name of the variable', async () => {
    const { url } = await serveProxy([], { pets: { settings: 'the environment' } });
    const { body } = await open(url, { origin: 'https://evil.example' });
    expect(body).toContain('Add it to SHOP_ORIGINS in the environment.');
  });
});

describe("the proxy's own pages", () => {
  test('always may ask, by either scheme', async () => {
    const { url } = await serveProxy([]);
    const { host } = new URL(url);
    for (const origin of [`http://${host}`, `https://${host}`])
      expect(await open(url, { origin })).toMatchObject({ status: 200 });
  });

  test('are not those that only look like it', async () => {
    const { url } = await serveProxy([]);
    const { host, hostname } = new URL(url);
    for (const origin of [
      `http://x@${host}`,
      `http://${hostname}`,
      `ftp://${host}`,
      `http://${host}/`,
      `http://${host}.`,
    ]) {
      expect(await open(url, { origin }), origin).toMatchObject({ status: 403 });
    }
  });
});
