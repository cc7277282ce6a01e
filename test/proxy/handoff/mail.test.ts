import { expect, test } from 'vitest';
import { createMail } from '../../../proxy/handoff/mail.ts';
import type { MailSettings } from '../../../proxy/handoff/mail-settings.ts';
import { letter, mailbox, NEVER, refusal, type Mail } from './letters.ts';

const OWNER = 'owner@pippalo.example';

function mail(port: number, changes: Partial<MailSettings> = {}, timeoutMs?: number) {
  const from = { name: 'Shop Clerk', address: 'clerk@pippalo.example' };
  const settings: MailSettings = { host: '127.0.0.1', port, tls: 'none', user: '', password: '', from, ...changes };
  return createMail({ settings, to: OWNER, ...(timeoutMs !== undefined && { timeoutMs }) });
}

/** Names of a mail's header fields with what they say, folded lines put together. */
function headersOf({ raw }: Mail): Record<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[\t ]+/g, ' ');
  return Object.fromEntries(
    head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.replace(/^[^:]+: /, '')]),
  );
}

test('a letter comes to the owner, whose answer goes to the shopper', async () => {
  const { mails, port } = await mailbox();
  await mail(port).deliver(letter(), NEVER);
  expect(mails).toMatchObject([{ from: 'clerk@pippalo.example', to: [OWNER] }]);
  expect(headersOf(mails[0]!)).toMatchObject({
    from: 'Shop Clerk <clerk@pippalo.example>',
    to: OWNER,
    'reply-to': 'Dana <dana@home.example>',
    subject: 'Message from Dana to Pippalo',
    'message-id': '<con_0123456789abcdefghijkl@pippalo.example>',
    'auto-submitted': 'auto-generated',
    'content-type': 'text/plain; charset=utf-8',
  });
  const { raw } = mails[0]!;
  expect(raw).toContain('Is the blue bed\r\ncoming back?');
  expect(raw).toContain('The shopper sent no conversation with it.');
  expect(raw).not.toContain('attachment');
});

test('the conversation is attached as text when the shopper agreed', async () => {
  const { mails, port } = await mailbox();
  await mail(port).deliver(letter({ transcript: 'Shopper: <b>Hi</b> שלום' }), NEVER);
  const { raw } = mails[0]!;
  expect(raw).toContain('filename=conversation.txt');
  expect(raw).toMatch(/Content-Type: text\/plain; charset=utf-8;?\s+name=conversation\.txt/i);
  const encoded = raw.split('\r\n\r\n').find((part) => part.startsWith(btoa('Shopper').slice(0, 8)));
  expect(Buffer.from(encoded!.split('\r\n--')[0]!, 'base64').toString()).toBe('Shopper: <b>Hi</b> שלום');
});

test.each([
  ['name', { name: 'Dana\r\nBcc: everybody@else.example\r\n\r\nBuy' }],
  ['name in quotes', { name: '"><x@y.example>, "Dana\u0000\u2028Bcc: everybody@else.example' }],
  ['e-mail address', { email: 'dana@home.example\r\nBcc: everybody@else.example' }],
  ['several e-mail addresses', { email: 'dana@home.example, everybody@else.example' }],
  ["shop's name", { shop: { slug: 'pets', name: 'Pets\r\nBcc: everybody@else.example' } }],
  ['text', { text: 'Hi\r\n.\r\nMAIL FROM:<x@y.example>\r\nRCPT TO:<everybody@else.example>\r\nDATA' }],
])('a line break in the %s adds no header, no recipient and no mail', async (_, changes) => {
  const { mails, port } = await mailbox();
  await mail(port).deliver(letter(changes), NEVER);
  expect(mails).toHaveLength(1);
  expect(mails[0]!.to).toEqual([OWNER]);
  expect(mails[0]!.raw).not.toMatch(/^Bcc:/m);
  const names = Object.keys(headersOf(mails[0]!)).sort();
  const plain = await mailbox();
  await mail(plain.port).deliver(letter(), NEVER);
  expect(names).toEqual(Object.keys(headersOf(plain.mails[0]!)).sort());
});

test('names of all languages stay readable', async () => {
  const { mails, port } = await mailbox();
  await mail(port).deliver(letter({ name: 'דנה' }), NEVER);
  expect(headersOf(mails[0]!)).toMatchObject({
    'reply-to': `=?UTF-8?B?${Buffer.from('דנה').toString('base64')}?= <dana@home.example>`,
  });
});

test('the user and password are given to a server that wants them', async () => {
  const logins: string[] = [];
  const { mails, port } = await mailbox({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      logins.push(`${username} ${password}`);
      done(password === 'right' ? null : new Error('Wrong password'), { user: username });
    },
  });
  const error = await refusal(mail(port, { user: 'clerk', password: 'wrong' }).deliver(letter(), NEVER));
  expect(error.message).toBe('The mail server did not take it (535, EAUTH).');
  await mail(port, { user: 'clerk', password: 'right' }).deliver(letter(), NEVER);
  expect(logins).toEqual(['clerk wrong', 'clerk right']);
  expect(mails).toHaveLength(1);
});

test('a refusal is told with its number; the words of the server are for the owner alone', async () => {
  const { port } = await mailbox({
    onRcptTo: (address, _session, done) =>
      done(Object.assign(new Error(`No mailbox ${address.address} here`), { responseCode: 550 })),
  });
  const error = await refusal(mail(port).deliver(letter(), NEVER));
  expect(error.message).toBe('The mail server did not take it (550, EENVELOPE).');
  expect(error.said).toContain(`No mailbox ${OWNER} here`);
});

test('where TLS is asked for, a server without it gets neither password nor letter', async () => {
  const commands: string[] = [];
  const { mails, port } = await mailbox({
    onMailFrom: (_address, _session, done) => {
      commands.push('MAIL');
      done();
    },
    onAuth: (_auth, _session, done) => {
      commands.push('AUTH');
      done(null, { user: 'clerk' });
    },
  });
  for (const tls of ['required', 'implicit'] as const) {
    await refusal(mail(port, { tls, user: 'clerk', password: 'right' }).deliver(letter(), NEVER));
  }
  expect([commands, mails]).toEqual([[], []]);
});

test('a server that is gone or says nothing has not taken it', async () => {
  expect((await refusal(mail(9).deliver(letter(), NEVER))).message).toContain('did not take it');
  const { port } = await mailbox({ onConnect: () => undefined });
  const error = await refusal(mail(port, {}, 50).deliver(letter(), NEVER));
  expect(error.message).toBe('The mail server took longer than 50 ms.');
});

test('a delivery is broken off when the proxy ends', async () => {
  const stop = new AbortController();
  const { port } = await mailbox({ onConnect: () => stop.abort(new Error('shutting down')) });
  await expect(mail(port).deliver(letter(), stop.signal)).rejects.toThrow('shutting down');
});
