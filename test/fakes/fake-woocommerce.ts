/**
 * WooCommerce 10.5 on loopback, played from recordings of a real one: REST v3 with its keys, the Store API, and faults
 * that a test switches on. `await using shop = await startFakeWooCommerce()`.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKeyCheck } from './fake-woocommerce-auth.ts';
import { type FakeRequest, page, replay, type Reply } from './fake-woocommerce-replies.ts';
import { recordedShop, recording, type Shop } from './fake-woocommerce-shop.ts';
import { storeRoute } from './fake-woocommerce-store.ts';
import { restRoute } from './fake-woocommerce-v3.ts';

export { page, replay } from './fake-woocommerce-replies.ts';
export { type Item, recording } from './fake-woocommerce-shop.ts';

/** Answers instead of the shop, or not. `'cut'` breaks the line within the answer. */
export type Fault = (request: FakeRequest) => Reply | 'cut' | undefined;

export interface FakeWooCommerce extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  url: string;
  key: string;
  secret: string;
  /** Its products and orders; changes show at once. */
  shop: Shop;
  requests: FakeRequest[];
  /** The first that answers wins; taken away again by the test, or by `times`. */
  faults: Fault[];
}

export interface FakeWooCommerceOptions {
  fillers?: number;
  /** A shop with "plain" permalinks: its API is at `/?rest_route=`. */
  plainPermalinks?: boolean;
  now?: () => number;
}

export async function startFakeWooCommerce(options: FakeWooCommerceOptions = {}): Promise<FakeWooCommerce> {
  const { plainPermalinks = false, now = Date.now } = options;
  const keys = { key: `ck_${'1'.repeat(40)}`, secret: `cs_${'2'.repeat(40)}` };
  const shop = recordedShop(options);
  const refusal = createKeyCheck(keys, now);
  const requests: FakeRequest[] = [];
  const faults: Fault[] = [];

  const server = http.createServer(({ method = 'GET', url = '/', headers }, response) => {
    const request = { method, url: new URL(url, `http://${headers.host}`), headers };
    requests.push(request);
    let reply: Reply | 'cut' | undefined;
    for (const fault of faults) reply ??= fault(request);
    reply ??= route(request);
    if (reply === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 9_999 }).write('[{"id":');
      response.destroy();
      return;
    }
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status, { 'content-type': 'application/json; charset=UTF-8', ...reply.headers }).end(text);
  });

  function route(request: FakeRequest): Reply {
    const { pathname, searchParams } = request.url;
    const namespace = plainPermalinks ? (searchParams.get('rest_route') ?? '') : pathname.replace(/^\/wp-json/, '');
    if (plainPermalinks && pathname.startsWith('/wp-json')) return toFrontPage(request);
    if (namespace === pathname) return page(404);
    if (namespace.startsWith('/wc/store/v1/')) return storeRoute(shop, request, namespace);
    if (!namespace.startsWith('/wc/v3/')) return replay('error-404-route');
    // Keys are looked at under /wp-json/ only.
    return (plainPermalinks ? replay('auth-none') : refusal(request)) ?? restRoute(shop, request);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...keys,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shop,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same fault for the next `count` requests. */
export function times(count: number, reply: Reply | 'cut'): Fault {
  let left = count;
  return () => (left-- > 0 ? reply : undefined);
}

/** First a redirect to the address with a slash, then the shop's front page. */
function toFrontPage({ url }: FakeRequest): Reply {
  if (url.pathname.endsWith('/')) return page();
  const { status, headers, body } = recording('error-301-plain-permalinks').response;
  return { status, headers: { ...Object.fromEntries(headers), Location: `${url.pathname}/${url.search}` }, body };
}
