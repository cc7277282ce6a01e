import { errors, jwtVerify, type JWTPayload } from 'jose';
import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';

/** Who has signed in, as the shop says. */
export interface Identity {
  /** The shop's own name for them; never leaves the proxy. */
  subject: string;
  expiresAt: Date;
}

const MAX_AHEAD_S = 24 * 60 * 60;
const MAX_SUBJECT = 200;
/** The shop's clock and ours are never quite the same. */
const CLOCK_TOLERANCE_S = 5;

/**
 * Reads the JWT with which a shop's page says who has signed in. Only the algorithms that fit the shop's key are taken,
 * whatever the token says of itself.
 * @throws ChatError `identity_invalid`, saying to the shop's developers what is wrong, without the token
 */
export async function verifyIdentity(shop: Shop, jwt: string, now: number): Promise<Identity> {
  const { identity } = shop;
  if (!identity) throw refusal(`this shop takes none: there is no "identity" in ${shop.settings}`);
  const { issuer, audience } = identity;
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(jwt, identity.key, {
      algorithms: [...identity.algorithms],
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
      clockTolerance: CLOCK_TOLERANCE_S,
    }));
  } catch (cause) {
    throw refusal(problemOf(cause, shop), cause);
  }
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || sub.length < 1 || sub.length > MAX_SUBJECT) {
    throw refusal(`its "sub" must be a text of 1 to ${MAX_SUBJECT} characters`);
  }
  if (exp === undefined || exp > now / 1000 + MAX_AHEAD_S + CLOCK_TOLERANCE_S) {
    throw refusal('its "exp" is more than 24 hours ahead; minutes are enough');
  }
  return { subject: sub, expiresAt: new Date(exp * 1000) };
}

function problemOf(error: unknown, { identity, settings }: Shop): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing'
      ? `it has no "${error.claim}"`
      : `its "${error.claim}" is not what ${settings} and the clock ask for`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `it must be signed with ${identity!.algorithms.join(' or ')}, as fits the key in ${settings}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return `its signature does not fit the key in ${settings}`;
  return 'it is no signed JWT';
}

function refusal(problem: string, cause?: unknown): ChatError {
  return new ChatError('identity_invalid', `The identity was refused: ${problem}.`, { cause });
}
