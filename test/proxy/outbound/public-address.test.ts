import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../../proxy/outbound/index.ts';

describe('public addresses pass', () => {
  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:82a::200e',
    '::ffff:1.1.1.1',
    '64:ff9b::1.1.1.1',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('what an IPv4 address of the inside looks like in IPv6 does not pass', () => {
  test.each([
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::10.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::168.63.129.16',
    '64:ff9b:1::10.0.0.1',
    '2002:a00:1::1',
    '2001:0:a00:1::1',
    'fe80::1%eth0',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false));
});
