/** Who is in at the desk, with a proxy that says what each test wants. */
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Door } from '../../desk/door.ts';

const host = { requestUpdate() {} } as unknown as LitElement;
/** Whom the proxy knows by the cookie. */
let known: { role: string; email: string | null; csrf_token: string } | null;
let isDown: boolean;
let isBegun: boolean;
let left: number;
/** What changes were sent with. */
let tokens: (string | null)[];

beforeEach(() => {
  known = { role: 'owner', email: 'dana@pets.example', csrf_token: 'one' };
  isDown = isBegun = false;
  left = 0;
  tokens = [];
  vi.stubGlobal('fetch', async (url: string, { method, headers }: RequestInit) => {
    if (isDown) throw new TypeError('Failed to fetch');
    if (!known) return Response.json({ error: { code: 'unauthorized', message: 'Log in.' } }, { status: 401 });
    if (method !== 'GET') {
      const token = new Headers(headers).get('x-csrf-token');
      tokens.push(token);
      if (token !== known.csrf_token)
        return Response.json(
          { error: { code: 'origin_not_allowed', message: 'Send the csrf_token.' } },
          { status: 403 },
        );
    }
    return Response.json(url.endsWith('/session') ? known : { shops: [] });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function door(): Promise<Door> {
  const door = new Door(host, {
    begun: () => isBegun,
    entered: async () => {},
    left: () => (left += 1),
    held: () => {},
    say: () => {},
  });
  await door.start();
  expect(door.state.at).toBe('in');
  return door;
}

async function end(door: Door): Promise<void> {
  known = null;
  // Both of a page's requests, in words for who sits there.
  const refused = { status: 401, message: expect.stringMatching(/^Your login had ended/) };
  await Promise.all(['/overview', '/gaps'].map((path) => expect(door.api.ask(path)).rejects.toMatchObject(refused)));
}

test('a login that ends takes what was seen along, and asks for the same way in', async () => {
  const one = await door();
  await end(one);
  expect(one.state).toMatchObject({ at: 'out', way: 'account', notice: expect.stringMatching(/has ended/) });
  expect(left).toBe(1);
});

test('what is begun waits for the same person, with a new token for changes', async () => {
  const one = await door();
  isBegun = true;
  await end(one);
  expect(one.state).toMatchObject({ at: 'held', notice: expect.stringMatching(/still here/) });
  known = { role: 'owner', email: 'dana@pets.example', csrf_token: 'two' };
  await one.loggedIn();
  expect(one.state.at).toBe('in');
  expect([one.api.csrf, left]).toEqual(['two', 0]);
});

test('nobody else gets to see it', async () => {
  const one = await door();
  isBegun = true;
  await end(one);
  known = { role: 'owner', email: 'eve@books.example', csrf_token: 'two' };
  await one.loggedIn();
  expect([one.session?.email, left]).toEqual(['eve@books.example', 1]);
});

test('a proxy that does not answer loses nothing of it either', async () => {
  const one = await door();
  isBegun = true;
  await end(one);
  isDown = true;
  await one.loggedIn();
  expect(one.state).toMatchObject({ at: 'held', notice: expect.stringMatching(/did not answer/) });
  expect(left).toBe(0);
});

test('goes on with the login that the same person has opened in another tab, and sends what was refused once more', async () => {
  const one = await door();
  known = { role: 'owner', email: 'dana@pets.example', csrf_token: 'two' };
  await Promise.all([one.api.ask('/gaps', { method: 'PUT' }), one.api.ask('/sync', { method: 'POST' })]);
  expect(tokens).toEqual(['one', 'one', 'two', 'two']);
  expect([one.state.at, one.api.csrf]).toEqual(['in', 'two']);
});

test('somebody else who has logged in in another tab changes nothing here, and gets nothing of it', async () => {
  const one = await door();
  isBegun = true;
  known = { role: 'owner', email: 'eve@books.example', csrf_token: 'two' };
  await expect(one.api.ask('/gaps', { method: 'PUT' })).rejects.toMatchObject({ status: 403 });
  expect([one.state.at, tokens]).toEqual(['held', ['one']]);
  await one.loggedIn();
  expect([one.session?.email, left]).toEqual(['eve@books.example', 1]);
});

test('a token that is refused though it is the right one is sent no more', async () => {
  const one = await door();
  const refused = { error: { code: 'origin_not_allowed', message: 'Only the pages of this proxy.' } };
  const usual = fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
    init.method === 'GET' ? usual(url, init) : (tokens.push('one'), Response.json(refused, { status: 403 })),
  );
  await expect(one.api.ask('/gaps', { method: 'PUT' })).rejects.toMatchObject({ status: 403 });
  expect([one.state.at, tokens.length]).toEqual(['in', 1]);
});
