/** People at the desk of the proxy under attack, each with a browser. */
import type { DeskSession, InvitedAccount } from '../../../proxy/protocol/admin/index.ts';
import type { Answer, Clerk } from '../clerk.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-the-desk-suite-71c04e';
export const PASSWORD = 'correct horse battery';

/** Who is logged in somewhere. */
export interface Login {
  cookie: string;
  csrf: string;
  accountId: string;
}

/** What a page of the proxy's own sends. */
export function pageHeaders({ url }: Clerk, { cookie, csrf }: Omit<Login, 'accountId'>): Record<string, string> {
  return { cookie, 'x-csrf-token': csrf, origin: url, 'sec-fetch-site': 'same-origin' };
}

/** From an address that nobody has had before, unless one is given. */
let addresses = 0;
export const newAddress = () => `203.0.${Math.floor(++addresses / 250)}.${1 + (addresses % 250)}`;

/** @param how the body of the login */
export async function tryLogIn(
  clerk: Clerk,
  how: object,
  { address = newAddress(), headers = {} }: { address?: string; headers?: Record<string, string> } = {},
): Promise<Answer<DeskSession>> {
  return clerk.call<DeskSession>('POST', '/api/admin/session', {
    json: how,
    headers: { origin: clerk.url, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': address, ...headers },
  });
}

export async function logIn(clerk: Clerk, how: object, headers: Record<string, string> = {}): Promise<Login> {
  const answer = await tryLogIn(clerk, how, { headers });
  if (answer.status !== 200) throw new Error(`Somebody who may log in can't: ${answer.text}`);
  return { cookie: answer.headers['set-cookie']![0]!.split(';')[0]!, csrf: answer.body.csrf_token!, accountId: '' };
}

/** An account with a password, logged in. */
export async function owner(clerk: Clerk, email: string, shops: string[]): Promise<Login> {
  const { body } = await operator<InvitedAccount>(clerk, 'POST', '/accounts', { email, shops });
  const accepted = await clerk.call<DeskSession>('POST', '/api/admin/invitations/accept', {
    json: { token: body.invitation.path.split('/').at(-1), password: PASSWORD },
    headers: { origin: clerk.url, 'sec-fetch-site': 'same-origin' },
  });
  if (accepted.status !== 200) throw new Error(`${email} can't accept an invitation: ${accepted.text}`);
  const cookie = accepted.headers['set-cookie']![0]!.split(';')[0]!;
  return { cookie, csrf: accepted.body.csrf_token!, accountId: body.account.account_id };
}

/** What the operator asks, who may. */
export async function operator<Body = Record<string, unknown>>(
  clerk: Clerk,
  method: string,
  path: string,
  json?: object,
): Promise<Answer<Body>> {
  const answer = await clerk.call<Body>(method, `/api/admin${path}`, { token: ADMIN_TOKEN, ...(json && { json }) });
  if (answer.status >= 400) throw new Error(`The operator is refused, ${method} ${path}: ${answer.text}`);
  return answer;
}
