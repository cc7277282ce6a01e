/**
 * For who puts the widget on a page of another origin, and may have forgotten to allow it. A refused preflight looks to a page
 * like a dead line, so both causes have to be named.
 */
export function unreached({ shop, proxy, origin }: { shop: string; proxy: string; origin: string }): string {
  return (
    `Shop Clerk: the proxy at ${proxy} can't be reached from ${origin}. If it is running, it doesn't allow this page: ` +
    `add "${origin}" to "origins" in the file of the shop "${shop}", or to SHOP_ORIGINS where it has none.`
  );
}
