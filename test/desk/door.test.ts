/** Who is in at the desk, with a proxy that says what each test wants. */
import type { LitElement, ReactiveController } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Door } from '../../desk/door.ts';
import { OtherTabs } from '../../desk/other-tabs.ts';

/** What listens for other tabs, until the test is over. */
const controllers: ReactiveController[] = [];
const host = {
  requestUpdate() {},
  addController(controller: ReactiveController) {
    controllers.push(controller);
    controller.hostConnected?.();
  },
} as unknown as LitElement;
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
  for (const controller of controllers.splice(0)) controller.hostDisconnected?.();
  vi.unstubAllGlobals();
});

async function door({ begun = () => isBegun } = {}): Promise<Door> {
  const door = new Door(host, {
    begun,
    entered: async () => {},
    left: () => (left += 1),
    held: () => {},
    say: () => {},
  });
  await door.start();
  expect(door.state.at).toBe(known ? 'in' : 'out');
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

/** Two tabs of one browser; in the other one nothing is begun. */
async function tabs(): Promise<[Door, Door]> {
  return [await door(), await door({ begun: () => false })];
}

const dana = { role: 'owner', email: 'dana@pets.example', csrf_token: 'two' };
const eve = { role: 'owner', email: 'eve@books.example', csrf_token: 'two' };

test('who logs out is out in every tab at once, and nothing of theirs stays', async () => {
  const [here, other] = await tabs();
  const logOut = other.logOut();
  known = null;
  await logOut;
  await vi.waitFor(() => expect(here.state).toMatchObject({ at: 'out', notice: expect.stringMatching(/has ended/) }));
  expect([here.session, left]).toEqual([null, 2]);
});

test('what is begun waits for a login in any tab, and is gone on with at once', async () => {
  const [here, other] = await tabs();
  isBegun = true;
  await end(other);
  await vi.waitFor(() => expect(here.state.at).toBe('held'));
  known = dana;
  await other.loggedIn();
  await vi.waitFor(() => expect([here.state.at, here.api.csrf]).toEqual(['in', 'two']));
  expect(left).toBe(1);
});

test('a new login of the same person changes nothing here but the token', async () => {
  const [here, other] = await tabs();
  known = dana;
  await other.loggedIn();
  await vi.waitFor(() => expect(here.api.csrf).toBe('two'));
  expect([here.state.at, left]).toEqual(['in', 0]);
});

test('the desk of whoever logs in elsewhere takes the place of the former one at once', async () => {
  const [here, other] = await tabs();
  known = eve;
  await other.loggedIn();
  await vi.waitFor(() => expect(here.session?.email).toBe(eve.email));
  expect([here.state.at, here.api.csrf, left]).toEqual(['in', 'two', 1]);
});

test('what is begun is hidden from them, and waits', async () => {
  const [here, other] = await tabs();
  isBegun = true;
  known = eve;
  await other.loggedIn();
  await vi.waitFor(() => expect(here.state.at).toBe('held'));
  expect(left).toBe(0);
  known = dana;
  await other.loggedIn();
  await vi.waitFor(() => expect(here.state.at).toBe('in'));
  expect([here.session?.email, left]).toEqual([dana.email, 0]);
});

test('a tab that asks for a login opens with one of another tab, but not over an invitation', async () => {
  known = null;
  const [here, invited, other] = [await door({ begun: () => false }), await door({ begun: () => true }), await door()];
  known = dana;
  await other.loggedIn();
  await vi.waitFor(() => expect(here.state.at).toBe('in'));
  expect(invited.state.at).toBe('out');
});

test('another tab’s word without an answer of the proxy changes nothing', async () => {
  const here = await door();
  const asked = vi.fn<typeof fetch>(async () => Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('fetch', asked);
  new OtherTabs(host, () => {}).tell();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  expect(here.state.at).toBe('in');
});
