import ipaddr from 'ipaddr.js';

/** Stand for an IPv4 address, and lead to it: mapped ones, and those of the network that translates (NAT64). */
const WRAPPED = ['::ffff:0:0/96', '64:ff9b::/96'].map((range) => ipaddr.parseCIDR(range));
/** All of IPv6 that is given out for the public (RFC 4291, 2.5.4); the rest is special, or nobody's yet. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** Looks public, but answers as the host's own platform inside of Azure. */
const AZURE_PLATFORM = '168.63.129.16';

/**
 * Whether an address (IPv4 or IPv6, as `net.isIP` knows them) is one of the public internet's: not loopback, private,
 * link-local, shared, multicast, reserved, nor one of those in the dress of IPv6.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.parse(address);
  if (WRAPPED.some((range) => isIn(parsed, range))) {
    return isPublicAddress(ipaddr.fromByteArray(parsed.toByteArray().slice(-4)).toString());
  }
  if (parsed.range() !== 'unicast' || parsed.toString() === AZURE_PLATFORM) return false;
  return parsed.kind() === 'ipv4' || isIn(parsed, GLOBAL_IPV6);
}

/** Where clouds tell a machine its own keys, outside of the link-local ranges: Alibaba, Oracle, AWS and Google by IPv6. */
const METADATA = ['100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254', AZURE_PLATFORM].map((address) =>
  ipaddr.parse(address).toNormalizedString(),
);
/** IPv6 in which an IPv4 address stands: its range, and where in its 16 bytes. */
const HOLDS_IPV4 = [
  { range: ipaddr.parseCIDR('2002::/16'), at: 2 },
  { range: ipaddr.parseCIDR('::/96'), at: 12 },
  { range: ipaddr.parseCIDR('::ffff:0:0:0/96'), at: 12 },
  { range: ipaddr.parseCIDR('64:ff9b:1::/48'), at: 12 },
  ...WRAPPED.map((range) => ({ range, at: 12 })),
];

/**
 * Whether an address is link-local (169.254.0.0/16, fe80::/10) or another at which a cloud answers with the machine's keys.
 * No catalogue is there, on nobody's network.
 */
export function isMetadataAddress(address: string): boolean {
  const parsed = ipaddr.parse(address);
  const held = HOLDS_IPV4.find(({ range }) => isIn(parsed, range));
  if (held) {
    const inner = ipaddr.fromByteArray(parsed.toByteArray().slice(held.at, held.at + 4));
    if (isMetadataAddress(inner.toString())) return true;
  }
  // Without its zone (fe80::1%eth0), which says by which way and not where to.
  const bare = ipaddr.fromByteArray(parsed.toByteArray());
  return parsed.range() === 'linkLocal' || METADATA.includes(bare.toNormalizedString());
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}
