import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';

/**
 * With the prefix a browser takes it only from this host, over https, for all of its paths: no other page can plant one.
 * Chromium and Firefox take http://localhost and http://127.0.0.1 for secure; Safari doesn't, and needs https there too.
 */
const NAME = 'shopclerk_admin';
const OPTIONS: CookieOptions = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' };
/** `createSecret` makes 43 characters. */
const MAX = 64;

export const COOKIE = `__Host-${NAME}`;

export function deskCookie(c: Context): string | undefined {
  const secret = getCookie(c, NAME, 'host');
  return secret !== undefined && secret.length <= MAX ? secret : undefined;
}

export function setDeskCookie(c: Context, secret: string, expiresAt: number): void {
  setCookie(c, NAME, secret, { ...OPTIONS, expires: new Date(expiresAt) });
}

export function clearDeskCookie(c: Context): void {
  deleteCookie(c, NAME, OPTIONS);
}
