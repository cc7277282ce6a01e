/** Under the real rules, with a server on the loopback that counts who comes: nobody may. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutbound } from '../../../proxy/outbound/index.ts';
import { get, names, refusal } from './web.ts';

let visits = 0;
const trap = createServer((_request, response) => {
  visits++;
  response.end('the inside');
});
beforeAll(() => new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve)));
afterAll(() => void trap.close());

const resolve = names({
  localhost: [['127.0.0.1']],
  'localhost.': [['127.0.0.1']],
  'shop.localhost': [['127.0.0.1']],
  'localhost.localdomain': [['::1', '127.0.0.1']],
  'inside.example': [['10.0.0.5']],
  'mixed.example': [['93.184.215.14', '10.0.0.5']],
  'mixed6.example': [['2606:4700:4700::1111', 'fd00::1']],
  'metadata.google.internal': [['169.254.169.254']],
  '127.0.0.1.nip.example': [['127.0.0.1']],
  'mapped.example': [['::ffff:10.0.0.5']],
  'zone.example': [['fe80::1%lo']],
  'nothing.example': [[]],
});

/** PORT is the trap's. */
const PRIVATE = [
  'http://127.0.0.1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.8.8.8:PORT/',
  'http://127.255.255.254:PORT/',
  'http://0x7f.1:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7F.0x0.0x0.0x1:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://017700000001:PORT/',
  'http://2130706433:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://127。0。0。1:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http:127.0.0.1:PORT',
  'http:\\\\127.0.0.1:PORT\\',
  'ht\ntp://127.0.0.1:PORT/',
  ' http://127.0.0.1:PORT/ ',
  'HTTP://127.0.0.1:PORT/',
  'http://public.example@127.0.0.1:PORT/#',
  'http://0:PORT/',
  'http://0.0.0.0:PORT/',
  'http://0.1.2.3/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.255.255:8080/',
  'http://100.64.0.1/',
  'http://100.100.100.200/latest/meta-data/',
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.170.2/v2/credentials',
  'http://0xa9fea9fe/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://168.63.129.16/metadata/instance',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://239.255.255.250:1900/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[::ffff:a9fe:a9fe]/latest/meta-data/',
  'http://[::127.0.0.1]:PORT/',
  'http://[::ffff:0:127.0.0.1]:PORT/',
  'http://[64:ff9b::127.0.0.1]:PORT/',
  'http://[64:ff9b::a00:5]/',
  'http://[64:ff9b:1::a00:5]/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[2002:a00:5::1]/',
  'http://[2001:0:7f00:1::1]/',
  'http://[2001:db8::1]/',
  'http://[100::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[4000::1]/',
  'http://localhost:PORT/',
  'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/',
  'http://shop.localhost:PORT/',
  'http://localhost.localdomain:PORT/',
  'http://127.0.0.1.nip.example:PORT/',
  'http://inside.example/',
  'https://inside.example/',
  'http://mixed.example/',
  'http://mixed6.example/',
  'http://mapped.example/',
  'http://zone.example/',
  'http://metadata.google.internal/computeMetadata/v1/',
];

const NOT_OF_THE_WEB = [
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'gopher://127.0.0.1:PORT/_GET%20/',
  'ftp://public.example/catalog.json',
  'dict://127.0.0.1:PORT/info',
  'ldap://127.0.0.1:PORT/',
  'data:application/json,{"products":[]}',
  'javascript:alert(1)',
  'blob:http://127.0.0.1:PORT/1',
  'ws://127.0.0.1:PORT/',
  'unix:///var/run/docker.sock',
  'http://user@93.184.215.14/',
  'http://user:password@93.184.215.14/',
  'http://:password@93.184.215.14/',
  'http://93.184.215.14:0/',
  'http://93.184.215.14:22/',
  'http://93.184.215.14:25/',
  'http://93.184.215.14:389/',
  'http://93.184.215.14:1023/',
  'http://93.184.215.14:65536/',
  'http://[fe80::1%25lo]:PORT/',
  'http://[::1/',
  'http://',
  '//127.0.0.1:PORT/',
  '/etc/passwd',
  '',
];

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

function withPort(url: string): string {
  return url.replace('PORT', String((trap.address() as AddressInfo).port));
}
