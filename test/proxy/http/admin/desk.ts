import type { Script } from '../../../fakes/fake-openai.ts';
import { serveProxy, type CallOptions, type ServeOptions } from '../served.ts';
import type { DeskSession, InvitedAccount } from '../../../../proxy/protocol/admin/index.ts';

export const adminToken = 'an admin token that only a test may know';
export const password = 'correct horse battery';

/** The proxy, with ways to be somebody at its desk. */
export async function serveDesk(options: ServeOptions = {}, script: Script = []) {
  const served = await serveProxy(script, { adminToken, ...options });
  const { api, url } = served;

  /** As a browser on one of our own pages asks. */
  function browser(cookie = '', csrf: string | null = null) {
    return <T = Record<string, unknown>>(method: string, path: string, { headers, ...rest }: CallOptions = {}) =>
      api<T>(method, `/api/admin${path}`, {
        ...rest,
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(method !== 'GET' && { origin: url }),
          ...(cookie !== '' && { cookie }),
          ...(csrf !== null && { 'x-csrf-token': csrf }),
          ...headers,
        },
      });
  }

  /** @param how the body of the login; @returns a browser that is logged in */
  async function logIn(how: object, cookie = '') {
    const answer = await browser(cookie)<DeskSession>('POST', '/session', { json: how });
    if (answer.status !== 200) throw new Error(`not logged in: ${JSON.stringify(answer.body)}`);
    const set = answer.headers.getSetCookie()[0]!;
    const kept = set.split(';')[0]!;
    return { session: answer.body, set, cookie: kept, call: browser(kept, answer.body.csrf_token) };
  }

  const operator = <T = Record<string, unknown>>(method: string, path: string, options: CallOptions = {}) =>
    api<T>(method, `/api/admin${path}`, { token: adminToken, ...options });

  async function invite(email: string, shops: string[]) {
    const { body, status } = await operator<InvitedAccount>('POST', '/accounts', { json: { email, shops } });
    if (status !== 201) throw new Error(`not invited: ${JSON.stringify(body)}`);
    return { ...body, secret: body.invitation.path.split('/').at(-1)! };
  }

  /** An account whose password is set, logged in. */
  async function owner(shops = ['pets'], email = 'dana@pets.example') {
    const { secret, account } = await invite(email, shops);
    const accepted = await browser()('POST', '/invitations/accept', { json: { token: secret, password } });
    if (accepted.status !== 200) throw new Error(`not accepted: ${JSON.stringify(accepted.body)}`);
    return { email, account, ...(await logIn({ email, password })) };
  }

  return { ...served, browser, logIn, operator, invite, owner };
}
