import { describe, expect, test } from 'vitest';
import { answer } from '../../fakes/fake-openai.ts';
import { request, type RawAnswer } from './request.ts';
import { message, serveProxy } from './served.ts';

const json = { 'content-type': 'application/json' };

/** One answer of every kind that the proxy gives. */
async function everyAnswer(headers: Record<string, string> = {}, options: Parameters<typeof serveProxy>[1] = {}) {
  const { url, session } = await serveProxy([answer('Hi')], options);
  const auth = { ...headers, authorization: `Bearer ${(await session()).token}` };
  const chat = { method: 'POST', headers: { ...auth, ...json } };
  const answers: [string, RawAnswer][] = [
    ['health', await request(`${url}/api/health`, { headers })],
    ['settings', await request(`${url}/api/shops/pets`, { headers })],
    ['a stream', await request(`${url}/api/chat/stream`, chat, JSON.stringify(message('Hi')))],
    ['an export', await request(`${url}/api/visitor`, { headers: auth })],
    ['no content', await request(`${url}/api/visitor`, { method: 'DELETE', headers: auth })],
    ['401', await request(`${url}/api/threads`, { headers })],
    ['404', await request(`${url}/api/threads/thr_none`, { headers: auth })],
    ['404 outside the API', await request(`${url}/nothing`, { headers })],
    ['405', await request(`${url}/api/session`, { headers })],
    [
      '413',
      await request(`${url}/api/session`, { method: 'POST', headers: { ...headers, ...json } }, 'x'.repeat(300_000)),
    ],
    ['415', await request(`${url}/api/session`, { method: 'POST', headers }, 'x')],
    ['a preflight', await request(`${url}/api/chat`, { method: 'OPTIONS', headers })],
    ['a redirect', await request(`${url}/`, { headers })],
    ['a page', await request(`${url}/demo/`, { headers })],
    ['a picture', await request(`${url}/demo/pictures/101.svg`, { headers })],
    ['a missing picture', await request(`${url}/demo/pictures/999.svg`, { headers })],
    ['a missing part of the widget', await request(`${url}/widget/none.js`, { headers })],
  ];
  return answers;
}

test('every answer says that it depends on the origin, and what browsers must not do with it', async () => {
  for (const headers of [{}, { origin: 'https://pets.example' }, { origin: 'https://evil.example' }]) {
    for (const [name, { headers: got }] of await everyAnswer(headers)) {
      expect(got.vary, name).toMatch(/^Origin\b/);
      expect(got, name).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': expect.stringMatching(/^(no-referrer|strict-origin-when-cross-origin)$/),
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'$/),
        'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
      });
      expect(got, name).not.toHaveProperty('server');
      expect(got, name).not.toHaveProperty('x-powered-by');
      expect(got, name).not.toHaveProperty('strict-transport-security');
    }
  }
});

test('the answers have the status that they are here for', async () => {
  const answers = await everyAnswer();
  expect(answers.map(([, { status }]) => status)).toEqual([
    200, 200, 200, 200, 204, 401, 404, 404, 405, 413, 415, 204, 302, 200, 200, 404, 404,
  ]);
});

test('other sites may load the widget and the pictures of its cards, and nothing else', async () => {
  const shared = (await everyAnswer())
    .filter(([, { headers }]) => headers['cross-origin-resource-policy'] === 'cross-origin')
    .map(([name]) => name);
  expect(shared).toEqual(['a picture', 'a missing picture', 'a missing part of the widget']);
});

describe('browsers are told to insist on TLS', () => {
  test.each([
    ['when a trusted proxy says that the shopper came that way', ['loopback'], 'https', 'max-age=31536000'],
    ['but not when the shopper came without', ['loopback'], 'http', undefined],
    ['but not when somebody untrusted says so', [], 'https', undefined],
  ])('%s', async (_, trustProxy, proto, expected) => {
    for (const [name, { headers }] of await everyAnswer({ 'x-forwarded-proto': proto }, { trustProxy })) {
      expect(headers['strict-transport-security'], name).toBe(expected);
    }
  });
});

test('the address alone says what it is, where there is no demo store', async () => {
  const { url } = await serveProxy([], { demo: false });
  expect(await request(`${url}/`)).toMatchObject({ status: 200, body: expect.stringContaining('/api/health') });
  expect(await request(`${url}/demo/`)).toMatchObject({ status: 404 });
});
