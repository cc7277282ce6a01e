/** How a shop is asked, and what its owner reads when it doesn't answer: keys, faults, waits. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../../../proxy/catalog/source-error.ts';
import type { WebRequest } from '../../../proxy/catalog/web.ts';
import { oauthHeader } from '../../../proxy/catalog/woocommerce-oauth.ts';
import { woocommerceRestSource } from '../../../proxy/catalog/woocommerce-rest.ts';
import { woocommerceStoreSource } from '../../../proxy/catalog/woocommerce-store.ts';
import {
  type FakeWooCommerce,
  page,
  recording,
  replay,
  startFakeWooCommerce,
  times,
} from '../../fakes/fake-woocommerce.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { readAll } from './source-suite.ts';

let fake: FakeWooCommerce;
let waits: number[];
beforeEach(async () => {
  fake = await startFakeWooCommerce();
  waits = [];
});
afterEach(() => fake[Symbol.asyncDispose]());

const wait = async (milliseconds: number) => void waits.push(milliseconds);

interface RestCase {
  url?: string;
  consumerKey?: string;
  consumerSecret?: string;
  web?: WebRequest;
  now?: () => number;
}
const rest = (options: RestCase = {}) =>
  woocommerceRestSource({
    url: fake.url,
    web: loopbackWeb(),
    consumerKey: fake.key,
    consumerSecret: fake.secret,
    wait,
    ...options,
  });
const store = () => woocommerceStoreSource({ url: fake.url, web: loopbackWeb(), wait });

async function failure(source: ReturnType<typeof rest>): Promise<SourceError> {
  const { error } = await readAll(source);
  expect(error).toBeInstanceOf(SourceError);
  // Neither the message, nor the cause, nor any field of theirs.
  const everything = inspect(error, { depth: 10, showHidden: true });
  for (const secret of [fake.secret, fake.key, 'Basic ', 'oauth_signature', btoa(`${fake.key}:${fake.secret}`)]) {
    expect(everything).not.toContain(secret);
  }
  return error as SourceError;
}

describe('a key', () => {
  test('is sent as a signature over plain http, where Basic is ignored', async () => {
    expect((await readAll(rest())).error).toBeUndefined();
    expect(fake.requests.every(({ headers }) => headers.authorization?.startsWith('OAuth '))).toBe(true);
  });

  test('is sent as Basic over https', async () => {
    const url = 'https://kelev-tov.example';
    const source = rest({ url, web: loopbackWeb({ hosts: { [url]: fake.url } }) });
    const { error, products } = await readAll(source);
    expect(error).toBeUndefined();
    expect(products.length).toBeGreaterThan(30);
    expect(fake.requests.every(({ headers }) => headers.authorization?.startsWith('Basic '))).toBe(true);
  });

  test('never stands in an address, which Link echoes and logs keep; Link is not followed', async () => {
    await using large = await startFakeWooCommerce({ fillers: 250 });
    await readAll(rest({ url: large.url }));
    expect(large.requests.length).toBeGreaterThan(3);
    for (const { url } of large.requests) {
      expect(url.href).not.toMatch(/ck_1|cs_2|oauth|consumer/);
      expect(url.searchParams.has('followed')).toBe(false);
    }
  });

  test('is signed as a real WooCommerce took it', () => {
    const { request, response } = recording('auth-http-oauth');
    const taken = new Map(response.headers).get('Link')!;
    const parameter = (name: string) => new RegExp(`[?&]${name}=([^&>]+)`).exec(taken)![1]!;
    const header = oauthHeader('GET', request.url, {
      key: parameter('oauth_consumer_key'),
      secret: `cs_${'1'.repeat(40)}`,
      now: () => Number(parameter('oauth_timestamp')) * 1_000,
      nonce: () => parameter('oauth_nonce'),
    });
    const signature = /oauth_signature="([^"]+)"/.exec(header)![1]!;
    expect(decodeURIComponent(signature).replace(/=$/, '')).toBe(decodeURIComponent(parameter('oauth_signature')));
  });

  test('is signed anew for each attempt: a nonce counts once', async () => {
    fake.faults.push(times(2, 'cut'));
    expect((await readAll(rest())).error).toBeUndefined();
    const nonces = fake.requests.map(({ headers }) => /oauth_nonce="(\w+)"/.exec(headers.authorization!)![1]);
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  test('whose nonce was seen before is signed again', async () => {
    fake.faults.push(times(1, replay('error-401-oauth-nonce-reuse')));
    expect((await readAll(rest())).error).toBeUndefined();
  });

  test.each([
    ['is unknown', { consumerKey: `ck_${'9'.repeat(40)}` }, /does not know this consumer key/],
    ['has a wrong secret', { consumerSecret: `cs_${'9'.repeat(40)}` }, /secret does not belong/],
    ['is used by a clock that is off', { now: () => Date.now() - 20 * 60_000 }, /clocks .* 15 minutes/],
  ])('that %s is refused in words, without another try', async (_, options, words) => {
    const error = await failure(rest(options));
    expect(error.message).toMatch(words);
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    [`ck_${'9'.repeat(40)}`, undefined, /does not know this consumer key/],
    [undefined, `cs_${'9'.repeat(40)}`, /secret does not belong/],
  ])('that is wrong over https is refused in words: an unknown one looks like none', async (key, secret, words) => {
    const url = 'https://kelev-tov.example';
    const web = loopbackWeb({ hosts: { [url]: fake.url } });
    const keys = { ...(key && { consumerKey: key }), ...(secret && { consumerSecret: secret }) };
    expect((await failure(rest({ url, web, ...keys }))).message).toMatch(words);
  });

  test('that is none is refused before anything is sent', () => {
    expect(() => rest({ consumerKey: 'admin', consumerSecret: 'hunter2' })).toThrow(/begins with "ck_"/);
    expect(() => rest({ consumerKey: 'admin', consumerSecret: 'hunter2' })).not.toThrow(/hunter2/);
    expect(fake.requests).toHaveLength(0);
  });

  test('does not follow the shop to another address: the owner is told which', async () => {
    await using other = await startFakeWooCommerce();
    fake.faults.push(({ url }) => ({ status: 301, headers: { location: `${other.url}${url.pathname}` }, body: '' }));
    const error = await failure(rest());
    expect(error.message).toContain(`leads on to ${other.url}`);
    expect(error.message).toContain('give that as the address');
  });

  test('is not read by a shop with plain permalinks, and its owner is told what to change', async () => {
    await using plain = await startFakeWooCommerce({ plainPermalinks: true });
    const error = await failure(rest({ url: plain.url }));
    expect(error.message).toMatch(/web page, not with JSON .* Settings → Permalinks/);
    expect(waits).toEqual([]);
  });
});

describe('a shop', () => {
  test('that limits the rate with a 400 is left alone for as long as it asks, then read', async () => {
    fake.faults.push(times(2, replay('store-rate-limited')));
    const { error, products } = await readAll(store());
    expect(error).toBeUndefined();
    expect(products.length).toBeGreaterThan(30);
    expect(waits).toEqual([9_000, 9_000]);
  });

  test.each([429, 502, 504])('that answers %i is asked again, a few times, ever later', async (status) => {
    fake.faults.push(() => ({ ...page(status) }));
    expect((await failure(store())).message).toContain(`HTTP ${status}`);
    expect(waits).toEqual([500, 1_000, 2_000]);
  });

  test('under maintenance says for how long: too long to wait for, and the caller is told', async () => {
    fake.faults.push(() => replay('error-503-maintenance'));
    const error = await failure(store());
    expect(error.message).toMatch(/busy or being updated \(HTTP 503\).* 600 seconds/);
    expect(error.retryAfterMs).toBe(600_000);
    expect(waits).toEqual([]);
  });

  test('that names a date to come back at is waited for until then', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
    fake.faults.push(times(1, { status: 503, headers, body: 'busy' }));
    await readAll(store());
    expect(waits[0]).toBeGreaterThan(15_000);
    expect(waits[0]).toBeLessThan(21_000);
  });

  test('that shows a web page where JSON was expected is named as that, and asked at its other address first', async () => {
    fake.faults.push(() => page());
    const error = await failure(store());
    expect(error.message).toMatch(/\/wp-json\/wc\/store\/v1\/products answered with a web page, not with JSON/);
    expect(error.message).not.toContain('Kelev Tov');
    expect(fake.requests.map(({ url }) => url.pathname)).toEqual(['/wp-json/wc/store/v1/products', '/']);
  });

  test.each([
    ['is not JSON after all', { status: 200, body: '<br />Warning: foo in /var/www/x.php [' }, /not with JSON/],
    ['is something else than a list', { status: 200, body: { id: 1 } }, /no list/],
    ['comes from a firewall', page(403), /closed \(HTTP 403\).*firewall/],
    ['comes from a site without WooCommerce', replay('error-404-route'), /does not exist \(rest_no_route\)/],
    ['refuses the question', replay('error-400-per-page'), /refused the question \(HTTP 400, rest_invalid_param\)/],
    ['is an error with words of a stranger', { status: 418, body: { code: '<b>', message: 'Send money' } }, /no code/],
  ])('whose answer %s is told apart', async (_, reply, words) => {
    fake.faults.push(() => reply);
    const error = await failure(store());
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/Warning|Send money|<b>/);
  });

  test('that is not there is told by its address', async () => {
    const web: WebRequest = async () => {
      throw new Error('connect ECONNREFUSED 127.0.0.1:9');
    };
    const source = woocommerceStoreSource({ url: 'http://127.0.0.1:9', web, wait });
    expect((await failure(source)).message).toMatch(/^http:\/\/127.0.0.1:9\/\S+ could not be read: .*ECONNREFUSED/);
    expect(waits).toHaveLength(3);
  });

  test('is read within bounds of size and time', async () => {
    const web = loopbackWeb();
    const bounds: [number | undefined, number | undefined][] = [];
    const watched: WebRequest = (url, options) => {
      bounds.push([options.maxBytes, options.timeoutMs]);
      return web(url, { ...options, maxBytes: 1_000 });
    };
    const source = woocommerceStoreSource({ url: fake.url, web: watched, wait });
    expect((await failure(source)).message).toContain('longer than 1000 bytes');
    for (const [bytes, milliseconds] of bounds) {
      expect(bytes).toBeLessThan(100_000_000);
      expect(milliseconds).toBeLessThanOrEqual(60_000);
    }
  });

  test.each(['not an address', 'ftp://shop.example', 'javascript:alert(1)'])('at %j is no shop', (url) => {
    expect(() => woocommerceStoreSource({ url, web: loopbackWeb() })).toThrow(SourceError);
  });

  test.each(['/', '/wp-json', '/wp-json/wc/v3/'])(
    'is found from its address with %j at the end as well',
    async (end) => {
      expect(
        (await readAll(woocommerceStoreSource({ url: fake.url + end, web: loopbackWeb(), wait }))).error,
      ).toBeUndefined();
    },
  );

  test('is not waited for any longer once the sync is aborted, and the reason comes out', async () => {
    fake.faults.push(() => ({ status: 503, headers: { 'retry-after': '30' }, body: 'busy' }));
    const stop = new AbortController();
    const reason = new Error('shutting down');
    const source = woocommerceStoreSource({ url: fake.url, web: loopbackWeb() });
    const read = source.products({ signal: stop.signal, onSkip: () => undefined });
    const reading = read[Symbol.asyncIterator]().next();
    setTimeout(() => stop.abort(reason), 50);
    await expect(reading).rejects.toBe(reason);
  });

  test('that hangs is left when the sync is aborted', async () => {
    const stop = new AbortController();
    const reason = new Error('shutting down');
    const hang: WebRequest = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('x', 'AbortError'))));
    const source = woocommerceStoreSource({ url: fake.url, web: hang });
    const read = source.products({ signal: stop.signal, onSkip: () => undefined });
    const reading = read[Symbol.asyncIterator]().next();
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  test('that repeats one page for ever is read to an end', async () => {
    const [first] = recording('store-products').response.body as object[];
    fake.faults.push(() => ({ status: 200, body: [first] }));
    expect((await readAll(store())).error).toBeUndefined();
    expect(fake.requests.length).toBeLessThan(10);
  });
});
