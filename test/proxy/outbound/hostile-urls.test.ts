/** Under the real rules, with a server on the loopback that counts who comes: nobody may. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuard, createOutbound } from '../../../proxy/outbound/index.ts';
import { HOSTILE_NAMES, NOT_OF_THE_WEB, PRIVATE } from '../../fixtures/hostile-urls.ts';
import { get, names, refusal } from './web.ts';

let visits = 0;
const trap = createServer((_request, response) => {
  visits++;
  response.end('the inside');
});
beforeAll(() => new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve)));
afterAll(() => void trap.close());

const resolve = names(HOSTILE_NAMES);

describe('a URL that leads inside is not asked', () => {
  test.each(PRIVATE)('%j', async (url) => {
    const web = createOutbound({ allowPrivate: false, version: '1', resolve });
    const error = await refusal(get(web, withPort(url)));
    expect(error.code).toBe(url.includes('@') ? 'url_refused' : 'address_refused');
    expect(visits).toBe(0);
  });
});

describe('a URL that is none of the web is not asked, not even while developing', () => {
  test.each(NOT_OF_THE_WEB)('%j', async (url) => {
    const web = createOutbound({ allowPrivate: true, version: '1', resolve });
    expect(await refusal(get(web, withPort(url)))).toMatchObject({ code: 'url_refused' });
    expect(visits).toBe(0);
  });
});

test('a name without an address is an error that says so', async () => {
  const web = createOutbound({ allowPrivate: false, version: '1', resolve });
  const error = await refusal(get(web, 'http://nothing.example/'));
  expect(error).toMatchObject({ code: 'failed', message: 'nothing.example has no address.' });
});

test('the refusal tells the owner why, and keeps what may be a key to itself', async () => {
  const web = createOutbound({ allowPrivate: false, version: '1', resolve });
  const named = await refusal(get(web, 'https://inside.example/catalog.json?key=secret'));
  expect(named.message).toBe(
    'inside.example resolves to 10.0.0.5, which is not on the public internet. Set ALLOW_PRIVATE_NETWORK=true only while developing.',
  );
  const literal = await refusal(get(web, 'https://10.0.0.5/catalog.json?key=secret'));
  expect(literal.message).toMatch(/^https:\/\/10\.0\.0\.5\/catalog\.json is not on the public internet\./);
  const password = await refusal(get(web, 'https://user:secret@shop.example/catalog.json'));
  expect(password.message).not.toContain('secret');
});

describe('while developing the own machine may be asked', () => {
  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', 'localhost', 'shop.localhost'])(
    '%s',
    async (host) => {
      const before = visits;
      const web = createOutbound({ allowPrivate: true, version: '1', resolve });
      const { status, body } = await get(web, withPort(`http://${host}:PORT/`));
      expect([status, body.toString(), visits - before]).toEqual([200, 'the inside', 1]);
      visits = before;
    },
  );
});

describe('where a cloud keeps the keys of a machine is not asked, not even while developing', () => {
  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '2852039166',
    '0xa9.254.43518',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    '[fe80::1]',
    '[febf::1]',
    '[fd00:ec2::254]',
    '[fd20:ce::254]',
    '[::ffff:169.254.169.254]',
    '[::169.254.169.254]',
    '[::ffff:0:169.254.169.254]',
    '[64:ff9b::169.254.169.254]',
    '[64:ff9b:1::169.254.169.254]',
    '[2002:a9fe:a9fe::1]',
    '[::ffff:100.100.100.200]',
  ])('%s', (host) => {
    const guard = createGuard({ allowPrivate: true, isPublic: () => true });
    expect(() => guard.check(new URL(`http://${host}/`))).toThrow(/never asked/);
  });

  test.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1%eth0', 'fd00:ec2::254', '100.100.100.200'])(
    'a name that resolves to %s',
    async (address) => {
      const both = [
        { address: '127.0.0.1', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ];
      const web = createOutbound({ allowPrivate: true, version: '1', resolve: async () => both });
      const error = await refusal(get(web, withPort('http://metadata.example:PORT/')));
      expect(error).toMatchObject({ code: 'address_refused', message: expect.stringContaining('never asked') });
      expect(visits).toBe(0);
    },
  );

  test.each(['127.0.0.1', '10.0.0.5', '192.168.1.1', '[::1]', '[fd00::1]', '100.100.100.201'])(
    '%s, the own network, may be',
    (host) => expect(() => createGuard({ allowPrivate: true }).check(new URL(`http://${host}/`))).not.toThrow(),
  );
});

function withPort(url: string): string {
  return url.replace('PORT', String((trap.address() as AddressInfo).port));
}
