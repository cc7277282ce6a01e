import type { Failure } from './state/state.ts';

/** For who puts the widget on a page: why it doesn't work there, and what to change. Goes to the console, never to a shopper. */
export function explain(
  { code }: Failure,
  { shop, proxy, origin }: { shop: string; proxy: string; origin: string },
): string {
  if (!shop) return 'Shop Clerk: data-shop is missing: it names the shop of the proxy.';
  const cause = {
    shop_not_found: `has no shop "${shop}". Check data-shop`,
    consent_required: `wants the shopper's consent first. Let them agree in the chat, or call consent(true)`,
    identity_invalid: `did not take the token given to identify(): its answer says why. Call identify() with a fresh one`,
  }[code as string];
  if (cause) return `Shop Clerk: the proxy at ${proxy} ${cause}.`;
  if (code === 'origin_not_allowed' || (code === 'network' && new URL(proxy).origin !== origin)) {
    // A refused preflight looks to a page like a dead line, so both causes have to be named.
    return (
      `Shop Clerk: the proxy at ${proxy} can't be reached from ${origin}. If it is running, it doesn't allow this page: ` +
      `add "${origin}" to "origins" in the file of the shop "${shop}", or to SHOP_ORIGINS where it has none.`
    );
  }
  return `Shop Clerk: nothing to be had from ${proxy} (${code}).`;
}
