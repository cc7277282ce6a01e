/**
 * Which page a URL means, so that the page a shopper is on can be found among the products' own: its path, and what of its
 * query is no note of how somebody came there. The host is left out: a shop answers on several.
 */
const NOT_THE_PAGE = /^(?:utm_|_|mc_|pk_|ref|gclid|fbclid|msclkid|variant|lang|currency|country|attribute_|pr_)/i;
const MAX_PARAMS = 6;
const MAX_LENGTH = 2_000;

/** Undefined for a shop's front page, and for what is no page of the web. */
export function pageKeyOf(url: string): string | undefined {
  const parts = partsOf(url);
  return parts && keyOf(parts.path, parts.params);
}

/** The keys by which a product's own page may be known, the likeliest first. */
export function pageKeysFor(url: string): string[] {
  const parts = partsOf(url);
  if (!parts) return [];
  const { path, params } = parts;
  const keys = [keyOf(path, params), ...params.map((param) => keyOf(path, [param])), keyOf(path, [])];
  // Below a collection or a language, it is the same product.
  const own = /\/products?\/[^/]+$/.exec(path)?.[0];
  if (own !== undefined && own !== path) keys.push(keyOf(own, params), keyOf(own, []));
  return [...new Set(keys.filter((key) => key !== undefined))];
}

function keyOf(path: string, params: readonly string[]): string | undefined {
  if (path === '' && params.length === 0) return undefined;
  return [path, ...params].join('\n');
}

function partsOf(url: string): { path: string; params: string[] } | undefined {
  // A catalogue's URLs may be relative to the proxy.
  if (url.length > MAX_LENGTH || !URL.canParse(url, 'http://shop.invalid')) return undefined;
  const { protocol, pathname, searchParams } = new URL(url, 'http://shop.invalid');
  if (!/^https?:$/.test(protocol)) return undefined;
  const params = [...searchParams]
    .filter(([name]) => !NOT_THE_PAGE.test(name))
    .map(([name, value]) => `${name}=${value}`);
  return { path: decoded(pathname).replace(/\/+$/, ''), params: params.toSorted().slice(0, MAX_PARAMS) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}
