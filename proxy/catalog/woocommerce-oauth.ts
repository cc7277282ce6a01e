import { createHmac, randomBytes } from 'node:crypto';

export interface OAuthOptions {
  key: string;
  secret: string;
  /** Milliseconds since 1970; WooCommerce refuses what is 15 minutes off. */
  now?: () => number;
  /** Each is taken once. */
  nonce?: () => string;
}

/**
 * The `Authorization` header of OAuth 1.0a with one leg, HMAC-SHA256 (RFC 5849 §3.4). WooCommerce takes its keys in no
 * other way over plain http, which a shop in development has. In the header and not in the query string, because
 * WordPress repeats that in `Link`, and logs keep it. Every attempt needs a new one.
 * @param url without credentials; its query is signed
 */
export function oauthHeader(
  method: string,
  url: string,
  { key, secret, now = Date.now, nonce = () => randomBytes(16).toString('hex') }: OAuthOptions,
): string {
  const { origin, pathname, searchParams } = new URL(url);
  const oauth: [string, string][] = [
    ['oauth_consumer_key', key],
    ['oauth_nonce', nonce()],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(Math.floor(now() / 1_000))],
  ];
  const parameters = [...searchParams, ...oauth].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const base = [method, origin + pathname, parameters.join('&')].map(encode).join('&');
  const signature = createHmac('sha256', `${encode(secret)}&`)
    .update(base)
    .digest('base64');
  const all: [string, string][] = [...oauth, ['oauth_signature', signature]];
  return `OAuth ${all.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

/** RFC 3986: `encodeURIComponent` leaves five characters that OAuth encodes. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
