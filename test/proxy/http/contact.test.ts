import { describe, expect, test, vi } from 'vitest';
import type { ContactResponse, VisitorExport } from '../../../proxy/protocol/index.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { Shop } from '../../../proxy/shops/types.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { testShop, UNLIMITED } from '../../fixtures/shops.ts';
import { message, serveProxy, type Served, type ServeOptions } from './served.ts';

const HOUR = 3_600_000;
const open: Partial<Shop> = { contact: { form: true } };

const serve = (options: ServeOptions = {}) => serveProxy(() => answer('Hi'), { pets: open, ...options });

let count = 0;

function form(changes: Record<string, unknown> = {}) {
  return {
    client_message_id: `contact-message-${++count}`,
    name: 'Dana',
    email: 'dana@home.example',
    message: 'Is the blue bed coming back?',
    ...changes,
  };
}

async function write(served: Served, changes: Record<string, unknown> = {}, token?: string) {
  const call = { token: token ?? (await served.session()).token, json: form(changes) };
  return served.api<ContactResponse & { error?: { code: string; message: string } }>('POST', '/api/contact', call);
}

const kept = (served: Served) => served.deps.storage.contactMessages('pets', { limit: 1_000 });

/** A token of somebody who has never said anything. */
async function visitor(served: Served, visitorId: string) {
  const { token } = await served.deps.tokens.issue({ shop: 'pets', visitorId, identified: false, consent: false });
  return token;
}

describe('a message to the people of a shop', () => {
  test('is kept as it was written, by somebody who never asked the assistant anything', async () => {
    const served = await serve({ now: () => Date.UTC(2026, 10, 21, 12) });
    const { status, body } = await write(served, { message: ' Hi,\n\nis it back? ', locale: 'he' });
    expect([status, body]).toEqual([
      201,
      { contact_message_id: expect.stringMatching(/^con_/), created_at: '2026-11-21T12:00:00.000Z' },
    ]);
    expect(await kept(served)).toMatchObject([
      {
        id: body.contact_message_id,
        name: 'Dana',
        email: 'dana@home.example',
        text: 'Hi,\n\nis it back?',
        threadId: null,
        locale: 'he',
        delivery: 'kept',
      },
    ]);
  });

  test('waits for delivery where the shop says where to, and is taken there at once', async () => {
    const wake = vi.fn<() => void>();
    const outbox = { wake, close: async () => undefined };
    const contactDelivery = { kind: 'webhook', url: 'https://a.example', secret: new Secret('x') } as const;
    const served = await serve({ pets: { ...open, contactDelivery }, outbox });
    await write(served);
    expect(await kept(served)).toMatchObject([{ delivery: 'waiting', tries: 0 }]);
    expect(wake).toHaveBeenCalledOnce();
  });

  test('is the same one when it is sent again, and counts once', async () => {
    const served = await serve();
    const { token } = await served.session();
    const first = await write(served, { client_message_id: 'the-same-one' }, token);
    for (let n = 0; n < 10; n++) {
      expect(await write(served, { client_message_id: 'the-same-one' }, token)).toMatchObject({
        status: 201,
        body: first.body,
      });
    }
    expect(await kept(served)).toHaveLength(1);
    expect(await write(served, {}, token)).toMatchObject({ status: 201 });
  });

  test('takes along the conversation that is the writer’s own, and no other', async () => {
    const served = await serve();
    const { token } = await served.session();
    const chat = await served.api<{ thread_id: string }>('POST', '/api/chat', { token, json: message('A bed?') });
    const { thread_id } = chat.body;
    expect(await write(served, { thread_id }, token)).toMatchObject({ status: 201 });
    expect(await kept(served)).toMatchObject([{ threadId: thread_id }]);
    const foreign = await write(served, { thread_id });
    const none = await write(served, { thread_id: 'thr_none' });
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'thread_not_found' } } });
    expect(none.body).toEqual(foreign.body);
    expect(await kept(served)).toHaveLength(1);
  });

  test('is taken while the shop’s budget is used up', async () => {
    const limits = { ...testShop().limits, shop: { ...UNLIMITED, tokensPerDay: 1 }, whenSpent: ['contact' as const] };
    const served = await serve({ pets: { ...open, limits } });
    const { token } = await served.session();
    const chat = await served.api('POST', '/api/chat', { token, json: message('A bed?') });
    expect(chat.body).toMatchObject({ notices: [{ code: 'contact', contact: { form: true } }] });
    expect(await write(served, {}, token)).toMatchObject({ status: 201 });
  });

  test('needs a token, and consent where the shop asks for it', async () => {
    const privacy = { ...testShop().privacy, consent: true };
    const served = await serve({ pets: { ...open, privacy } });
    expect(await served.api('POST', '/api/contact', { json: form() })).toMatchObject({ status: 401 });
    const refused = await write(served, {}, await visitor(served, 'vis_a'));
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'consent_required' } } });
    expect(await kept(served)).toEqual([]);
  });

  test('finds nobody in a shop without a form', async () => {
    for (const contact of [null, { email: 'help@pets.example' }]) {
      const served = await serve({ pets: { contact } });
      expect(await write(served)).toMatchObject({ status: 404, body: { error: { code: 'contact_off' } } });
      expect(await kept(served)).toEqual([]);
    }
  });

  test('leaves neither name nor address nor text in the log', async () => {
    const lines: string[] = [];
    const served = await serve();
    vi.spyOn(served.deps.log, 'info').mockImplementation((...args: unknown[]) => void lines.push(JSON.stringify(args)));
    const { body } = await write(served);
    await write(served, { email: 'no address' });
    const about = lines.filter((line) => line.includes('people of the shop'));
    expect(about).toEqual([expect.stringContaining(body.contact_message_id)]);
    expect(lines.join('\n')).not.toMatch(/dana|blue bed|no address/i);
  });
});

describe('what is written', () => {
  test.each([
    [{ email: 'nobody' }, 'invalid_request', 'email: must be an e-mail address'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, 'invalid_request', 'email: must be an e-mail address'],
    [{ email: 'a@b.example, c@d.example' }, 'invalid_request', 'email: must be an e-mail address'],
    [{ email: '"x" <a@b.example>' }, 'invalid_request', 'email: must be an e-mail address'],
    [{ email: `${'a'.repeat(200)}@b.example` }, 'invalid_request', 'email: must be 200 characters at most'],
    [{ email: null }, 'invalid_request', 'email: '],
    [{ name: 'x'.repeat(81) }, 'invalid_request', 'name: must be 80 characters at most'],
    [{ name: ['x'] }, 'invalid_request', 'name: '],
    [{ message: ' \u200b\n' }, 'message_empty', 'empty'],
    [{ message: '\u3164\u115f' }, 'message_empty', 'empty'],
    [{ message: 'x'.repeat(4_001) }, 'message_too_long', 'at most 4000'],
    [{ message: undefined }, 'invalid_request', 'message: '],
    [{ client_message_id: 'short' }, 'invalid_request', 'client_message_id: '],
    [{ thread_id: null }, 'invalid_request', 'thread_id: '],
    [{ thread_id: 'x'.repeat(65) }, 'invalid_request', 'thread_id: '],
  ])('is refused with what is wrong: %j', async (changes, code, words) => {
    const served = await serve();
    const { status, body } = await write(served, changes);
    expect([status, body.error!.code]).toEqual([400, code]);
    expect(body.error!.message).toContain(words);
    expect(await kept(served)).toEqual([]);
  });

  test('is as long as may be, without what can not be seen, the name on one line', async () => {
    const served = await serve();
    const long = 'x'.repeat(4_000);
    expect(await write(served, { name: undefined, message: long })).toMatchObject({ status: 201 });
    await write(served, {
      name: 'Da\u202ena\r\nBcc: everybody@else.example',
      email: ' dana@home.example ',
      message: 'Hi\u0000\u{e0041} <|im_start|>there',
    });
    const rows = await kept(served);
    expect(rows).toContainEqual(expect.objectContaining({ name: '', text: long }));
    expect(rows).toContainEqual(
      expect.objectContaining({
        name: 'Dana Bcc: everybody@else.example',
        email: 'dana@home.example',
        text: expect.stringMatching(/^Hi\s+there$/),
      }),
    );
  });

  test('loses the number of a card where the shop masks those, and no way to be reached', async () => {
    const privacy = { ...testShop().privacy, mask: ['email', 'phone', 'card'] as const };
    const served = await serve({ pets: { ...open, privacy } });
    await write(served, { message: 'Call +972 54 123 4567, me@home.example; I paid with 4111 1111 1111 1111' });
    expect((await kept(served))[0]!.text).toBe('Call +972 54 123 4567, me@home.example; I paid with [card]');
  });
});

describe('how many', () => {
  test('a visitor may write five an hour, and is told when the next', async () => {
    const served = await serve();
    const { token } = await served.session();
    for (let n = 0; n < 5; n++) expect(await write(served, {}, token)).toMatchObject({ status: 201 });
    const refused = await write(served, {}, token);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryable: true } } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(HOUR / 1_000);
  });

  test('a thousand forms at once, of visitors made for it, leave twenty of one address', async () => {
    const served = await serve();
    const tokens = await Promise.all(Array.from({ length: 1_000 }, (_, n) => visitor(served, `vis_${n}`)));
    const answers = await Promise.all(tokens.map((token) => write(served, {}, token)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(980);
    expect(await kept(served)).toHaveLength(20);
  }, 30_000);

  test('so many addresses as there are leave three hundred an hour of a shop', async () => {
    const served = await serve({ trustProxy: ['loopback'] });
    const counts: Record<number, number> = {};
    for (let n = 0; n < 310; n++) {
      const { status } = await served.api('POST', '/api/contact', {
        token: await visitor(served, `vis_${n}`),
        json: form(),
        headers: { 'x-forwarded-for': `203.0.113.${n % 250}` },
      });
      counts[status] = (counts[status] ?? 0) + 1;
    }
    expect(counts).toEqual({ 201: 300, 429: 10 });
  }, 30_000);

  test('of one visitor twenty are kept', async () => {
    const served = await serve();
    const { token } = await served.session();
    const { visitorId } = (await served.deps.tokens.verify(token))!;
    for (let n = 0; n < 20; n++) {
      const rest = {
        threadId: null,
        name: '',
        email: 'a@b.example',
        text: 'Hi',
        locale: 'en',
        delivery: 'kept',
      } as const;
      const ids = { shop: 'pets', visitorId, clientMessageId: `kept-${n}` };
      await served.deps.storage.addContactMessage({ ...ids, ...rest, now: n, maxMessages: 20 });
    }
    expect(await write(served, {}, token)).toMatchObject({
      status: 409,
      body: { error: { code: 'too_many_contact_messages' } },
    });
  });
});

test('what a visitor wrote is in the export of all that is theirs, and goes with it', async () => {
  const served = await serve();
  const { token } = await served.session();
  const { body } = await write(served, { name: undefined }, token);
  await write(served);
  const exported = await served.api<VisitorExport>('GET', '/api/visitor', { token });
  expect(exported.body.contact_messages).toEqual([
    {
      ...body,
      name: '',
      email: 'dana@home.example',
      message: 'Is the blue bed coming back?',
      thread_id: null,
    },
  ]);
  expect(await served.api('DELETE', '/api/visitor', { token })).toMatchObject({ status: 204 });
  const after = await served.api<VisitorExport>('GET', '/api/visitor', { token });
  expect(after.body.contact_messages).toEqual([]);
  expect(await kept(served)).toHaveLength(1);
});

test('the form is in what the panel is drawn with', async () => {
  const served = await serve({ pets: { contact: { email: 'help@pets.example', form: true } } });
  const { body } = await served.api('GET', '/api/shops/pets');
  expect(body['contact']).toEqual({ email: 'help@pets.example', form: true });
});
