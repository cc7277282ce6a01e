/** For `href` and `src`: http(s), some relative to the proxy. Null of anything else: catalogues are other people's texts. */
export function webUrl(url: string): string | null {
  if (!URL.canParse(url, location.origin)) return null;
  const { href, protocol } = new URL(url, location.origin);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
