import type { SourceInput } from './open-source.ts';
import { SourceError } from './source-error.ts';
import type { WebRequest } from './web.ts';
import { isWebUrl } from './web-url.ts';

/** What an export of a shop doesn't say of itself. */
export type ExportOptions = SourceInput & {
  request?: WebRequest;
  /** ISO 4217 code of all prices. */
  currency: string;
  /** The shop's address, `https://shop.example`. */
  shopUrl: string;
  /** Encoding of a file that isn't UTF-8, e.g. "windows-1255" after Excel. */
  encoding?: string;
  /** BCP 47 language of the texts. */
  lang?: string;
};

/**
 * The shop's address without a slash at its end.
 * @throws SourceError when a setting makes no sense
 */
export function checkedShopUrl({ currency, shopUrl }: ExportOptions): string {
  if (!/^[A-Z]{3}$/.test(currency)) throw new SourceError('The currency must be an ISO 4217 code such as "ILS".');
  if (!isWebUrl(shopUrl) || !URL.canParse(shopUrl))
    throw new SourceError('The address of the shop must be an http(s) URL.');
  return shopUrl.replace(/\/+$/, '');
}
