import { plainText } from './plain-text.ts';
import { cut, label, labels } from './shop-text.ts';
import type { CatalogProduct } from './types.ts';
import { isWebUrl } from './web-url.ts';

/** What is longer is a mistake: an SKU, a list of pictures. */
const MAX_SKU = 300;
const MAX_IMAGES = 100;
const MAX_DESCRIPTION = 2_000;
const MAX_HTML = 200_000;

/** A field that is no HTML, an SKU, on one line. */
export function line(text: string): string {
  return cut(text.replace(/[\p{Cc}\s]+/gu, ' ').trim(), MAX_SKU).trim();
}

/** Labels of named things. */
export function names(named: readonly { name: string }[]): string[] {
  return labels(named.map(({ name }) => name));
}

/** Both of WooCommerce's descriptions, the short one first. */
export function descriptionOf(item: { short_description: string; description: string }): string {
  const texts = [item.short_description, item.description].map((html) => plainText(withoutShortcodes(html)));
  return cut(texts.filter(Boolean).join('\n\n'), MAX_DESCRIPTION).trim();
}

/**
 * Page builders leave their shortcodes (`[et_pb_section …]`, `[/vc_row]`) where the plug-in that knows them is off. All
 * of theirs have an underscore; "[new]" in square brackets is text.
 */
export function withoutShortcodes(html: string): string {
  return html.slice(0, MAX_HTML).replace(/\[\/?[a-z][a-z0-9]{0,30}_\w{0,40}(?:\s[^\]]{0,1000})?\]/gi, ' ');
}

/** Pictures in the size of a card; what is no http(s) address is left out. */
export function imagesOf(images: readonly { src: string; thumbnail: string; alt: string }[]): CatalogProduct['images'] {
  return images
    .slice(0, MAX_IMAGES)
    .map(({ src, thumbnail, alt }) => ({ url: thumbnail || src, ...(label(alt) !== '' && { alt: label(alt) }) }))
    .filter(({ url }) => isWebUrl(url));
}

/** @param value "4.50" */
export function ratingOf(value: string, count: number): Pick<CatalogProduct, 'rating'> {
  const rating = Number(value);
  return count > 0 && rating >= 0 && rating <= 5 ? { rating: { value: rating, count } } : {};
}
