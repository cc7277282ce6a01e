/** Who is in at the desk, with a proxy that says what each test wants. */
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Door } from '../../desk/door.ts';

const host = { requestUpdate() {} } as unknown as LitElement;
/** Whom the proxy knows by the cookie. */
let known: { role: string; email: string | null; csrf_token: string } | null;
let isDown: boolean;
let isUnsaved: boolean;
let left: number;

beforeEach(() => {
  known = { role: 'owner', email: 'dana@pets.example', csrf_token: 'one' };
  isDown = isUnsaved = false;
  left = 0;
  vi.stubGlobal('fetch', async (url: string) => {
    if (isDown) throw new TypeError('Failed to fetch');
    if (!known) return Response.json({ error: { code: 'unauthorized', message: 'Log in.' } }, { status: 401 });
    return Response.json(url.endsWith('/session') ? known : { shops: [] });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function door(): Promise<Door> {
  const door = new Door(host, {
    unsaved: () => isUnsaved,
    entered: async () => {},
    left: () => (left += 1),
    say: () => {},
  });
  await door.start();
  expect(door.state.at).toBe('in');
  return door;
}

async function end(door: Door): Promise<void> {
  known = null;
  await expect(door.api.ask('/overview')).rejects.toMatchObject({ status: 401 });
}

test('a login that ends takes what was seen along, and asks for the same way in', async () => {
  const one = await door();
  await end(one);
  expect(one.state).toMatchObject({ at: 'out', way: 'account', notice: expect.stringMatching(/has ended/) });
  expect(left).toBe(1);
});

test('what is unsaved waits for the same person, with a new token for changes', async () => {
  const one = await door();
  isUnsaved = true;
  await end(one);
  expect(one.state).toMatchObject({ at: 'held', notice: expect.stringMatching(/still here/) });
  known = { role: 'owner', email: 'dana@pets.example', csrf_token: 'two' };
  await one.loggedIn();
  expect(one.state.at).toBe('in');
  expect([one.api.csrf, left]).toEqual(['two', 0]);
});

test('nobody else gets to see it', async () => {
  const one = await door();
  isUnsaved = true;
  await end(one);
  known = { role: 'owner', email: 'eve@books.example', csrf_token: 'two' };
  await one.loggedIn();
  expect([one.session?.email, left]).toEqual(['eve@books.example', 1]);
});

test('a proxy that does not answer loses nothing of it either', async () => {
  const one = await door();
  isUnsaved = true;
  await end(one);
  isDown = true;
  await one.loggedIn();
  expect(one.state).toMatchObject({ at: 'held', notice: expect.stringMatching(/did not answer/) });
  expect(left).toBe(0);
});
