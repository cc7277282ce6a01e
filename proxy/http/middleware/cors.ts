import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChatError } from '../../errors.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';

const METHODS = 'GET, POST, PATCH, DELETE';
const HEADERS = 'Authorization, Content-Type, Last-Event-ID';
const PREFLIGHT_S = 600;

/**
 * Answers browsers of the pages that the shops named, and of no others. A preflight says no shop, so it is enough there
 * that any shop allows the origin; `checkOrigin` then holds each request to its own shop's list. No credentials: the
 * token is no cookie. (`Vary: Origin` is on every answer, see `securityHeaders`.)
 */
export function cors({ shops }: { shops: Shops }) {
  return createMiddleware<HttpEnv>(async function cors(c, next) {
    const origin = c.req.header('origin');
    const allowed = origin !== undefined && shops.all().some((shop) => shop.origins.includes(origin));
    if (allowed) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'Retry-After');
    }
    if (c.req.method !== 'OPTIONS') return next();
    if (allowed) {
      c.header('Access-Control-Allow-Methods', METHODS);
      c.header('Access-Control-Allow-Headers', HEADERS);
      c.header('Access-Control-Max-Age', String(PREFLIGHT_S));
    }
    return c.body(null, 204);
  });
}

/** @throws ChatError `origin_not_allowed`, naming the setting to change */
export function checkOrigin(c: Context, shop: Shop): void {
  const origin = c.req.header('origin');
  if (origin === undefined || shop.origins.includes(origin) || isOwnOrigin(origin, c.req.header('host'))) return;
  const remedy =
    shop.settings === 'the environment'
      ? `Add it to SHOP_ORIGINS in ${shop.settings}.`
      : `Add "${origin}" to "origins" in ${shop.settings}.`;
  throw new ChatError('origin_not_allowed', `${origin} may not use this shop's assistant. ${remedy}`);
}

/** @throws ChatError `origin_not_allowed`, for what no shop's page may ask */
export function checkOwnOrigin(c: Context): void {
  const origin = c.req.header('origin');
  if (origin === undefined || isOwnOrigin(origin, c.req.header('host'))) return;
  throw new ChatError('origin_not_allowed', 'A draft is shown on pages of this proxy alone.');
}

/** By either scheme: behind a proxy that ends TLS, the page's https and our http are the same place. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}
