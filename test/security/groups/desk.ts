import { deskRoutes, type ApiDocument, type DeskRoute } from '../../fixtures/desk-routes.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { Clerk } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';
import { deskData } from './desk-data.ts';
import { deskLogins } from './desk-logins.ts';
import { ADMIN_TOKEN, logIn, operator, owner, pageHeaders, type Login } from './desk-people.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What a page elsewhere can send without asking first, and what careless servers take for JSON. */
const FORMS = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', ''];

/** The owner's desk: who is nobody there, who is somebody else, and who was somebody once. */
export async function desk(findings: Findings, { size }: GroupOptions): Promise<void> {
  await using clerk = await Clerk.open({
    shops: { pets: {}, books: {} },
    env: { ADMIN_TOKEN, TRUST_PROXY: 'loopback' },
    model: () => answer('=HYPERLINK("https://evil.example") said the model'),
  });
  const { body } = await clerk.call<ApiDocument>('GET', '/openapi.json');
  const all = deskRoutes(body, 'pets');
  const routes = size === 'all' ? all : all.filter((_, index) => index % 12 === 0);
  if (all.length < 40) throw new Error('The description of the API has lost its routes: nothing below means anything.');

  const dana = await owner(clerk, 'dana@pets.example', ['pets']);
  const lea = await owner(clerk, 'lea@books.example', ['books']);
  await closedTo(findings, clerk, routes, {
    nobody: {},
    'a made-up cookie': { cookie: `__Host-shopclerk_admin=${'A'.repeat(43)}` },
    'the admin token as a cookie': { cookie: `__Host-shopclerk_admin=${ADMIN_TOKEN}` },
    'a cookie under another name': { cookie: dana.cookie.replace('__Host-', '') },
    "a visitor's token": { authorization: `Bearer ${await clerk.session('pets')}` },
    'half of the admin token': { authorization: `Bearer ${ADMIN_TOKEN.slice(0, 20)}` },
    'a good cookie beside a bad token': { ...pageHeaders(clerk, dana), authorization: 'Bearer x' },
    'headers of a web server': { 'x-forwarded-user': 'operator', 'x-remote-user': 'operator' },
  });
  await refuses(findings, clerk, routes, 'the owner of another shop', pageHeaders(clerk, lea));
  await ofOtherPages(findings, clerk, routes, await owner(clerk, 'away@pets.example', ['pets']));
  await deskData(findings, clerk, { dana, lea, routes: (ids) => deskRoutes(body, 'books', ids) });
  await deskLogins(findings, clerk, size);
  await over(findings, clerk, routes);
  findings.note = `${routes.length} routes of the app's own list`;
}

async function closedTo(
  findings: Findings,
  clerk: Clerk,
  routes: readonly DeskRoute[],
  ways: Record<string, Record<string, string>>,
): Promise<void> {
  for (const [who, headers] of Object.entries(ways)) {
    for (const { name, method, url, sent } of routes) {
      const { status, headers: answered } = await clerk.call(method, url, {
        ...sent,
        headers: { ...sent?.headers, ...headers },
      });
      const mayBeKept = answered['cache-control'] !== 'no-store';
      findings.attempt(`${who}: ${name} → ${status}`, status !== 401 || mayBeKept);
    }
  }
}

/** What is another shop's isn't there. */
async function refuses(
  findings: Findings,
  clerk: Clerk,
  routes: readonly DeskRoute[],
  who: string,
  headers: Record<string, string>,
): Promise<void> {
  for (const { name, method, url, sent, ofShop } of routes) {
    if (!ofShop && !/\/(?:accounts|sessions)\b.*\{|POST \/api\/admin\/accounts/.test(name)) continue;
    const ask = (asked: string) => clerk.call(method, asked, { ...sent, headers: { ...sent?.headers, ...headers } });
    const { status } = await ask(url);
    findings.attempt(`${who}: ${name} → ${status}`, status !== 404);
    // Theirs as well, behind the one that isn't.
    const twice = await ask(`${url}&shop=books`);
    findings.attempt(`${who}: ${name} of two shops → ${twice.status}`, twice.status < 400);
  }
}

/** A page elsewhere has the owner's browser ask, with the cookie, as if SameSite were not. */
async function ofOtherPages(findings: Findings, clerk: Clerk, routes: readonly DeskRoute[], away: Login) {
  const own = pageHeaders(clerk, away);
  const other = await logIn(clerk, { token: ADMIN_TOKEN });
  const { host } = new URL(clerk.url);
  const ways: Record<string, Record<string, string>> = {
    'no token': { ...own, 'x-csrf-token': '' },
    "another login's token": { ...own, 'x-csrf-token': other.csrf },
    'a page elsewhere': { ...own, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'a page elsewhere in an old browser': { ...own, origin: 'https://evil.example', 'sec-fetch-site': '' },
    'a sandboxed frame': { ...own, origin: 'null' },
    "a shop's page": { ...own, origin: 'https://pets.example' },
    'a name that begins as ours': { ...own, origin: `http://${host}.evil.example` },
    'a page beside ours': { ...own, 'sec-fetch-site': 'same-site' },
    'an address that was typed': { ...own, 'sec-fetch-site': 'none' },
    'a page that says nothing of itself': { cookie: away.cookie, 'x-csrf-token': away.csrf },
  };
  for (const { name, method, url, sent } of routes) {
    if (method === 'GET') continue;
    for (const [way, headers] of Object.entries(ways)) {
      const { status } = await clerk.call(method, url, { ...sent, headers: { ...sent?.headers, ...headers } });
      findings.attempt(`${way}: ${name} → ${status}`, status !== 403);
    }
    for (const type of FORMS) {
      const headers = { cookie: away.cookie, origin: 'https://evil.example', 'content-type': type };
      const { status } = await clerk.call(method, url, { body: sent?.body ?? 'a=b', headers });
      findings.attempt(`a form as "${type}": ${name} → ${status}`, status < 400);
    }
  }
  const still = await clerk.call('GET', '/api/admin/session', { headers: own });
  // One that got through may have logged them out.
  if (still.status !== 200 && findings.successes.length === 0)
    throw new Error('The owner is refused as well: nothing above means anything.');
}

/** Logins that were good once. */
async function over(findings: Findings, clerk: Clerk, routes: readonly DeskRoute[]): Promise<void> {
  const ended: Record<string, Record<string, string>> = {};
  const first = await owner(clerk, 'out@pets.example', ['pets']);
  await clerk.call('DELETE', '/api/admin/session', { headers: pageHeaders(clerk, first) });
  ended['who has logged out'] = pageHeaders(clerk, first);
  const removed = await owner(clerk, 'removed@pets.example', ['pets']);
  await operator(clerk, 'DELETE', `/accounts/${removed.accountId}`);
  ended['an account that is removed'] = pageHeaders(clerk, removed);
  const reset = await owner(clerk, 'reset@pets.example', ['pets']);
  await operator(clerk, 'POST', `/accounts/${reset.accountId}/reset`);
  ended['an account that was reset'] = pageHeaders(clerk, reset);
  await closedTo(findings, clerk, routes, ended);

  const moved = await owner(clerk, 'moved@pets.example', ['pets']);
  await operator(clerk, 'PATCH', `/accounts/${moved.accountId}`, { shops: ['books'] });
  await refuses(findings, clerk, routes, 'an account that has lost the shop', pageHeaders(clerk, moved));

  const idle = await logIn(clerk, { token: ADMIN_TOKEN });
  await clerk.setClockAhead(DAY_MS / 2 + 1_000);
  await closedTo(findings, clerk, routes, { 'twelve hours without a request': pageHeaders(clerk, idle) });
  const old = await logIn(clerk, { token: ADMIN_TOKEN });
  for (let half = 2; half <= 14; half++) {
    await clerk.setClockAhead((half * DAY_MS) / 2);
    await clerk.call('GET', '/api/admin/session', { headers: pageHeaders(clerk, old) });
  }
  await clerk.setClockAhead(7.6 * DAY_MS);
  await closedTo(findings, clerk, routes, { 'a login of a week ago': pageHeaders(clerk, old) });
}
