import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import type { Shop } from '../../shops/types.ts';
import type { ClientAddresses } from '../client-address.ts';
import type { HttpEnv } from '../env.ts';
import { shownShop, type PreviewDeps } from '../preview.ts';
import { checkOrigin, checkOwnOrigin } from './cors.ts';

export interface RequireSessionDeps extends PreviewDeps {
  addresses: ClientAddresses;
}

/** Lets only visitors with a valid token through, and tells the routes who it is. */
export function requireSession({ tokens, addresses, ...preview }: RequireSessionDeps) {
  return createMiddleware<HttpEnv>(async function requireSession(c, next) {
    const token = bearerToken(c.req.header('authorization'));
    const visitor = token && (await tokens.verify(token));
    const served = visitor && preview.shops.bySlug(visitor.shop);
    // It ends with its draft and with its login.
    const shop = served && visitor.preview ? await shownShop(visitor.shop, visitor.preview, preview) : served;
    // A shop that took its key away no longer vouches for anybody.
    if (!visitor || !shop || (visitor.identified && !shop.identity)) {
      throw new ChatError(
        'unauthorized',
        'Get a token from POST /api/session and send it as "Authorization: Bearer …".',
      );
    }
    if (visitor.preview) checkOwnOrigin(c);
    else checkOrigin(c, shop);
    checkConsent(shop, visitor.consent);
    c.set('shop', shop);
    c.set('visitorId', visitor.visitorId);
    c.set('identified', visitor.identified);
    c.set('own', visitor.preview !== undefined);
    c.set('address', addresses.of(c.env.incoming, shop.slug));
    await next();
  });
}

/** @throws ChatError `consent_required` */
export function checkConsent(shop: Shop, given: boolean): void {
  if (given || !shop.privacy.consent) return;
  throw new ChatError(
    'consent_required',
    'This shop asks for consent first: send "consent": true to POST /api/session once the shopper has agreed.',
  );
}

export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(header ?? '')?.[1];
}
