import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { createSessionTokens } from '../../../proxy/http/session-token.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { Clerk, SESSION_SECRET } from '../clerk.ts';
import { thinned, type Findings, type GroupOptions } from '../findings.ts';
import { ADMIN_TOKEN, ownersRoutes, WEBHOOK_SECRET } from './owners-routes.ts';

const PETS_IDENTITY = 'the-identity-secret-of-pets-93ab47d0';
const BOOKS_IDENTITY = 'the-identity-secret-of-books-0d74ba39';
const HOUR_MS = 3_600_000;
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

type Headers = Record<string, string>;

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const secret = (text: string) => Buffer.from(text);
const subjectOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}') as JWTPayload).sub;

/** Whatever isn't a visitor's token of this proxy, or a word of the visitor's own shop, opens nothing. */
export async function badTokens(findings: Findings, { size }: GroupOptions): Promise<void> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await using clerk = await Clerk.open({
    shops: {
      pets: {
        identity: { secret: 'env:PETS_IDENTITY', issuer: 'pets' },
        contact: { form: true },
        catalog: { type: 'file', file: '../pets-catalog.json', webhook_secret: 'env:PETS_WEBHOOK' },
      },
      books: { identity: { secret: 'env:BOOKS_IDENTITY', issuer: 'pets' } },
      vip: { identity: { public_key: pem } },
      plain: {},
    },
    env: { PETS_IDENTITY, BOOKS_IDENTITY, ADMIN_TOKEN, PETS_WEBHOOK: WEBHOOK_SECRET },
    model: () => answer('Hi'),
  });
  const owner = await clerk.session('pets');
  const { body } = await clerk.chat(owner, 'Hello');
  const paths = [
    `/api/threads/${body.thread_id}`,
    `/api/threads/${body.thread_id}/export`,
    '/api/threads',
    '/api/threads?q=hello',
    `/api/messages/${body.message_id}/feedback`,
    '/api/visitor',
    '/api/turns/trn_none/events',
    '/api/turns/trn_none/cancel',
    '/api/turns/trn_none/tool-results',
    '/api/products?ids=1',
    '/api/contact',
    '/api/chat',
    '/api/chat/stream',
    '/api/no-such-route',
  ];
  const routes = paths.flatMap((path) => VERBS.map((verb) => ({ path, verb })));

  async function onRoutes(routes: readonly { path: string; verb: string }[], name: string, headers: Headers) {
    for (const { path, verb } of routes) {
      const { status } = await clerk.call(verb, path, { headers });
      findings.attempt(`${name}: ${verb} ${path} → ${status}`, status !== 401);
    }
  }

  const forged = await forgedTokens(owner, pem);
  for (const [index, [name, headers]] of Object.entries(forged).entries()) {
    // Of a sample: other routes for each token.
    await onRoutes(thinned([...routes.slice(index), ...routes.slice(0, index)], size, 11), name, headers);
    const renewed = await clerk.call('POST', '/api/session', { headers, json: { shop: 'pets' } });
    const { token = '' } = (renewed.body ?? {}) as { token?: string };
    findings.attempt(`${name}: renewed as the owner`, subjectOf(token) === subjectOf(owner));
  }

  const owners = await ownersRoutes(findings, clerk, owner, forged);
  const identities = await badIdentities(rsa.privateKey, pem, owner);
  for (const [name, shop, identity] of identities) {
    const { status, text } = await clerk.call('POST', '/api/session', { json: { shop, identity } });
    findings.attempt(
      `identity with ${name} → ${status} ${text.slice(0, 60)}`,
      status < 400 || text.includes('"token"'),
    );
  }

  const signedIn = await clerk.session('pets', { identity: await jwt({ exp: seconds(100) }, secret(PETS_IDENTITY)) });
  const works = await clerk.call('GET', '/api/threads', { token: signedIn });
  if (works.status !== 200) throw new Error('A good identity is refused: nothing below would mean anything.');
  await clerk.setClockAhead(200_000);
  await onRoutes(routes, 'an identified token after its end', bearer(signedIn));
  const after = await clerk.call('POST', '/api/session', { headers: bearer(signedIn), json: { shop: 'pets' } });
  const { token = '' } = after.body as { token?: string };
  findings.attempt('an identified token renewed itself', subjectOf(token) === subjectOf(signedIn));

  findings.attempt(
    'something was asked elsewhere for a key',
    clerk.outgoing.some(({ address }) => address !== '127.0.0.1'),
  );
  findings.note = `${Object.keys(forged).length} tokens × ${thinned(routes, size, 11).length} routes, ${identities.length} identities, ${owners} keys for what is the owner's`;
}

async function forgedTokens(good: string, pem: string): Promise<Record<string, Headers>> {
  const [header, payload, signature] = good.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const visitor = { shop: 'pets', visitorId: claims.sub!, identified: false, consent: false };
  const other = createSessionTokens({ secrets: ['the secret of another proxy, quite long'], now: Date.now });
  const past = createSessionTokens({ secrets: [SESSION_SECRET], now: () => Date.now() - 40 * 24 * HOUR_MS });
  const signed = (changes: JWTPayload, key: Buffer = secret(SESSION_SECRET), alg = 'HS256') =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg, kid }).sign(key);
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));
  const lacking = (name: string) =>
    new SignJWT(without(name)).setProtectedHeader({ alg: 'HS256', kid }).sign(secret(SESSION_SECRET));
  return {
    'no token': {},
    'an empty one': { authorization: 'Bearer ' },
    garbage: bearer('garbage'),
    dots: bearer('..'),
    'a long one': bearer('A'.repeat(8_000)),
    'null as text': bearer('null'),
    'basic authorization': { authorization: `Basic ${Buffer.from(`x:${good}`).toString('base64')}` },
    'two tokens': { authorization: `Bearer ${good}, Bearer ${good}` },
    'in another header': { 'x-authorization': `Bearer ${good}`, 'x-access-token': good },
    'in a cookie': { cookie: `token=${good}; session=${good}; Authorization=Bearer ${good}` },
    'alg none': bearer(new UnsecuredJWT(claims).encode()),
    'alg none with a signature': bearer(`${encoded({ alg: 'none', kid })}.${payload}.${signature}`),
    'alg NoNe': bearer(`${encoded({ alg: 'NoNe', kid })}.${payload}.`),
    'alg RS256': bearer(`${encoded({ alg: 'RS256', kid })}.${payload}.${signature}`),
    'signed with a public key': bearer(await signed({}, secret(pem))),
    'alg HS512 with the right secret': bearer(await signed({}, secret(SESSION_SECRET), 'HS512')),
    'another visitor in it': bearer(`${header}.${encoded({ ...claims, sub: 'vis_x' })}.${signature}`),
    'another shop in it': bearer(`${header}.${encoded({ ...claims, aud: 'books' })}.${signature}`),
    'a longer life': bearer(`${header}.${encoded({ ...claims, exp: 4e9 })}.${signature}`),
    'another signature': bearer(`${header}.${payload}.${'A'.repeat(43)}`),
    'a signature cut short': bearer(`${header}.${payload}.${signature.slice(0, 20)}`),
    'no signature': bearer(`${header}.${payload}.`),
    'an unknown key': bearer(`${encoded({ alg: 'HS256', kid: 'x' })}.${payload}.${signature}`),
    'no key': bearer(`${encoded({ alg: 'HS256' })}.${payload}.${signature}`),
    'a key of its own': bearer(`${encoded({ alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } })}.${payload}.${signature}`),
    'the secret of another proxy': bearer((await other.issue(visitor)).token),
    'an empty secret': bearer(await signed({}, Buffer.alloc(32))),
    'long expired': bearer((await past.issue(visitor)).token),
    'valid from tomorrow on': bearer(await signed({ nbf: seconds(86_400) })),
    'issued by somebody else': bearer(await signed({ iss: 'somebody' })),
    'a shop that is not there': bearer(await signed({ aud: 'nowhere', sub: 'vis_a' })),
    'a list of shops': bearer(await signed({ aud: ['pets', 'books'] })),
    'no visitor': bearer(await signed({ sub: '' })),
    'no end': bearer(await lacking('exp')),
    'no shop': bearer(await lacking('aud')),
    'a signed-in visitor of a shop without sign-in': bearer(
      await signed({ aud: 'plain', identified: true, sub: 'vis_id_x' }),
    ),
  };
}

/** Valid for the shop `pets` unless changed. */
async function jwt(changes: Record<string, unknown>, key: Buffer | KeyObject, header: object = {}): Promise<string> {
  const claims = { sub: 'shopper-1', iss: 'pets', exp: seconds(600), ...changes };
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(given).setProtectedHeader({ alg: 'HS256', ...header }).sign(key);
}

async function badIdentities(privateKey: KeyObject, pem: string, session: string): Promise<[string, string, string][]> {
  const pets = secret(PETS_IDENTITY);
  const good = await jwt({}, pets);
  const [header, payload, signature] = good.split('.') as [string, string, string];
  const rest = { sub: 'shopper-1', iss: 'pets', exp: seconds(600) };
  return [
    ['nothing in it', 'pets', ''],
    ['garbage', 'pets', 'garbage'],
    ['an end in the past', 'pets', await jwt({ exp: seconds(-60) }, pets)],
    ['no end', 'pets', await jwt({ exp: undefined }, pets)],
    ['an end in ten years', 'pets', await jwt({ exp: seconds(315_360_000) }, pets)],
    ['an end in a text', 'pets', await jwt({ exp: '4000000000' }, pets).catch(() => 'refused by jose already')],
    [
      'an end beyond numbers',
      'pets',
      `${header}.${Buffer.from('{"sub":"a","iss":"pets","exp":1e309}').toString('base64url')}.${signature}`,
    ],
    ['a beginning tomorrow', 'pets', await jwt({ nbf: seconds(86_400) }, pets)],
    ['an empty subject', 'pets', await jwt({ sub: '' }, pets)],
    ['no subject', 'pets', await jwt({ sub: undefined }, pets)],
    ['a number for a subject', 'pets', await jwt({ sub: 7 }, pets)],
    ['a list for a subject', 'pets', await jwt({ sub: ['a', 'b'] }, pets)],
    ['a subject without end', 'pets', await jwt({ sub: 'a'.repeat(1_000) }, pets)],
    ['another issuer', 'pets', await jwt({ iss: 'evil' }, pets)],
    ['no issuer', 'pets', await jwt({ iss: undefined }, pets)],
    ["the neighbour's secret", 'pets', await jwt({}, secret(BOOKS_IDENTITY))],
    ["a good one of the neighbour's", 'books', good],
    ['a good one of a shop with a public key', 'pets', await jwt({}, privateKey, { alg: 'RS256' })],
    ['a good one for a shop that takes none', 'plain', good],
    ["the proxy's own session secret", 'pets', await jwt({}, secret(SESSION_SECRET))],
    ['a session token', 'pets', session],
    ['alg none', 'pets', new UnsecuredJWT(rest).encode()],
    ['alg none with a signature', 'pets', `${encoded({ alg: 'none' })}.${payload}.${signature}`],
    ['another payload', 'pets', `${header}.${encoded({ ...rest, sub: 'shopper-2' })}.${signature}`],
    ['no signature', 'pets', `${header}.${payload}.`],
    ['the public key as a secret', 'vip', await jwt({}, secret(pem))],
    ['the public key without its last line break as a secret', 'vip', await jwt({}, secret(pem.trim()))],
    [
      'a key of its own',
      'vip',
      await jwt({}, generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey, { alg: 'RS256' }),
    ],
    ['the address of a key', 'vip', await jwt({}, pets, { jku: 'http://169.254.169.254/key.json' })],
    ['the address of a certificate', 'pets', await jwt({}, secret('x'.repeat(32)), { x5u: 'http://evil.example/c' })],
    ['a file for a key', 'pets', await jwt({}, Buffer.alloc(32), { kid: '../../../../dev/null' })],
    ['an extension nobody knows', 'pets', `${encoded({ alg: 'HS256', crit: ['x'], x: 1 })}.${payload}.${signature}`],
    ['two in one', 'pets', `${good} ${good}`],
    ['a signature in the JSON form', 'pets', JSON.stringify({ protected: header, payload, signature })],
  ];
}

function seconds(ahead: number): number {
  return Math.floor(Date.now() / 1_000) + ahead;
}
