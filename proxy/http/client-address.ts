/**
 * From which network a request comes. Who may write to us may write any `X-Forwarded-For`, so it counts only as far as
 * proxies have written it that whoever runs this one named in `trustProxy`. The address itself stays in this file: all
 * others see a keyed hash of it, which is another one in every shop.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { KeyedHash } from './keyed-hash.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

export interface ClientAddresses {
  /** 22 characters. One IPv4 address, or one /64 of IPv6: what a household gets, and what a single machine can roam in. */
  of(incoming: IncomingMessage, shop: string): string;
  /** The shopper's part of the way was encrypted, as a trusted proxy says. */
  overTls(incoming: IncomingMessage): boolean;
}

export interface ClientAddressOptions {
  /** Addresses, CIDR ranges, or `loopback`. */
  trustProxy: readonly string[];
  hash: KeyedHash;
}

/** @throws Error for an entry of `trustProxy` that is no address, naming it */
export function createClientAddresses({ trustProxy, hash }: ClientAddressOptions): ClientAddresses {
  const trusted = trustProxy.flatMap(rangesOf);

  function isTrusted(address: Address): boolean {
    return trusted.some(([net, bits]) => net.kind() === address.kind() && address.match(net, bits));
  }

  function clientOf(incoming: IncomingMessage): Address | undefined {
    const peer = parse(incoming.socket.remoteAddress ?? '');
    if (!peer || !isTrusted(peer)) return peer;
    let client = peer;
    // Each proxy adds at the end whom it was asked by: the last one that none of ours vouches for is the shopper.
    for (const hop of hopsOf(incoming).reverse()) {
      const address = parse(hop);
      if (!address) return peer;
      client = address;
      if (!isTrusted(address)) break;
    }
    return client;
  }

  return {
    of(incoming, shop) {
      const client = clientOf(incoming);
      // A socket that is gone already has no address any more.
      return hash('address', shop, client ? networkOf(client) : 'unknown');
    },
    overTls(incoming) {
      const peer = parse(incoming.socket.remoteAddress ?? '');
      const proto = incoming.headers['x-forwarded-proto'];
      return peer !== undefined && isTrusted(peer) && proto?.toString().trim().toLowerCase() === 'https';
    },
  };
}

/** What a setting of `trustProxy` stands for. @throws Error naming it when it stands for nothing */
function rangesOf(setting: string): Range[] {
  if (setting === 'loopback') return [ipaddr.parseCIDR('127.0.0.0/8'), ipaddr.parseCIDR('::1/128')];
  const address = parse(setting);
  if (address) return [[address, address.kind() === 'ipv4' ? 32 : 128]];
  if (isIP(setting.split('/')[0]!) !== 0 && ipaddr.isValidCIDR(setting)) return [ipaddr.parseCIDR(setting)];
  throw new Error(`"${setting}" is no address, no range such as 10.0.0.0/8, and not "loopback".`);
}

function hopsOf({ headers }: IncomingMessage): string[] {
  // Node joins repeated headers with commas; their number is bounded by the size of all headers.
  const list = headers['x-forwarded-for']?.toString() ?? '';
  return list === '' ? [] : list.split(',').map((hop) => hop.trim());
}

/** Strictly: ipaddr.js alone takes `1` and `0x7f.1` for addresses too. */
function parse(text: string): Address | undefined {
  const bare = text.replace(/%.*$/, '');
  // `process` turns ::ffff:192.0.2.1 into the IPv4 address it is.
  return isIP(bare) === 0 ? undefined : ipaddr.process(bare);
}

function networkOf(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString();
  return `${Buffer.from(address.toByteArray().slice(0, 8)).toString('hex')}/64`;
}
