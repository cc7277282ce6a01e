import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import type { Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import type { SessionTokens } from '../session-token.ts';
import { checkOrigin } from './cors.ts';

/** Lets only visitors with a valid token through, and tells the routes who it is. */
export function requireSession({ tokens, shops }: { tokens: SessionTokens; shops: Shops }) {
  return createMiddleware<HttpEnv>(async function requireSession(c, next) {
    const token = bearerToken(c.req.header('authorization'));
    const visitor = token && (await tokens.verify(token));
    const shop = visitor && shops.bySlug(visitor.shop);
    if (!visitor || !shop) {
      throw new ChatError(
        'unauthorized',
        'Get a token from POST /api/session and send it as "Authorization: Bearer …".',
      );
    }
    checkOrigin(c, shop);
    c.set('shop', shop);
    c.set('visitorId', visitor.visitorId);
    await next();
  });
}

export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(header ?? '')?.[1];
}
