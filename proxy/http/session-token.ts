import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { JWTExpired } from 'jose/errors';

export interface Visitor {
  shop: string;
  visitorId: string;
}

export interface SessionTokens {
  issue(visitor: Visitor): Promise<{ token: string; expiresAt: Date }>;
  /** Undefined for anything but a valid token of ours. */
  verify(token: string): Promise<Visitor | undefined>;
  /** Who held a token that may have run out not too long ago, so that the same visitor can get a new one. */
  renewable(token: string): Promise<Visitor | undefined>;
}

const LIFETIME_S = 60 * 60;
const RENEWABLE_S = 30 * 24 * 60 * 60;
const OPTIONS = { algorithms: ['HS256'], issuer: 'shop-clerk', requiredClaims: ['sub', 'aud', 'exp'] };

/** Signed tokens for anonymous visitors: they say which shop and which visitor, and nobody else can make them. */
export function createSessionTokens({ secret, now }: { secret: string; now: () => number }): SessionTokens {
  // A key object is prepared once; from bytes it would be made anew for every request.
  const key = createSecretKey(Buffer.from(secret));

  async function read(token: string, currentDate: Date): Promise<Visitor | undefined> {
    const { payload } = await jwtVerify(token, key, { ...OPTIONS, currentDate });
    return typeof payload.aud === 'string' && payload.sub ? { shop: payload.aud, visitorId: payload.sub } : undefined;
  }

  return {
    async issue({ shop, visitorId }) {
      const expiresAt = new Date(now() + LIFETIME_S * 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(OPTIONS.issuer)
        .setAudience(shop)
        .setSubject(visitorId)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },
    verify: (token) => read(token, new Date(now())).catch(() => undefined),
    async renewable(token) {
      try {
        return await read(token, new Date(now()));
      } catch (error) {
        if (!(error instanceof JWTExpired)) return undefined;
        return read(token, new Date(now() - RENEWABLE_S * 1000)).catch(() => undefined);
      }
    },
  };
}
