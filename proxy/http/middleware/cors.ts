import type { Context } from 'hono';
import { cors as honoCors } from 'hono/cors';
import { ChatError } from '../../errors.ts';
import type { Shop, Shops } from '../../shops/types.ts';

/**
 * Answers browsers of the pages that the shops named, and of no others. A preflight says no shop, so it is enough there
 * that any shop allows the origin; `checkOrigin` then holds each request to its own shop's list.
 */
export function cors({ shops }: { shops: Shops }) {
  // It also sends `Vary: Origin` with every answer, so that no cache hands one page's answer to another.
  return honoCors({
    origin: (origin) => (shops.all().some((shop) => shop.origins.includes(origin)) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID'],
    exposeHeaders: ['Retry-After'],
    maxAge: 600,
  });
}

/** @throws ChatError `origin_not_allowed`, naming the setting to change */
export function checkOrigin(c: Context, shop: Shop): void {
  const origin = c.req.header('origin');
  if (origin === undefined || shop.origins.includes(origin) || isOwnOrigin(origin, c.req.header('host'))) return;
  throw new ChatError('origin_not_allowed', `${origin} may not use this shop's assistant. Add it to SHOP_ORIGINS.`);
}

/** By host alone: behind a proxy that ends TLS, the page's https and our http are the same place. */
function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
