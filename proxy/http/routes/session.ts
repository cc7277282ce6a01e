import { Hono, type Context } from 'hono';
import type { Limits } from '../../limits/types.ts';
import type { SessionRequest, SessionResponse } from '../../protocol/index.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { ClientAddresses } from '../client-address.ts';
import type { HttpEnv } from '../env.ts';
import { verifyIdentity } from '../identity.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { checkOrigin } from '../middleware/cors.ts';
import { only } from '../middleware/errors.ts';
import { bearerToken, checkConsent } from '../middleware/require-session.ts';
import { previewOf, type PreviewDeps } from '../preview.ts';
import { readBody, sessionRequest } from '../schemas.ts';
import type { Visitor } from '../session-token.ts';
import { shopSettings } from '../shop-settings.ts';
import { findShop } from './shops.ts';

export interface SessionDeps extends PreviewDeps {
  shops: Shops;
  allowances: Limits;
  addresses: ClientAddresses;
  createVisitorId: () => string;
  /** Makes a visitor's id of what the shop calls its shopper. */
  hash: KeyedHash;
  now: () => number;
}

/**
 * An anonymous visitor who comes with an older token stays the same and finds the threads of before. Who signs in becomes
 * another visitor, and who comes with the token of one who had signed in, but without a word of the shop, a new one.
 */
export function session(deps: SessionDeps) {
  const { shops, tokens, allowances, addresses, createVisitorId } = deps;
  return new Hono<HttpEnv>()
    .post('/', async (c) => {
      const request = await readBody(c, sessionRequest);
      const shop = findShop(shops, request.shop);
      if (request.preview !== undefined) return c.json(await preview(c, request.preview, request));
      checkOrigin(c, shop);
      const before = await visitorBefore(c, shop);
      const renews = before?.identified === false && request.identity === undefined;
      if (!renews) await allowances.countSession(shop, addresses.of(c.env.incoming, shop.slug));
      const signedIn = request.identity === undefined ? null : await signIn(shop, request.identity);
      const visitorId = signedIn?.visitorId ?? (renews ? before.visitorId : createVisitorId());
      const consent = request.consent === true || hasAgreed(before, visitorId);
      checkConsent(shop, consent);
      const visitor = { shop: shop.slug, visitorId, identified: signedIn !== null, consent };
      const { token, expiresAt } = await tokens.issue(visitor, signedIn?.expiresAt);
      const answer: SessionResponse = {
        token,
        expires_at: expiresAt.toISOString(),
        shop: shopSettings(shop, deps.now()),
      };
      c.header('Cache-Control', 'no-store');
      return c.json(answer);
    })
    .all('/', only('POST'));

  /** The owner, somebody new each time, who agrees to what they ask for. */
  async function preview(c: Context<HttpEnv>, token: string, { shop: slug, consent = false }: SessionRequest) {
    const { shop, shown, expiresAt: until } = await previewOf(c, token, slug, deps);
    await allowances.countPreview(shown.login ?? 'operator');
    checkConsent(shop, consent);
    const visitor = { shop: slug, visitorId: createVisitorId(), identified: false, consent, preview: shown };
    const { token: own, expiresAt } = await tokens.issue(visitor, until);
    c.header('Cache-Control', 'no-store');
    const answer: SessionResponse = {
      token: own,
      expires_at: expiresAt.toISOString(),
      shop: shopSettings(shop, deps.now()),
    };
    return answer;
  }

  async function visitorBefore(c: Context<HttpEnv>, shop: Shop): Promise<Visitor | undefined> {
    const token = bearerToken(c.req.header('authorization'));
    const visitor = token && ((await tokens.verify(token)) ?? (await tokens.renewable(token)));
    // The owner in the preview is nobody's visitor of before.
    return visitor && visitor.shop === shop.slug && !visitor.preview ? visitor : undefined;
  }

  async function signIn(shop: Shop, jwt: string) {
    const { subject, expiresAt } = await verifyIdentity(shop, jwt, deps.now());
    // Longer than an anonymous id: the two can never meet.
    return { visitorId: `vis_id_${deps.hash('visitor', shop.slug, subject)}`, expiresAt };
  }
}

/** Consent holds for who gave it: also when they sign in now, but not for the next one at the same browser. */
function hasAgreed(before: Visitor | undefined, visitorId: string): boolean {
  return before?.consent === true && (!before.identified || before.visitorId === visitorId);
}
