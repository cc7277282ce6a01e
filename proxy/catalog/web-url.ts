/** A page on the shopper's own side, to find out what a relative URL becomes there. */
const SOME_PAGE = 'https://shop.example/';

/**
 * Whether a link or a picture may lead there: http(s), absolute or relative. Parsed, never compared by its beginning:
 * browsers read `java⇥script:` and ` JavaScript:` as a script as well.
 */
export function isWebUrl(url: string): boolean {
  return URL.canParse(url, SOME_PAGE) && /^https?:$/.test(new URL(url, SOME_PAGE).protocol);
}
