/** A page on the shopper's own side, to find out what a relative URL becomes there. */
const SOME_PAGE = 'https://shop.example/';

/** Longest URL that is taken. */
const MAX_LENGTH = 2_000;

/**
 * Whether a link or a picture may lead there: http(s), absolute or relative. Parsed, never compared by its beginning:
 * browsers read `java⇥script:` and ` JavaScript:` as a script as well.
 */
export function isWebUrl(url: string): boolean {
  if (url === '' || url.length > MAX_LENGTH || !URL.canParse(url, SOME_PAGE)) return false;
  return /^https?:$/.test(new URL(url, SOME_PAGE).protocol);
}
