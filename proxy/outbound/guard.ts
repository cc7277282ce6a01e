import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { callbackify } from 'node:util';
import { addressOf, OutboundError } from './outbound-error.ts';
import { isMetadataAddress, isPublicAddress } from './public-address.ts';
import type { Guard, Resolve } from './types.ts';

export interface GuardOptions {
  /** Lets private addresses pass, for development only; never those where a cloud keeps a machine's keys. */
  allowPrivate: boolean;
  resolve?: Resolve;
  /** What counts as public; a test that runs on one machine has a loopback address for both. */
  isPublic?: (address: string) => boolean;
}

/** Other ports below 1024 belong to mail, SSH, directories: services that might take a request for a command. */
const WEB_PORTS = ['', '80', '443'];

const NEVER = 'is link-local or the metadata service of a cloud, and never asked.';
const WAY_OUT = 'Set ALLOW_PRIVATE_NETWORK=true only while developing.';

export function createGuard({
  allowPrivate,
  resolve = (hostname) => systemLookup(hostname, { all: true }),
  isPublic = isPublicAddress,
}: GuardOptions): Guard {
  /** @throws OutboundError */
  async function publicAddresses(hostname: string): Promise<{ address: string; family: number }[]> {
    const addresses = await resolve(hostname);
    const never = addresses.find(({ address }) => isMetadataAddress(address));
    if (never) {
      throw new OutboundError('address_refused', `${hostname} resolves to ${never.address}, which ${NEVER}`);
    }
    const inside = allowPrivate ? undefined : addresses.find(({ address }) => !isPublic(address));
    if (inside) {
      const message = `${hostname} resolves to ${inside.address}, which is not on the public internet. ${WAY_OUT}`;
      throw new OutboundError('address_refused', message);
    }
    if (addresses.length === 0) throw new OutboundError('failed', `${hostname} has no address.`);
    return addresses;
  }
  const answer = callbackify(publicAddresses);

  return {
    check(url) {
      const where = addressOf(url);
      if (!/^https?:$/.test(url.protocol)) {
        throw new OutboundError('url_refused', `${where} is neither http nor https.`);
      }
      if (url.username !== '' || url.password !== '') {
        throw new OutboundError('url_refused', `${where} is written with a user name or password: take them out.`);
      }
      if (!WEB_PORTS.includes(url.port) && Number(url.port) < 1024) {
        throw new OutboundError('url_refused', `${where} has a port that is not for the web: 80, 443 and 1024 up are.`);
      }
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(host) !== 0 && isMetadataAddress(host)) {
        throw new OutboundError('address_refused', `${where} ${NEVER}`);
      }
      if (isIP(host) !== 0 && !allowPrivate && !isPublic(host)) {
        throw new OutboundError('address_refused', `${where} is not on the public internet. ${WAY_OUT}`);
      }
    },

    lookup(hostname, { all }, callback) {
      answer(hostname, (error, addresses) => {
        if (error) callback(error, []);
        else if (all) callback(null, addresses);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      });
    },
  };
}
