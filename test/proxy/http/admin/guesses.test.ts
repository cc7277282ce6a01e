import { describe, expect, test } from 'vitest';
import { adminToken, password, serveDesk } from './desk.ts';

const MINUTE = 60_000;

async function underAttack() {
  let at = Date.parse('2026-11-21T08:00:00Z');
  const desk = await serveDesk({ now: () => at, trustProxy: ['loopback'] });
  const owner = await desk.owner();
  let addresses = 0;
  /** @returns the status, from an address that nobody has had before unless one is given */
  async function logIn(how: object, address = `203.0.113.${++addresses}`) {
    const { status, headers } = await desk.browser()('POST', '/session', {
      json: how,
      headers: { 'x-forwarded-for': address },
    });
    return { status, retryAfter: Number(headers.get('retry-after')) };
  }
  const wrong = { email: owner.email, password: 'not that at all' };
  const right = { email: owner.email, password };
  return { desk, owner, logIn, wrong, right, pass: (ms: number) => void (at += ms) };
}

describe('wrong logins', () => {
  test('lock an account for a quarter of an hour, from however many addresses, and leave open logins alone', async () => {
    const { logIn, owner, wrong, right, pass, desk } = await underAttack();
    for (let tries = 0; tries < 9; tries++) expect((await logIn(wrong)).status).toBe(401);
    expect((await logIn(right)).status).toBe(200);
    for (let tries = 0; tries < 10; tries++) expect((await logIn(wrong)).status).toBe(401);
    expect(await logIn(right)).toEqual({ status: 429, retryAfter: 15 * 60 });
    expect((await owner.call('GET', '/session')).status).toBe(200);
    expect((await desk.operator('GET', '/accounts')).body).toMatchObject({ accounts: [{ status: 'locked' }] });
    pass(15 * MINUTE - 1);
    expect((await logIn(right)).status).toBe(429);
    pass(1);
    expect((await logIn(right)).status).toBe(200);
  });

  test('by strangers do not lock an owner out where they have logged in before, where guesses end as well', async () => {
    const { logIn, wrong, right, pass } = await underAttack();
    const home = '198.51.100.9';
    expect((await logIn(right, home)).status).toBe(200);
    for (let tries = 0; tries < 10; tries++) expect((await logIn(wrong)).status).toBe(401);
    expect((await logIn(right)).status).toBe(429);
    expect((await logIn(right, home)).status).toBe(200);
    expect((await logIn(right)).status).toBe(429);
    for (let tries = 0; tries < 10; tries++) expect((await logIn(wrong, home)).status).toBe(401);
    expect((await logIn(right, home)).status).toBe(429);
    pass(15 * MINUTE);
    expect((await logIn(right, home)).status).toBe(200);
    pass(60 * 24 * 60 * MINUTE);
    for (let tries = 0; tries < 10; tries++) expect((await logIn(wrong)).status).toBe(401);
    expect((await logIn(right, home)).status).toBe(429);
  });

  test('count before they are looked at: of sixty at once ten are heard', async () => {
    const { logIn, wrong } = await underAttack();
    const all = await Promise.all(Array.from({ length: 60 }, () => logIn(wrong)));
    const heard = all.filter(({ status }) => status !== 429);
    expect(heard).toHaveLength(10);
    expect(heard.every(({ status }) => status === 401 || status === 503)).toBe(true);
  });

  test('lock an address that tries many accounts, or the token, and nobody else', async () => {
    const { logIn, right } = await underAttack();
    const address = '198.51.100.7';
    for (let tries = 0; tries < 10; tries++) {
      const guess = { email: `owner${tries}@pets.example`, password: 'not that at all' };
      expect((await logIn(guess, address)).status).toBe(401);
      expect((await logIn({ token: `${adminToken}${tries}` }, address)).status).toBe(401);
    }
    expect((await logIn({ token: adminToken }, address)).status).toBe(429);
    expect((await logIn(right, address)).status).toBe(429);
    expect((await logIn({ token: adminToken })).status).toBe(200);
    expect((await logIn(right)).status).toBe(200);
  });

  test('are not washed away by logging in to an account of one’s own', async () => {
    const { logIn, right } = await underAttack();
    const address = '198.51.100.7';
    const statuses: number[] = [];
    for (let tries = 0; tries < 25; tries++) {
      const guess = { email: `owner${tries}@pets.example`, password: 'not that at all' };
      statuses.push((await logIn(guess, address)).status);
      await logIn(right, address);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  });
});
