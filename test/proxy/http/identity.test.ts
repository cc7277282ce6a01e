import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';
import { verifyIdentity } from '../../../proxy/http/identity.ts';
import type { ShopIdentity } from '../../../proxy/shops/types.ts';
import { testShop } from '../../fixtures/shops.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECRET = createSecretKey(Buffer.from('the secret that the shop and we share'));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const shared: ShopIdentity = { key: SECRET, algorithms: ['HS256'] };
const published: ShopIdentity = { key: rsa.publicKey, algorithms: ['RS256'] };
const strict: ShopIdentity = { ...shared, issuer: 'https://pets.example', audience: 'shop-clerk' };

const at = (seconds: number) => NOW / 1000 + seconds;
const good: JWTPayload = { sub: 'customer-7', exp: at(300) };
const sign = (claims: JWTPayload, key: Parameters<SignJWT['sign']>[0] = SECRET, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
const verify = (identity: ShopIdentity | null, jwt: string) => verifyIdentity(testShop({ identity }), jwt, NOW);

describe('who has signed in is known from', () => {
  test.each([
    ['the shared secret', shared, sign(good)],
    ['the public key', published, sign(good, rsa.privateKey, 'RS256')],
    ['issuer and audience', strict, sign({ ...good, iss: 'https://pets.example', aud: ['x', 'shop-clerk'] })],
    ['a clock that goes a little fast', shared, sign({ ...good, nbf: at(4), iat: at(4) })],
    ['a token that lasts a day', shared, sign({ ...good, exp: at(86_400) })],
  ])('%s', async (_, identity, jwt) => {
    expect(await verify(identity, await jwt)).toMatchObject({ subject: 'customer-7' });
  });

  test('a token until it ends', async () => {
    expect((await verify(shared, await sign(good))).expiresAt).toEqual(new Date(NOW + 300_000));
  });
});

describe('refused, and the developer told why, is', () => {
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  test.each([
    ['a shop without a key', null, sign(good), 'there is no "identity" in shops/demo.json'],
    ['a token without a signature', shared, new UnsecuredJWT(good).encode(), 'it must be signed with HS256'],
    ['another algorithm', shared, sign(good, SECRET, 'HS384'), 'it must be signed with HS256'],
    [
      'the public key taken for a shared secret',
      published,
      sign(good, Buffer.from(pem), 'HS256'),
      'it must be signed with RS256',
    ],
    ['a key of another kind', published, sign(good, ec.privateKey, 'ES256'), 'it must be signed with RS256'],
    ["a foreign shop's secret", shared, sign(good, Buffer.from('the secret of the shop next door, yes')), 'signature'],
    ['an old token', shared, sign({ ...good, exp: at(-60) }), 'it has expired'],
    ['a token for tomorrow', shared, sign({ ...good, nbf: at(60) }), 'its "nbf" is not'],
    ['a token for ever', shared, sign({ sub: 'x' }), 'it has no "exp"'],
    ['a token for weeks', shared, sign({ ...good, exp: at(8 * 86_400) }), '24 hours'],
    ['a token for nobody', shared, sign({ exp: at(60) }), 'it has no "sub"'],
    ['an empty name', shared, sign({ ...good, sub: '' }), '1 to 200 characters'],
    ['a very long name', shared, sign({ ...good, sub: 'x'.repeat(201) }), '1 to 200 characters'],
    ['a name that is a number', shared, sign({ ...good, sub: 7 as unknown as string }), '"sub"'],
    ['another issuer', strict, sign({ ...good, iss: 'https://evil.example', aud: 'shop-clerk' }), 'its "iss" is not'],
    ['no audience', strict, sign({ ...good, iss: 'https://pets.example' }), 'it has no "aud"'],
    ['what is no token', shared, 'nonsense', 'it is no signed JWT'],
    ['three dots', shared, '...', 'it is no signed JWT'],
  ])('%s', async (_, identity, jwt, why) => {
    const token = await jwt;
    const refused: unknown = await verify(identity, token).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'identity_invalid', status: 403, message: expect.stringContaining(why) });
    if (token.length > 20) expect((refused as Error).message).not.toContain(token.slice(0, 20));
  });
});
