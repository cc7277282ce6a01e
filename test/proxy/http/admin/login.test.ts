import { describe, expect, test } from 'vitest';
import type { DeskSession, DeskSessions, InvitedAccount } from '../../../../proxy/protocol/admin/index.ts';
import { request } from '../request.ts';
import { adminToken, password, serveDesk } from './desk.ts';

const HOUR = 60 * 60_000;
const MINUTE = 60_000;

/** A clock that tests move. */
function clock() {
  let at = Date.parse('2026-11-21T08:00:00Z');
  return { now: () => at, pass: (ms: number) => void (at += ms) };
}

describe('logging in at the desk', () => {
  test('gives the operator a cookie that no other page can read, plant or send', async () => {
    const desk = await serveDesk();
    const { set, session, call } = await desk.logIn({ token: adminToken });
    const [pair, ...flags] = set.split('; ');
    expect(pair).toMatch(/^__Host-shopclerk_admin=[\w-]{43}$/);
    expect(flags.filter((flag) => !flag.startsWith('Expires=')).toSorted()).toEqual([
      'HttpOnly',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ]);
    expect(session).toMatchObject({ role: 'operator', email: null, shops: ['pets', 'books'] });
    const who = await call<DeskSession>('GET', '/session');
    expect(who.body).toEqual(session);
    expect(who.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(session)).not.toContain(pair!.split('=')[1]);
  });

  test('lets an owner in by a password, to the shops of the account and no others', async () => {
    const desk = await serveDesk();
    const { call, session } = await desk.owner(['pets']);
    expect(session).toMatchObject({ role: 'owner', email: 'dana@pets.example', shops: ['pets'] });
    expect((await call('GET', '/shops')).body).toEqual({ shops: [{ slug: 'pets', name: 'pets', locale: 'en' }] });
    expect((await call('GET', '/documents?shop=pets')).status).toBe(200);
    const foreign = await call('GET', '/documents?shop=books');
    const none = await call('GET', '/documents?shop=nowhere');
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(JSON.stringify(foreign.body).replace('books', 'nowhere')).toBe(JSON.stringify(none.body));
    expect((await call('GET', '/accounts')).status).toBe(404);
  });

  test('takes an address in capitals and with blanks, and says the same of a wrong password and of nobody', async () => {
    const desk = await serveDesk();
    await desk.owner();
    expect((await desk.logIn({ email: ' DANA@Pets.example ', password })).session.email).toBe('dana@pets.example');
    const guess = (email: string) =>
      desk.browser()('POST', '/session', { json: { email, password: 'not that at all' } });
    const [wrong, nobody] = [await guess('dana@pets.example'), await guess('nobody@pets.example')];
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(nobody.body);
    expect((await desk.browser()('POST', '/session', { json: { token: `${adminToken}x` } })).status).toBe(401);
  });

  test('ends after twelve hours without a request, and after seven days in any case', async () => {
    const { now, pass } = clock();
    const desk = await serveDesk({ now });
    const { call } = await desk.logIn({ token: adminToken });
    pass(11 * HOUR);
    expect((await call('GET', '/session')).status).toBe(200);
    pass(12 * HOUR - MINUTE);
    expect((await call('GET', '/session')).status).toBe(200);
    pass(12 * HOUR);
    expect((await call('GET', '/session')).status).toBe(401);

    const second = await desk.logIn({ token: adminToken });
    for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
      pass(8 * HOUR);
      expect((await second.call('GET', '/session')).status).toBe(200);
    }
    pass(8 * HOUR);
    expect((await second.call('GET', '/session')).status).toBe(401);
  });

  test('makes a new session each time and ends the one that the browser had', async () => {
    const desk = await serveDesk();
    const first = await desk.logIn({ token: adminToken });
    const second = await desk.logIn({ token: adminToken }, first.cookie);
    expect(second.cookie).not.toBe(first.cookie);
    expect((await first.call('GET', '/session')).status).toBe(401);
    expect((await second.call('GET', '/session')).status).toBe(200);
    // A cookie that somebody planted stays worth nothing.
    const planted = `__Host-shopclerk_admin=${'A'.repeat(43)}`;
    const third = await desk.logIn({ token: adminToken }, planted);
    expect(third.cookie).not.toBe(planted);
    expect((await desk.browser(planted)('GET', '/session')).status).toBe(401);
  });

  test('is over at the proxy too once somebody logs out', async () => {
    const desk = await serveDesk();
    const { call, cookie } = await desk.logIn({ token: adminToken });
    const out = await call('DELETE', '/session');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-shopclerk_admin=; Max-Age=0; Path=\/; HttpOnly; Secure/);
    expect((await desk.browser(cookie)('GET', '/session')).status).toBe(401);
  });

  test('lists what is open, and ends what is no longer wanted', async () => {
    const desk = await serveDesk();
    const mine = await desk.owner();
    const elsewhere = await desk.logIn({ email: mine.email, password });
    const operator = await desk.logIn({ token: adminToken });
    const { sessions } = (await mine.call<DeskSessions>('GET', '/sessions')).body;
    expect(sessions.map(({ current, role }) => ({ current, role }))).toEqual([
      { current: false, role: 'owner' },
      { current: true, role: 'owner' },
      // The one that accepting the invitation opened.
      { current: false, role: 'owner' },
    ]);
    const all = (await operator.call<DeskSessions>('GET', '/sessions')).body.sessions;
    expect(all).toHaveLength(4);
    expect((await mine.call('DELETE', `/sessions/${all[0]!.session_id}`)).status).toBe(404);
    expect((await mine.call('DELETE', `/sessions/${sessions[0]!.session_id}`)).status).toBe(204);
    expect((await elsewhere.call('GET', '/session')).status).toBe(401);
    expect((await mine.call('GET', '/session')).status).toBe(200);
  });

  test('says so where a browser would throw the cookie away', async () => {
    const { url } = await serveDesk();
    const from = (origin: string) => {
      const headers = { origin, host: new URL(origin).host, 'content-type': 'application/json' };
      return request(`${url}/api/admin/session`, { method: 'POST', headers }, JSON.stringify({ token: adminToken }));
    };
    for (const origin of ['http://localhost:8787', 'http://[::1]:8787', 'https://desk.example']) {
      expect((await from(origin)).status, origin).toBe(200);
    }
    for (const origin of [
      'http://192.168.1.5:8787',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
    ]) {
      expect(await from(origin), origin).toMatchObject({
        status: 400,
        body: expect.stringContaining('over https only'),
      });
    }
  });
});

describe('accounts', () => {
  test('come by an invitation that sets the password once, within three days', async () => {
    const { now, pass } = clock();
    const desk = await serveDesk({ now });
    const { secret, account } = await desk.invite('Dana@Pets.example', ['pets']);
    expect(account).toMatchObject({ email: 'dana@pets.example', status: 'invited', shops: ['pets'] });
    const accept = (token: string, chosen: string) =>
      desk.browser()('POST', '/invitations/accept', { json: { token, password: chosen } });
    for (const weak of [
      'short',
      'dana@pets.example',
      'aaaaaaaaaaaaaaaa',
      'dana12345678'.slice(0, 9),
      'x'.repeat(201),
    ]) {
      expect((await accept(secret, weak)).status, weak).toBe(400);
    }
    const [one, two] = await Promise.all([accept(secret, password), accept(secret, 'another good password')]);
    expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([200, 400]);
    expect((await accept(secret, password)).status).toBe(400);
    const late = await desk.invite('late@pets.example', ['pets']);
    pass(72 * HOUR);
    expect((await accept(late.secret, password)).status).toBe(400);
  });

  test('are opened by their newest invitation alone, and by none once they are gone', async () => {
    const desk = await serveDesk();
    const first = await desk.invite('dana@pets.example', ['pets']);
    const id = first.account.account_id;
    const accept = async (token: string) =>
      (await desk.browser()('POST', '/invitations/accept', { json: { token, password } })).status;
    const again = await desk.operator<InvitedAccount>('POST', `/accounts/${id}/reset`);
    const second = again.body.invitation.path.split('/').at(-1)!;
    expect(await accept(first.secret)).toBe(400);
    expect(await accept(`${second}x`)).toBe(400);
    // It is for the shops that the account has when it is taken up.
    await desk.operator('PATCH', `/accounts/${id}`, { json: { shops: ['books'] } });
    expect(await accept(second)).toBe(200);
    const { call } = await desk.logIn({ email: 'dana@pets.example', password });
    expect((await call<DeskSession>('GET', '/session')).body.shops).toEqual(['books']);
    const gone = await desk.invite('lea@pets.example', ['pets']);
    await desk.operator('DELETE', `/accounts/${gone.account.account_id}`);
    expect(await accept(gone.secret)).toBe(400);
  });

  test('are refused for an address that has one, for no address and for a shop that is not here', async () => {
    const desk = await serveDesk();
    await desk.invite('dana@pets.example', ['pets']);
    const add = (json: object) => desk.operator('POST', '/accounts', { json });
    expect((await add({ email: 'DANA@pets.example', shops: ['pets'] })).status).toBe(400);
    expect((await add({ email: 'dana', shops: ['pets'] })).status).toBe(400);
    expect((await add({ email: 'lea@pets.example', shops: [] })).status).toBe(400);
    expect((await add({ email: 'lea@pets.example', shops: ['nowhere'] })).status).toBe(404);
    expect((await add({ email: 'lea@pets.example', shops: ['pets'], role: 'operator' })).status).toBe(400);
  });

  test('lose a shop, their password and themselves at once, with all that is open', async () => {
    const desk = await serveDesk();
    const { call, account, email } = await desk.owner(['pets', 'books']);
    const id = account.account_id;
    await desk.operator('PATCH', `/accounts/${id}`, { json: { shops: ['books'] } });
    expect((await call('GET', '/documents?shop=pets')).status).toBe(404);
    expect((await call('GET', '/documents?shop=books')).status).toBe(200);
    const reset = await desk.operator('POST', `/accounts/${id}/reset`);
    expect(reset).toMatchObject({ status: 200, body: { account: { status: 'invited' } } });
    expect((await call('GET', '/session')).status).toBe(401);
    expect((await desk.browser()('POST', '/session', { json: { email, password } })).status).toBe(401);
    expect((await desk.operator('DELETE', `/accounts/${id}`)).status).toBe(204);
    expect((await desk.operator('DELETE', `/accounts/${id}`)).status).toBe(404);
    expect((await desk.operator('GET', '/accounts')).body).toEqual({ accounts: [] });
  });

  test('change their own password, which ends every other login', async () => {
    const desk = await serveDesk();
    const { call, email } = await desk.owner();
    const elsewhere = await desk.logIn({ email, password });
    const next = 'quite another password';
    const change = (current: string) =>
      call('PUT', '/password', { json: { current_password: current, password: next } });
    expect((await change('not that at all')).status).toBe(400);
    const changed = await change(password);
    expect(changed.status).toBe(200);
    expect((await elsewhere.call('GET', '/session')).status).toBe(401);
    expect((await call('GET', '/session')).status).toBe(401);
    const cookie = changed.headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await desk.browser(cookie)('GET', '/session')).status).toBe(200);
    expect((await desk.browser()('POST', '/session', { json: { email, password } })).status).toBe(401);
    expect((await desk.logIn({ email, password: next })).session.email).toBe(email);
  });
});
