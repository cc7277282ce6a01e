import { createHash, createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { JWKSNoMatchingKey, JWTExpired } from 'jose/errors';

export interface Visitor {
  shop: string;
  visitorId: string;
  /** Signed in at the shop, as the shop itself said. */
  identified: boolean;
  /** Has agreed to what the shop stores and sends. */
  consent: boolean;
  /** The owner, in the preview of the desk. */
  preview?: Shown;
}

/** What a preview shows, and to whom. */
export interface Shown {
  /** Id of the draft; null shows what is served. */
  draft: string | null;
  /** Id of the desk's session, with which it ends; null for a script with the ADMIN_TOKEN. */
  login: string | null;
}

export interface SessionTokens {
  /** @param until the token ends no later than this */
  issue(visitor: Visitor, until?: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Undefined for anything but a valid token of ours. */
  verify(token: string): Promise<Visitor | undefined>;
  /**
   * The anonymous visitor of a token that is valid or ran out not too long ago, so that the same one can get a new token.
   * Who has signed in is not renewed: only the shop can say whether they still are.
   */
  renewable(token: string): Promise<Visitor | undefined>;
  /** What lets the preview of the desk show a shop. It is no visitor's token, and no visitor's token is one. */
  issuePreview(preview: PreviewOf): Promise<{ token: string; expiresAt: Date }>;
  verifyPreview(token: string): Promise<(PreviewOf & { expiresAt: Date }) | undefined>;
}

export interface PreviewOf extends Shown {
  shop: string;
}

export interface SessionTokenOptions {
  /** At least one. The first signs, all verify: a new secret is put in front, and the old one taken away a month later. */
  secrets: readonly string[];
  now: () => number;
}

const LIFETIME_MS = 60 * 60 * 1000;
const PREVIEW_MS = 30 * 60 * 1000;
const RENEWABLE_MS = 30 * 24 * 60 * 60 * 1000;
const PREVIEW = { algorithms: ['HS256'], issuer: 'shop-clerk preview', requiredClaims: ['sub', 'aud', 'exp'] };
/** In the place of a draft's id, which begins with `drf_`. */
const SERVED = 'served';
const OPTIONS = { algorithms: ['HS256'], issuer: 'shop-clerk', requiredClaims: ['sub', 'aud', 'exp'] };

/** Signed tokens for visitors: they say which shop and which visitor, and nobody else can make them. */
export function createSessionTokens({ secrets, now }: SessionTokenOptions): SessionTokens {
  // A key object is prepared once; from bytes it would be made anew for every request.
  const keys = new Map(secrets.map((secret) => [keyId(secret), createSecretKey(Buffer.from(secret))]));
  const [first] = keys;
  if (!first) throw new Error('Visitors’ tokens need at least one secret.');
  const [signingId, signingKey] = first;

  async function read(token: string, currentDate: Date): Promise<Visitor | undefined> {
    const { payload } = await jwtVerify(token, keyFor, { ...OPTIONS, currentDate });
    if (typeof payload.aud !== 'string' || !payload.sub) return undefined;
    return {
      shop: payload.aud,
      visitorId: payload.sub,
      identified: payload['identified'] === true,
      consent: payload['consent'] === true,
      ...(typeof payload['draft'] === 'string' && { preview: shownBy(payload['draft'], payload) }),
    };
  }

  function keyFor({ kid }: JWTHeaderParameters) {
    const key = keys.get(kid ?? '');
    if (!key) throw new JWKSNoMatchingKey();
    return key;
  }

  return {
    async issue({ shop, visitorId, identified, consent, preview }, until) {
      const expiresAt = new Date(Math.min(now() + LIFETIME_MS, until?.getTime() ?? Infinity));
      const token = await new SignJWT({
        ...(identified && { identified }),
        ...(consent && { consent }),
        ...(preview && { draft: preview.draft ?? SERVED, ...loginOf(preview) }),
      })
        .setProtectedHeader({ alg: 'HS256', kid: signingId })
        .setIssuer(OPTIONS.issuer)
        .setAudience(shop)
        .setSubject(visitorId)
        .setExpirationTime(expiresAt)
        .sign(signingKey);
      return { token, expiresAt };
    },
    verify: (token) => read(token, new Date(now())).catch(() => undefined),
    async renewable(token) {
      const visitor = await read(token, new Date(now())).catch((error: unknown) =>
        error instanceof JWTExpired ? read(token, new Date(now() - RENEWABLE_MS)).catch(() => undefined) : undefined,
      );
      // Of a preview's the next preview token has to say anew that it is there.
      return visitor?.identified || visitor?.preview ? undefined : visitor;
    },
    async issuePreview({ shop, ...shown }) {
      const expiresAt = new Date(now() + PREVIEW_MS);
      const token = await new SignJWT(loginOf(shown))
        .setProtectedHeader({ alg: 'HS256', kid: signingId })
        .setIssuer(PREVIEW.issuer)
        .setAudience(shop)
        .setSubject(shown.draft ?? SERVED)
        .setExpirationTime(expiresAt)
        .sign(signingKey);
      return { token, expiresAt };
    },
    async verifyPreview(token) {
      const options = { ...PREVIEW, currentDate: new Date(now()) };
      const { payload } = await jwtVerify(token, keyFor, options).catch(() => ({ payload: undefined }));
      if (typeof payload?.aud !== 'string' || !payload.sub) return undefined;
      return { shop: payload.aud, ...shownBy(payload.sub, payload), expiresAt: new Date(payload.exp! * 1_000) };
    },
  };
}

function loginOf({ login }: Shown) {
  return login === null ? {} : { login };
}

function shownBy(draft: string, { login }: JWTPayload): Shown {
  return { draft: draft === SERVED ? null : draft, login: typeof login === 'string' ? login : null };
}

/** Tells secrets apart without saying anything of them. */
function keyId(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 8);
}
