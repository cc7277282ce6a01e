import { createHmac, timingSafeEqual } from 'node:crypto';
import { expect, test } from 'vitest';
import { createWebhook } from '../../../proxy/handoff/webhook.ts';
import { createOutbound } from '../../../proxy/outbound/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import { letter, NEVER, receiver, refusal, type Posted } from './letters.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const SECRET = 'hook-of-pets-0123456789';

function webhook(url: string, { allowPrivate = true } = {}) {
  const { request } = createOutbound({ allowPrivate, version: '1.2.3' });
  return createWebhook({ url, secret: new Secret(SECRET), request, now: () => NOON });
}

/** As docs/shops.md tells owners to check it. */
function isGenuine({ headers, body }: Posted, secret: string, nowSeconds: number): boolean {
  const timestamp = String(headers['webhook-timestamp']);
  if (Math.abs(nowSeconds - Number(timestamp)) > 300) return false;
  const signed = `${String(headers['webhook-id'])}.${timestamp}.${body}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
  const given = Buffer.from(String(headers['webhook-signature']));
  return expected.length === given.length && timingSafeEqual(expected, given);
}

test('a letter is posted as JSON that the shop can check with the secret, and nobody else can make', async () => {
  const { posts, url } = await receiver();
  await webhook(url).deliver(letter({ transcript: 'Shopper: Hi', text: 'מיטה כחולה?' }), NEVER);
  expect(posts).toHaveLength(1);
  const [post] = posts;
  expect(post!.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': 'con_0123456789abcdefghijkl',
    'webhook-timestamp': String(NOON / 1000),
    'user-agent': 'shop-clerk/1.2.3',
  });
  expect(JSON.parse(post!.body)).toEqual({
    type: 'contact_message',
    id: 'con_0123456789abcdefghijkl',
    shop: 'pets',
    created_at: '2026-11-21T08:00:00.000Z',
    name: 'Dana',
    email: 'dana@home.example',
    message: 'מיטה כחולה?',
    locale: 'he',
    transcript: 'Shopper: Hi',
  });
  expect(isGenuine(post!, SECRET, NOON / 1000)).toBe(true);
  expect(isGenuine(post!, 'another secret', NOON / 1000)).toBe(false);
  expect(isGenuine({ ...post!, body: post!.body.replace('Dana', 'Dora') }, SECRET, NOON / 1000)).toBe(false);
  expect(isGenuine(post!, SECRET, NOON / 1000 + 301)).toBe(false);
});

test('an answer with any 2xx takes it, however much it says, and also if it never ends', async () => {
  for (const status of [200, 201, 202, 204]) {
    const { posts, url } = await receiver((response) => {
      response.writeHead(status);
      if (status === 204) response.end();
      else response.write('x'.repeat(1_000_000));
    });
    await webhook(url).deliver(letter(), NEVER);
    expect(posts).toHaveLength(1);
  }
});

test.each([400, 404, 410, 429, 500, 503])('a receiver that answers %i has not taken it', async (status) => {
  const { url } = await receiver((response) => response.writeHead(status).end('secret internals'));
  const error = await refusal(webhook(url).deliver(letter(), NEVER));
  expect(error.message).toBe(`The webhook answered ${status}, not 2xx.`);
});

test('a redirect is not followed: what a shopper wrote goes where the owner said', async () => {
  const elsewhere = await receiver();
  const { url } = await receiver((response) => response.writeHead(307, { location: elsewhere.url }).end());
  await expect(webhook(url).deliver(letter(), NEVER)).rejects.toThrow('redirects what was sent to it');
  expect(elsewhere.posts).toEqual([]);
});

test('a receiver that is gone or inside the private network has not taken it', async () => {
  const gone = await receiver((response) => void response.destroy());
  await expect(webhook(gone.url).deliver(letter(), NEVER)).rejects.toThrow("can't be read");
  const { posts, url } = await receiver();
  await expect(webhook(url, { allowPrivate: false }).deliver(letter(), NEVER)).rejects.toThrow(
    'not on the public internet',
  );
  expect(posts).toEqual([]);
});

test('a receiver that says nothing is left when the proxy ends', async () => {
  const stop = new AbortController();
  const { url } = await receiver(() => stop.abort(new Error('shutting down')));
  await expect(webhook(url).deliver(letter(), stop.signal)).rejects.toThrow('shutting down');
});
