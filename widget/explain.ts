import type { Failure } from './state/state.ts';

/** For who puts the widget on a page: why it gets no session, and what to change. Goes to the console, never to a shopper. */
export function explain(
  { code }: Failure,
  { shop, proxy, origin }: { shop: string; proxy: string; origin: string },
): string {
  if (code === 'shop_not_found') return `Shop Clerk: the proxy at ${proxy} has no shop "${shop}". Check data-shop.`;
  if (code === 'origin_not_allowed' || (code === 'network' && new URL(proxy).origin !== origin)) {
    // A refused preflight looks to a page like a dead line, so both causes have to be named.
    return (
      `Shop Clerk: the proxy at ${proxy} can't be reached from ${origin}. ` +
      `If it is running, it doesn't allow this page: add ${origin} to SHOP_ORIGINS and restart it.`
    );
  }
  return `Shop Clerk: no session at ${proxy} (${code}).`;
}
