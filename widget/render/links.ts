import { cleanText } from './plain-text.ts';

export interface LinkOptions {
  /**
   * May a link of the model lead to the page's own origin? There, following a link can be an action in the shopper's
   * name (`/?add-to-cart=99`, `/logout`), so none may unless this says so.
   */
  isAllowedLink?: (url: URL) => boolean;
}

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Where a link of the model may lead; null makes it text. Relative addresses are the shop's own, so they are null. */
export function safeUrl(href: string, { isAllowedLink = () => false }: LinkOptions): URL | null {
  const text = cleanText(href);
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol)) return null;
  // `https://your-shop.example@evil.example` reads as the shop and leads elsewhere.
  if (url.username !== '' || url.password !== '') return null;
  // Of the four, only http and https have an origin.
  if (url.origin !== 'null' && url.origin === location.origin && !isAllowedLink(url)) return null;
  return url;
}
