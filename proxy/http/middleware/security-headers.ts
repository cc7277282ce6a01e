import { createMiddleware } from 'hono/factory';
import type { ClientAddresses } from '../client-address.ts';
import type { HttpEnv } from '../env.ts';

/** Nothing that we answer is a page, the demo store apart. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";
/** What a page with the widget needs: scripts and requests of this origin, no inline script or style, pictures from anywhere. */
const PAGE = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: https:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const YEAR_S = 365 * 24 * 60 * 60;

/**
 * On every answer, errors and streams too; the outermost middleware, so that nothing is answered without it. `Vary:
 * Origin` also where no origin was sent: a cache must not hand one page's answer to another.
 */
export function securityHeaders({ addresses }: { addresses: ClientAddresses }) {
  return createMiddleware<HttpEnv>(async function securityHeaders(c, next) {
    c.header('Vary', 'Origin');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Frame-Options', 'DENY');
    c.header('Content-Security-Policy', NO_PAGE);
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    // Over plain HTTP browsers ignore it, and it would be wrong: who runs us may have no TLS at all.
    if (addresses.overTls(c.env.incoming)) c.header('Strict-Transport-Security', `max-age=${YEAR_S}`);
    await next();
  });
}

/** For the pages of the demo store. */
export const pageHeaders = createMiddleware<HttpEnv>(async function pageHeaders(c, next) {
  c.header('Content-Security-Policy', PAGE);
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  await next();
});

/** Pictures of products come from the shops; the preview of the widget stands in a frame of its own. */
const DESK = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What becomes HTML in the desk is Lit's own templates; the page with the API's description writes HTML its own way. */
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types lit-html";

/** For the pages of the desk and of the API's description: nobody frames them, and no other window holds on to them. */
export const docsHeaders = ownPage(DESK);
export const deskHeaders = ownPage(`${DESK}; ${TRUSTED_TYPES}`);

/** For the page that shows the widget with a draft: the desk has it in a frame, and nobody else may. */
export const previewHeaders = ownPage(
  `${DESK.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}; ${TRUSTED_TYPES}`,
  'SAMEORIGIN',
);

function ownPage(policy: string, frames = 'DENY') {
  return createMiddleware<HttpEnv>(async function ownPage(c, next) {
    c.header('Content-Security-Policy', policy);
    c.header('X-Frame-Options', frames);
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    await next();
  });
}

/** For files that pages of other sites load: the widget, and pictures on its cards. */
export const sharedFile = createMiddleware<HttpEnv>(async function sharedFile(c, next) {
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  await next();
});
