import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { ShopFile } from './schema.ts';
import type { References } from './surroundings.ts';
import type { ShopIdentity } from './types.ts';

const MAX_KEY_FILE = 20_000;
const MIN_SECRET_BYTES = 32;
const MIN_RSA_BITS = 2_048;
const CURVES: Record<string, string> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** What verifies the shop's signed-in shoppers; null where it knows none, or where its settings are wrong. */
export async function identityOf({ identity }: ShopFile, references: References): Promise<ShopIdentity | null> {
  if (!identity) return null;
  const place = identity.secret === undefined ? 'identity.public_key' : 'identity.secret';
  try {
    let verifier: ShopIdentity;
    if (identity.secret !== undefined) {
      const secret = references.secret(place, identity.secret);
      if (secret === undefined) return null;
      verifier = secretIdentity(secret, identity.algorithms);
    } else {
      const pem = await publicKey(place, identity.public_key!, references);
      if (pem === undefined) return null;
      verifier = publicKeyIdentity(pem, identity.algorithms);
    }
    return {
      ...verifier,
      ...(identity.issuer !== undefined && { issuer: identity.issuer }),
      ...(identity.audience !== undefined && { audience: identity.audience }),
    };
  } catch (error) {
    references.flaw(place, (error as Error).message);
    return null;
  }
}

async function publicKey(place: string, value: string, references: References): Promise<string | undefined> {
  if (value.startsWith('env:')) return references.text(place, value);
  return value.includes('-----BEGIN') ? value : references.fileText(place, value, MAX_KEY_FILE);
}

/** @throws Error worded for the owner, never with the secret in it */
function secretIdentity(secret: string, algorithms?: readonly string[]): ShopIdentity {
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
    throw new Error(`must have at least ${MIN_SECRET_BYTES} characters; \`openssl rand -base64 32\` makes one`);
  }
  return fitting(createSecretKey(Buffer.from(secret)), ['HS256', 'HS384', 'HS512'], algorithms);
}

/** @throws Error worded for the owner */
function publicKeyIdentity(pem: string, algorithms?: readonly string[]): ShopIdentity {
  // Node would make the public key out of it, and the private one would lie about on a machine that has no use for it.
  if (pem.includes('PRIVATE KEY'))
    throw new Error('is a private key; give the public one, and keep this one to yourself');
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (cause) {
    throw new Error('is no public key in PEM form (-----BEGIN PUBLIC KEY-----)', { cause });
  }
  return fitting(key, algorithmsOf(key), algorithms);
}

function algorithmsOf(key: KeyObject): string[] {
  const details = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      if ((details.modulusLength ?? 0) < MIN_RSA_BITS) throw new Error(`needs at least ${MIN_RSA_BITS} bits`);
      return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
    case 'ec': {
      const algorithm = CURVES[details.namedCurve ?? ''];
      if (algorithm !== undefined) return [algorithm];
      throw new Error('has a curve that JWTs do not use; take P-256');
    }
    case 'ed25519':
      return ['EdDSA', 'Ed25519'];
    default:
      throw new Error('is of a kind that JWTs do not use; take RSA, P-256 or Ed25519');
  }
}

function fitting(key: KeyObject, possible: readonly string[], wanted?: readonly string[]): ShopIdentity {
  const odd = wanted?.find((algorithm) => !possible.includes(algorithm));
  if (odd !== undefined) throw new Error(`does not go with the algorithm ${odd}; it goes with ${possible.join(', ')}`);
  return { key, algorithms: wanted ?? possible };
}
