import { SourceError } from './source-error.ts';
import { type Api, type ApiOptions, createApi } from './woocommerce-api.ts';
import { oauthHeader } from './woocommerce-oauth.ts';

export interface RestOptions extends Pick<ApiOptions, 'url' | 'web' | 'wait'> {
  /** `ck_…`, of a key with "Read" permission: it reads everything, orders included; there are no narrower ones. */
  consumerKey: string;
  /** `cs_…` */
  consumerSecret: string;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * REST v3 with a key: Basic over https; over plain http WooCommerce ignores that, and takes signatures only.
 * @throws SourceError when the key is none
 */
export function createRestApi({ consumerKey, consumerSecret, now, ...options }: RestOptions): Api {
  if (!/^ck_[\w-]+$/.test(consumerKey) || !/^cs_[\w-]+$/.test(consumerSecret)) {
    throw new SourceError(
      'A WooCommerce key is a consumer key that begins with "ck_" and a consumer secret that begins with "cs_".',
    );
  }
  const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  const oauth = { key: consumerKey, secret: consumerSecret, ...(now && { now }) };
  return createApi({
    ...options,
    namespace: '/wc/v3',
    authorize: (url) => (url.startsWith('https:') ? basic : oauthHeader('GET', url, oauth)),
  });
}
