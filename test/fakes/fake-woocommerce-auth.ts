/** How WooCommerce 10.5 takes a key, measured: Basic and the query string over https only, OAuth 1.0a over http. */
import { createHmac } from 'node:crypto';
import { recording } from './fake-woocommerce-shop.ts';
import type { FakeRequest, Reply } from './fake-woocommerce-replies.ts';

export interface Keys {
  key: string;
  secret: string;
}

/** @returns the recorded refusal, or undefined for one who may read */
export function createKeyCheck({ key, secret }: Keys, now: () => number): (request: FakeRequest) => Reply | undefined {
  const used = new Set<string>();

  return function refusal(request) {
    const { headers, url } = request;
    if (headers['x-forwarded-proto'] === 'https') {
      const basic = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
      const [givenKey, givenSecret] = basic === '' ? ['', ''] : basic.split(':');
      if ((givenKey ?? '') !== key) return refused('auth-none');
      return givenSecret === secret ? undefined : refused('error-401-bad-secret-tls');
    }
    const oauth = oauthOf(headers.authorization ?? '');
    if (!oauth) return refused('auth-none');
    if (oauth.get('oauth_consumer_key') !== key) return refused('error-401-bad-key-oauth');
    const signed = [...url.searchParams, ...[...oauth].filter(([name]) => name !== 'oauth_signature')];
    const parameters = signed.map(([name, value]) => `${percent(name)}=${percent(value)}`).sort();
    const base = `GET&${percent(`http://${headers.host}${url.pathname}`)}&${percent(parameters.join('&'))}`;
    const expected = createHmac('sha256', `${secret}&`).update(base).digest('base64');
    if (oauth.get('oauth_signature') !== expected) return refused('error-401-bad-secret-oauth');
    const timestamp = Number(oauth.get('oauth_timestamp'));
    if (Math.abs(now() / 1_000 - timestamp) > 15 * 60) return refused('error-401-oauth-old-timestamp');
    const nonce = oauth.get('oauth_nonce') ?? '';
    if (used.has(nonce)) return refused('error-401-oauth-nonce-reuse');
    used.add(nonce);
    return undefined;
  };
}

function refused(name: string): Reply {
  const { status, headers, body } = recording(name).response;
  return { status, headers: Object.fromEntries(headers), body };
}

function oauthOf(header: string): Map<string, string> | undefined {
  if (!header.startsWith('OAuth ')) return undefined;
  const pairs = [...header.matchAll(/([a-z_]+)="([^"]*)"/g)];
  return new Map(pairs.map(([, name, value]) => [name!, decodeURIComponent(value!)]));
}

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
