import { expect, onTestFinished, test, vi } from 'vitest';
import { courierFor, startOutbox, type OutboxOptions } from '../../../proxy/handoff/index.ts';
import { nextTryOf } from '../../../proxy/handoff/retry-delay.ts';
import type { MailSettings } from '../../../proxy/handoff/mail-settings.ts';
import { createOutbound } from '../../../proxy/outbound/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { ContactDelivery, Shop } from '../../../proxy/shops/types.ts';
import { openSqlite } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { testShop } from '../../fixtures/shops.ts';
import { tempDir } from '../../temp-dir.ts';
import { contacted } from '../storage/contact-suite.ts';
import { mailbox, receiver } from './letters.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const { request } = createOutbound({ allowPrivate: true, version: '1.2.3' });

const hook = (url: string): ContactDelivery => ({ kind: 'webhook', url, secret: new Secret('hook-secret') });

/** A database and, for as long as the test, an outbox over it with a clock of its own. */
function office(deliveries: Record<string, ContactDelivery | null>) {
  const dir = tempDir();
  const file = dir.file('shop.sqlite');
  let storage = openSqlite({ file });
  const clock = { now: 1_000 };
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const shops = new Map<string, Shop>();
  const set = (slug: string, contactDelivery: ContactDelivery | null) =>
    shops.set(slug, testShop({ slug, name: slug, contactDelivery }));
  for (const [slug, delivery] of Object.entries(deliveries)) set(slug, delivery);
  let outbox: ReturnType<typeof startOutbox> | undefined;
  onTestFinished(async () => {
    await outbox?.close();
    await storage.close();
    dir[Symbol.dispose]();
  });
  return {
    clock,
    lines,
    shops,
    set,
    get storage() {
      return storage;
    },
    start(changes: Partial<OutboxOptions> = {}, mail: MailSettings | null = null) {
      outbox = startOutbox({
        storage,
        shops: { bySlug: (slug) => shops.get(slug) },
        courierFor: (delivery) => courierFor(delivery, { request, mail }),
        log: { info: write, warn: write, error: write },
        everyMs: HOUR,
        now: () => clock.now,
        ...changes,
      });
      return outbox;
    },
    /** As if the process had ended and begun again. */
    async restart() {
      await outbox?.close();
      await storage.close();
      storage = openSqlite({ file });
    },
    rows: (shop = 'pets') => storage.contactMessages(shop, { limit: 2_000 }),
  };
}

/** A thread with a question and its answer. */
async function threadOf(storage: Storage): Promise<string> {
  const begun = await storage.beginTurn({
    shop: 'pets',
    visitorId: 'vis_a',
    address: 'hash',
    threadId: null,
    clientMessageId: 'question-1',
    text: 'Do you have beds?',
    locale: 'en',
    maxThreads: 10,
    maxMessages: 10,
    now: Date.UTC(2026, 10, 21, 8),
  });
  if (begun.outcome !== 'started') throw new Error(begun.outcome);
  const { id: turnId, threadId } = begun.turn;
  const bed = {
    id: 7,
    title: 'Cloud Bed',
    price: { min: { amount: 1, currency: 'ILS' }, max: { amount: 1, currency: 'ILS' } },
  };
  await storage.finishTurn({
    turnId,
    finish: 'stop',
    error: null,
    parts: [
      { type: 'text', content: 'Yes, this one.' },
      { type: 'products', ids: [7], shown: [{ ...bed, availability: 'in_stock' }] },
      { type: 'notice', code: 'contact' },
    ],
    now: Date.UTC(2026, 10, 21, 8, 1),
  });
  return threadId;
}

const wordsOf = (posts: { body: string }[]) => posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

test('a message goes to the webhook of its shop as soon as it is there, and is delivered once', async () => {
  const { posts, url } = await receiver();
  const o = office({ pets: hook(url) });
  const outbox = o.start();
  const { id } = await contacted(o.storage);
  outbox.wake();
  await vi.waitFor(async () =>
    expect(await o.rows()).toMatchObject([{ delivery: 'delivered', tries: 1, nextTryAt: null }]),
  );
  outbox.wake();
  await o.restart();
  await o.start().close();
  expect(wordsOf(posts)).toMatchObject([{ id, shop: 'pets', transcript: null }]);
});

test('the conversation goes along when the shopper agreed and has not deleted it since', async () => {
  const { posts, url } = await receiver();
  const o = office({ pets: hook(url) });
  const threadId = await threadOf(o.storage);
  await contacted(o.storage, { threadId, text: 'with it' });
  const outbox = o.start();
  await vi.waitFor(() => expect(posts).toHaveLength(1));
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'delivered' }]));
  await contacted(o.storage, { threadId, text: 'deleted' });
  await o.storage.deleteThread('pets', 'vis_a', threadId);
  outbox.wake();
  await vi.waitFor(() => expect(posts).toHaveLength(2));
  expect(wordsOf(posts)).toMatchObject([
    {
      message: 'with it',
      transcript:
        'Shopper, 2026-11-21 08:00 UTC:\nDo you have beds?\n\nAssistant, 2026-11-21 08:00 UTC:\nYes, this one.\n[Products: Cloud Bed]',
    },
    { message: 'deleted', transcript: null },
  ]);
});

test('a shop that wants e-mail gets it by the mail server of the proxy', async () => {
  const { mails, port } = await mailbox();
  const o = office({ pets: { kind: 'email', email: 'owner@pets.example' } });
  const from = { name: '', address: 'clerk@pets.example' };
  const mail: MailSettings = { host: '127.0.0.1', port, tls: 'none', user: '', password: '', from };
  await contacted(o.storage);
  o.start({}, mail);
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'delivered' }]));
  expect(mails).toMatchObject([{ to: ['owner@pets.example'] }]);
  await o.restart();
  await contacted(o.storage);
  o.start();
  await vi.waitFor(async () =>
    expect(await o.rows()).toContainEqual(
      expect.objectContaining({ delivery: 'waiting', error: 'There is no mail server: set SMTP_URL and MAIL_FROM.' }),
    ),
  );
});

test('a receiver that is out of order gets it later, after pauses that grow, also over a restart', async () => {
  let works = false;
  const { posts, url } = await receiver((response) => response.writeHead(works ? 200 : 503).end());
  const o = office({ pets: hook(url) });
  const { id } = await contacted(o.storage);
  let outbox = o.start();
  const tried = async (tries: number) => {
    await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ tries }]));
    return (await o.rows())[0]!;
  };
  const first = await tried(1);
  expect(first).toMatchObject({ delivery: 'waiting', error: 'The webhook answered 503, not 2xx.' });
  expect(first.nextTryAt).toBe(1_000 + MINUTE);
  o.clock.now = first.nextTryAt! - 1;
  outbox.wake();
  await o.restart();
  expect(posts).toHaveLength(1);
  o.clock.now++;
  outbox = o.start();
  const second = await tried(2);
  expect(second.nextTryAt).toBe(o.clock.now + 3 * MINUTE);
  works = true;
  o.clock.now = second.nextTryAt!;
  outbox.wake();
  expect(await tried(3)).toMatchObject({ delivery: 'delivered', error: null });
  expect(posts.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id]);
});

test('the pauses grow from a minute to half a day, and end after three days or twelve tries', () => {
  const pauses = [];
  let now = 0;
  for (let tries = 1; ; tries++) {
    const next = nextTryOf(tries, 0, now);
    if (next === null) break;
    pauses.push((next - now) / MINUTE);
    now = next;
  }
  expect(pauses).toEqual([1, 3, 9, 27, 81, 243, 720, 720, 720, 720, 720]);
  expect(now).toBeLessThanOrEqual(3 * DAY);
  expect(nextTryOf(12, 0, 0)).toBeNull();
});

test('what can not be delivered in three days is kept for the owner, who reads why', async () => {
  const { url } = await receiver((response) => response.writeHead(500).end());
  const o = office({ pets: hook(url) });
  await contacted(o.storage, { email: 'private@home.example', name: 'Private Name', text: 'private text' });
  o.clock.now += 3 * DAY;
  o.start();
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'failed', nextTryAt: null }]));
  expect((await o.rows())[0]!.error).toBe('The webhook answered 500, not 2xx.');
  expect(o.lines).toHaveLength(1);
  expect(o.lines.join('\n')).toContain('is only kept');
  expect(o.lines.join('\n')).not.toMatch(/private/i);
});

test('who is killed between the delivery and writing it down delivers again, under the same id', async () => {
  const { posts, url } = await receiver();
  const o = office({ pets: hook(url) });
  const { id } = await contacted(o.storage);
  const full = { ...picked(o.storage), triedContactMessage: () => Promise.reject(new Error('the disk is full')) };
  const outbox = o.start({ storage: full });
  await vi.waitFor(() => expect(o.lines.join('\n')).toContain('could not be written down'));
  // While it lives it remembers, and only tries to write again.
  outbox.wake();
  await vi.waitFor(() => expect(o.lines.filter((line) => line.includes('could not be written'))).toHaveLength(2));
  expect(posts).toHaveLength(1);
  await o.restart();
  o.start();
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'delivered' }]));
  expect(posts.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
});

test('a shop whose receiver hangs keeps no other waiting, and counts as not tried when the proxy ends', async () => {
  const hanging = await receiver(() => undefined);
  const quick = await receiver();
  const o = office({ pets: hook(hanging.url), books: hook(quick.url) });
  for (let n = 0; n < 3; n++) await contacted(o.storage, { now: n });
  await contacted(o.storage, { shop: 'books' });
  const outbox = o.start();
  await vi.waitFor(async () => expect(await o.rows('books')).toMatchObject([{ delivery: 'delivered' }]));
  await vi.waitFor(() => expect(hanging.posts).toHaveLength(1));
  await outbox.close();
  expect(await o.rows()).toMatchObject([{ tries: 0 }, { tries: 0 }, { tries: 0 }]);
});

test('shops whose receivers are ill hold up no other for as long as they have messages', async () => {
  const ill = await receiver((response) => void setTimeout(() => response.writeHead(500).end(), 5));
  let before = Infinity;
  const well = await receiver((response) => {
    before = ill.posts.length;
    response.writeHead(204).end();
  });
  const names = Array.from({ length: 8 }, (_, n) => `ill-${n}`);
  const o = office({ ...Object.fromEntries(names.map((name) => [name, hook(ill.url)])), pets: hook(well.url) });
  for (let n = 0; n < 10; n++)
    for (const shop of names) await contacted(o.storage, { shop, now: n, visitorId: `vis_${n}` });
  await contacted(o.storage, { now: 500 });
  o.start();
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'delivered' }]));
  expect(before).toBeLessThan(24);
});

test('a thousand messages reach their shop once each, one after the other', async () => {
  let [now, most] = [0, 0];
  const { posts, url } = await receiver((response) => {
    most = Math.max(most, ++now);
    setImmediate(() => {
      now--;
      response.writeHead(204).end();
    });
  });
  const o = office({ pets: hook(url) });
  for (let n = 0; n < 1_000; n++) await contacted(o.storage, { visitorId: `vis_${n}` });
  const outbox = o.start();
  for (let n = 0; n < 50; n++) outbox.wake();
  await vi.waitFor(async () => expect(await o.storage.dueContactMessages(Infinity, { limit: 1 })).toEqual([]), {
    timeout: 20_000,
  });
  expect(posts).toHaveLength(1_000);
  expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1_000);
  expect(most).toBe(1);
}, 30_000);

test('what waits is kept when the owner wants it nowhere any more, and tried on when the shop is gone', async () => {
  const { url } = await receiver((response) => response.writeHead(503).end());
  const o = office({ pets: hook(url), books: hook(url) });
  await contacted(o.storage);
  await contacted(o.storage, { shop: 'books' });
  o.set('pets', null);
  o.shops.delete('books');
  o.start();
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'kept', tries: 0, error: null }]));
  await vi.waitFor(async () =>
    expect(await o.rows('books')).toMatchObject([
      { delivery: 'waiting', tries: 1, error: 'This proxy serves the shop no longer.' },
    ]),
  );
});

test('messages are looked for again and again, also after that has failed', async () => {
  const { url } = await receiver();
  const o = office({ pets: hook(url) });
  await contacted(o.storage);
  let asked = 0;
  const dueContactMessages: Storage['dueContactMessages'] = (now, options) =>
    ++asked === 1 ? Promise.reject(new Error('busy')) : o.storage.dueContactMessages(now, options);
  o.start({ storage: { ...picked(o.storage), dueContactMessages }, everyMs: 1 });
  await vi.waitFor(async () => expect(await o.rows()).toMatchObject([{ delivery: 'delivered' }]));
  expect(o.lines[0]).toContain('could not be looked up');
});

function picked(storage: Storage): OutboxOptions['storage'] {
  return {
    dueContactMessages: (now, options) => storage.dueContactMessages(now, options),
    triedContactMessage: (id, end) => storage.triedContactMessage(id, end),
    messages: (threadId, limit) => storage.messages(threadId, limit),
  };
}
