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

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}
