import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createClientAddresses } from '../../../proxy/http/client-address.ts';
import { createKeyedHash } from '../../../proxy/http/keyed-hash.ts';

const LONG_WAY = ['loopback', '10.0.0.0/8', '2001:db8:ff::/48', '192.0.2.7'];

/** A request from a socket, with these headers. */
function from(remoteAddress: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}
const forwarded = (peer: string, hops: string) => from(peer, { 'x-forwarded-for': hops });

/** The network in place of its hash, so that a test can read it. */
const clear = (...trustProxy: string[]) =>
  createClientAddresses({ trustProxy, hash: (...parts) => parts.slice(2).join() });

describe('the address of a request', () => {
  test.each([
    ['an IPv4 address', '198.51.100.4', '198.51.100.4'],
    ['an IPv4 address in an IPv6 socket', '::ffff:198.51.100.4', '198.51.100.4'],
    ['a /64 of IPv6', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', '20010db800010002/64'],
    ['a link-local one with its zone', 'fe80::1%eth0', 'fe80000000000000/64'],
    ['nothing, once the socket is gone', undefined, 'unknown'],
  ])('is %s', (_, peer, network) => {
    expect(clear().of(from(peer), 'pets')).toBe(network);
  });

  test('is the same in a whole /64, and another in the next', () => {
    const addresses = clear();
    const of = (peer: string) => addresses.of(from(peer), 'pets');
    expect(of('2001:db8:1:2::1')).toBe(of('2001:db8:1:2:ffff::9'));
    expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
  });

  test.each([
    ['nobody is trusted', [], '198.51.100.4', '203.0.113.9', '198.51.100.4'],
    ['the sender is no proxy of ours', LONG_WAY, '198.51.100.4', '203.0.113.9', '198.51.100.4'],
    ['our proxy says so', LONG_WAY, '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['our proxy, on an IPv6 socket, says so', LONG_WAY, '::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['the shopper wrote the rest', LONG_WAY, '127.0.0.1', '1.1.1.1, 127.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['the shopper wrote nonsense', LONG_WAY, '127.0.0.1', 'x<script>, 203.0.113.9', '203.0.113.9'],
    ['there are several proxies', LONG_WAY, '10.1.1.1', '1.1.1.1, 203.0.113.9, 192.0.2.7, 10.2.2.2', '203.0.113.9'],
    ['there are none but ours', LONG_WAY, '127.0.0.1', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
    ['the shopper has IPv6', LONG_WAY, '2001:db8:ff::1', '2001:db8:5:6::7', '20010db800050006/64'],
    ['our proxy says nothing', LONG_WAY, '127.0.0.1', '', '127.0.0.1'],
    ['our proxy says what is no address', LONG_WAY, '127.0.0.1', '203.0.113.9, unknown', '127.0.0.1'],
    ['a proxy of ours says so of another', LONG_WAY, '127.0.0.1', 'unknown, 10.2.2.2', '127.0.0.1'],
    ['it is one by ancient rules only', LONG_WAY, '127.0.0.1', '0x7f.1', '127.0.0.1'],
    ['it comes with a port', LONG_WAY, '127.0.0.1', '203.0.113.9:4711', '127.0.0.1'],
    ['it is empty at its end', LONG_WAY, '127.0.0.1', '203.0.113.9,', '127.0.0.1'],
  ])('when %s', (_, trusted, peer, hops, network) => {
    expect(clear(...trusted).of(forwarded(peer, hops), 'pets')).toBe(network);
  });

  test('is never said: only a keyed hash, another one in every shop and under every key', () => {
    const keyed = (key: string) => createClientAddresses({ trustProxy: [], hash: createKeyedHash(key) });
    const request = from('198.51.100.4');
    const [pets, books] = [keyed('a').of(request, 'pets'), keyed('a').of(request, 'books')];
    expect(pets).toMatch(/^[\w-]{22}$/);
    expect(keyed('a').of(request, 'pets')).toBe(pets);
    expect(new Set([pets, books, keyed('b').of(request, 'pets')]).size).toBe(3);
  });

  test.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/x', '1/8', 'loopback6'])(
    'refuses to trust "%s"',
    (setting) => {
      expect(() => clear(setting)).toThrow(`"${setting}" is no address`);
    },
  );
});

describe('a request came over TLS', () => {
  test.each([
    ['when a proxy of ours says so', '127.0.0.1', 'https', true],
    ['but not when it says http', '127.0.0.1', 'http', false],
    ['but not when a stranger says so', '198.51.100.4', 'https', false],
  ])('%s', (_, peer, proto, expected) => {
    expect(clear('loopback').overTls(from(peer, { 'x-forwarded-proto': proto }))).toBe(expected);
  });
});
