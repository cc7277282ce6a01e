import type { Clerk } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';
import { ADMIN_TOKEN, logIn, newAddress, owner, pageHeaders, PASSWORD, tryLogIn } from './desk-people.ts';

const FLAGS = ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'];

/** Guesses, cookies that somebody else has planted, and what the cookie says of itself. */
export async function deskLogins(findings: Findings, clerk: Clerk, size: GroupOptions['size']): Promise<void> {
  // Each guess at a password costs what a login costs; for `npm test`, test/proxy/http/admin has the same with cheap ones.
  if (size === 'all') await guesses(findings, clerk);
  await fixation(findings, clerk);
}

async function guesses(findings: Findings, clerk: Clerk): Promise<void> {
  const email = 'guessed@pets.example';
  const open = await owner(clerk, email, ['pets']);
  const wrong = (address?: string) =>
    tryLogIn(clerk, { email, password: 'not that at all' }, { ...(address !== undefined && { address }) });
  // By many at once, each from an address of its own; those whom nobody had time to hear don't count.
  const atOnce = await Promise.all(Array.from({ length: 40 }, () => wrong()));
  const heard = atOnce.filter(({ status }) => status === 401).length;
  for (let tries = 0; tries < 40; tries++)
    findings.attempt(`guess ${tries} of 40 was heard`, tries < heard && tries >= 10);
  for (let tries = heard; tries < 10; tries++) await wrong();
  for (const password of [PASSWORD, 'not that at all']) {
    const { status } = await tryLogIn(clerk, { email, password });
    findings.attempt(`an account after ten guesses, "${password}" → ${status}`, status !== 429);
  }
  const still = await clerk.call('GET', '/api/admin/session', { headers: pageHeaders(clerk, open) });
  findings.attempt('guesses have ended a login that was open', still.status !== 200);

  const address = newAddress();
  for (let tries = 0; tries < 20; tries++) {
    const { status } = await tryLogIn(clerk, { token: `${ADMIN_TOKEN}${tries}` }, { address });
    findings.attempt(`a wrong admin token → ${status}`, status !== 401);
  }
  const right = await tryLogIn(clerk, { token: ADMIN_TOKEN }, { address });
  findings.attempt(`an address after twenty guesses → ${right.status}`, right.status !== 429);
  // Nothing but the web server says who asks: what it was told by the browser stands before it.
  const invented = await tryLogIn(clerk, { token: ADMIN_TOKEN }, { address: `198.51.100.1, ${address}` });
  findings.attempt(`an address with an invented one before it → ${invented.status}`, invented.status !== 429);

  const nobody = await tryLogIn(clerk, { email: 'nobody@pets.example', password: 'not that at all' });
  const somebody = await tryLogIn(clerk, { email: 'dana@pets.example', password: 'not that at all' });
  findings.attempt('an answer says which accounts there are', nobody.text !== somebody.text);
}

async function fixation(findings: Findings, clerk: Clerk): Promise<void> {
  const planted = `__Host-shopclerk_admin=${'planted'.repeat(6)}x`;
  const answer = await tryLogIn(clerk, { token: ADMIN_TOKEN }, { headers: { cookie: planted } });
  const [set = '', ...more] = answer.headers['set-cookie'] ?? [];
  const cookie = set.split(';')[0]!;
  findings.attempt('a login takes a cookie over that was there', cookie === planted || more.length > 0);
  const isIn = async (cookie: string) =>
    (await clerk.call('GET', '/api/admin/session', { headers: { cookie } })).status === 200;
  findings.attempt('a planted cookie is a login', await isIn(planted));
  if (!(await isIn(cookie))) throw new Error('A login is none: nothing above means anything.');

  findings.attempt(`the cookie: ${set}`, !set.startsWith('__Host-') || /;\s*domain/i.test(set));
  for (const flag of FLAGS) findings.attempt(`the cookie is without ${flag}`, !set.split('; ').includes(flag));
  // Who logs in over a login ends it: nobody goes on with one that somebody else may know.
  const mine = await logIn(clerk, { token: ADMIN_TOKEN });
  const next = await logIn(clerk, { token: ADMIN_TOKEN }, { cookie: mine.cookie });
  findings.attempt('a login outlives the next one of its browser', await isIn(mine.cookie));
  findings.attempt('two logins have the same cookie or token', next.cookie === mine.cookie || next.csrf === mine.csrf);
  const elsewhere: Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of elsewhere) {
    const { status, headers: answered } = await tryLogIn(clerk, { token: ADMIN_TOKEN }, { headers });
    findings.attempt('a page elsewhere logs somebody in', status < 400 || 'set-cookie' in answered);
  }
}
