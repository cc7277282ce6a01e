import { cleanText } from './plain-text.ts';

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * Where a link of the model may lead; null makes it text. That goes for all of the page's own origin, relative addresses
 * too: there, following a link can be an action in the shopper's name (`/?add-to-cart=99`, `/logout`).
 */
export function safeUrl(href: string): URL | null {
  const text = cleanText(href);
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol)) return null;
  // `https://your-shop.example@evil.example` reads as the shop and leads elsewhere.
  if (url.username !== '' || url.password !== '') return null;
  // Of the four, only http and https have an origin.
  if (url.origin !== 'null' && url.origin === location.origin) return null;
  return url;
}

/** What in a text looks like the name of a host: letters and dots, with an ending of letters. */
const HOST = /(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu;

/** What a name is to the eye: letters and dots of any width, without what has none, such as U+200B. */
function asSeen(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u3002', '.');
}

/** Letters of alphabets that have some that look like a to z. */
const LOOKALIKE = /(?!\p{ASCII})[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}]/u;

/**
 * Whether a link's text looks like an address that is not where it leads: `[shop.example](https://evil.example)`, or may look so, as
 * `shоp.example` with a Cyrillic letter. A name that is written in one alphabet to its end, such as `президент.рф`, looks like no other.
 */
export function namesAnother(text: string, url: URL): boolean {
  const target = url.hostname || url.pathname.split('@').pop()!;
  return (asSeen(text).match(HOST) ?? []).some((host) => {
    const named = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^www\./, '') : host;
    const isOther = named !== target && !target.endsWith(`.${named}`);
    return isOther || (LOOKALIKE.test(host) && /[a-z]/i.test(host));
  });
}
