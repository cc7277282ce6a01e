import { describe, expect, test } from 'vitest';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createSessionTokens, type Visitor } from '../../../proxy/http/session-token.ts';

const OLD = 'the secret of last year, long enough to sign';
const NEW = 'the secret of this year, long enough to sign';
const anna: Visitor = { shop: 'pets', visitorId: 'vis_anna', identified: false, consent: true };
const member: Visitor = { shop: 'pets', visitorId: 'vis_id_member', identified: true, consent: false };
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Tokens of a proxy with these secrets, at a time that the test moves. */
function at(clock: { now: number }, ...secrets: string[]) {
  return createSessionTokens({ secrets, now: () => clock.now });
}
const noon = () => ({ now: Date.parse('2026-11-21T12:00:00Z') });

describe('a token', () => {
  test.each([anna, member])('says again for whom it was made: %o', async (visitor) => {
    const tokens = at(noon(), NEW);
    expect(await tokens.verify((await tokens.issue(visitor)).token)).toEqual(visitor);
  });

  test('lasts an hour, or as long as the word of the shop if that is less', async () => {
    const clock = noon();
    const tokens = at(clock, NEW);
    const long = await tokens.issue(member, new Date(clock.now + DAY));
    const short = await tokens.issue(member, new Date(clock.now + 60_000));
    expect(long.expiresAt.getTime() - clock.now).toBe(HOUR);
    expect(short.expiresAt.getTime() - clock.now).toBe(60_000);
    clock.now += 60_000;
    expect(await tokens.verify(long.token)).toEqual(member);
    expect(await tokens.verify(short.token)).toBeUndefined();
  });

  test('of an anonymous visitor is renewed for thirty days after it ran out', async () => {
    const clock = noon();
    const tokens = at(clock, NEW);
    const { token, expiresAt } = await tokens.issue(anna);
    expect(await tokens.renewable(token)).toEqual(anna);
    clock.now = expiresAt.getTime() + 30 * DAY - 1_000;
    expect(await tokens.verify(token)).toBeUndefined();
    expect(await tokens.renewable(token)).toEqual(anna);
    clock.now += 1_000;
    expect(await tokens.renewable(token)).toBeUndefined();
  });

  test('of who has signed in is never renewed, not even while it is valid', async () => {
    const clock = noon();
    const tokens = at(clock, NEW);
    const { token } = await tokens.issue(member);
    expect(await tokens.renewable(token)).toBeUndefined();
    clock.now += 2 * HOUR;
    expect(await tokens.renewable(token)).toBeUndefined();
  });

  test.each([
    ['signed with the secret by another name', (token: string) => token.replace(/^[^.]+/, header({ alg: 'HS256' }))],
    ['changed by a letter', (token: string) => token.slice(0, -2) + (token.endsWith('A') ? 'BB' : 'AA')],
    ['with another payload', (token: string) => token.replace(/\.[^.]+\./, `.${header({ sub: 'vis_bob' })}.`)],
    ['cut off', (token: string) => token.slice(0, -10)],
    ['of no words', () => ''],
  ])('%s is none', async (_, change) => {
    const tokens = at(noon(), NEW);
    const { token } = await tokens.issue(anna);
    expect(await tokens.verify(change(token))).toBeUndefined();
    expect(await tokens.renewable(change(token))).toBeUndefined();
  });

  test.each([
    ['without a signature', async () => new UnsecuredJWT({}).setIssuer('shop-clerk').setAudience('pets').encode()],
    ['of another issuer', () => signed({ iss: 'somebody', aud: 'pets', sub: 'vis_anna' })],
    ['for several shops', () => signed({ iss: 'shop-clerk', aud: ['pets', 'books'], sub: 'vis_anna' })],
    ['for nobody', () => signed({ iss: 'shop-clerk', aud: 'pets' })],
    ['for ever', () => signed({ iss: 'shop-clerk', aud: 'pets', sub: 'vis_anna' }, false)],
  ])('%s is none', async (_, make) => {
    expect(await at(noon(), NEW).verify(await make())).toBeUndefined();
  });
});

describe('a new secret in front', () => {
  test('logs nobody out: tokens of the old one hold, and are renewed under the new one', async () => {
    const clock = noon();
    const { token } = await at(clock, OLD).issue(anna);
    const rotated = at(clock, NEW, OLD);
    expect(await rotated.verify(token)).toEqual(anna);
    const renewed = await rotated.issue((await rotated.renewable(token))!);
    expect(await at(clock, NEW).verify(renewed.token)).toEqual(anna);
    expect(await at(clock, OLD).verify(renewed.token)).toBeUndefined();
  });

  test('with the old one taken away refuses what that one had signed', async () => {
    const clock = noon();
    const { token } = await at(clock, OLD).issue(anna);
    expect(await at(clock, NEW).verify(token)).toBeUndefined();
    expect(await at(clock, NEW).renewable(token)).toBeUndefined();
  });
});

test('without a secret there are no tokens', () => {
  expect(() => at(noon())).toThrow('at least one secret');
});

function header(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token by the right key and name, with other words in it. */
async function signed(claims: Record<string, unknown>, ends = true): Promise<string> {
  const { token } = await at(noon(), NEW).issue(anna);
  const { kid } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string };
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid });
  if (ends) jwt.setExpirationTime(new Date(noon().now + HOUR));
  return jwt.sign(Buffer.from(NEW));
}

describe('a preview token', () => {
  const shown = { draft: 'drf_1', login: 'ses_1' };

  test('says for half an hour what it shows, and who asked for it', async () => {
    const clock = noon();
    const tokens = at(clock, NEW);
    const { token, expiresAt } = await tokens.issuePreview({ shop: 'pets', ...shown });
    expect(await tokens.verifyPreview(token)).toEqual({ shop: 'pets', ...shown, expiresAt });
    clock.now += HOUR / 2 - 1_000;
    expect(await tokens.verifyPreview(token)).toMatchObject(shown);
    clock.now += 1_000;
    expect(await tokens.verifyPreview(token)).toBeUndefined();
  });

  test('is no visitor’s, and a visitor’s is no preview', async () => {
    const tokens = at(noon(), NEW);
    const { token } = await tokens.issuePreview({ shop: 'pets', ...shown });
    expect([await tokens.verify(token), await tokens.renewable(token)]).toEqual([undefined, undefined]);
    expect(await tokens.verifyPreview((await tokens.issue(anna)).token)).toBeUndefined();
    const previewing = (await tokens.issue({ ...anna, preview: shown })).token;
    expect(await tokens.verifyPreview(previewing)).toBeUndefined();
    expect(await tokens.renewable(previewing)).toBeUndefined();
  });

  test('of other hands, or changed on its way, shows nothing', async () => {
    const { token } = await at(noon(), OLD).issuePreview({ shop: 'pets', ...shown });
    const tokens = at(noon(), NEW);
    const [head, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ aud: 'books', sub: 'served', exp: 9e9 })).toString('base64url');
    for (const odd of [token, `${head}.${payload}.${signature}`, `${head}.${payload}.`, '', 'a.b.c'])
      expect(await tokens.verifyPreview(odd)).toBeUndefined();
  });
});
