import { createHash } from 'node:crypto';
import type { CatalogOrigin } from '../shops/types.ts';
import { fileSource } from './file.ts';
import { createGoogleMerchantSource } from './google-merchant.ts';
import { createShopifyCsvSource } from './shopify-csv.ts';
import { createShopifySource } from './shopify.ts';
import type { CatalogSource } from './types.ts';
import type { WebRequest } from './web.ts';
import { createWooCommerceCsvSource } from './woocommerce-csv.ts';
import { woocommerceRestSource } from './woocommerce-rest.ts';
import { woocommerceStoreSource } from './woocommerce-store.ts';

/** Settings with what their secrets say, as they travel to a worker. */
export type Revealed<T> = T extends { reveal(): string }
  ? string
  : T extends object
    ? { [K in keyof T]: Revealed<T[K]> }
    : T;
export type SourceSettings = Revealed<CatalogOrigin>;

/**
 * Where a shop's products come from, as its settings say.
 * @throws SourceError when a setting makes no sense
 */
export function createSource(settings: SourceSettings, { request }: { request: WebRequest }): CatalogSource {
  switch (settings.type) {
    case 'file':
      return fileSource({ file: settings.file });
    case 'url':
      return fileSource({ url: settings.url, request });
    case 'woocommerce':
      return woocommerceStoreSource({ url: settings.url, web: request });
    case 'woocommerce_rest': {
      const { url, key, secret } = settings;
      return woocommerceRestSource({ url, web: request, consumerKey: key, consumerSecret: secret });
    }
    case 'shopify': {
      const { type: _type, token, ...shop } = settings;
      return createShopifySource({ ...shop, request, ...(token !== undefined && { token: tokenOf(token) }) });
    }
    case 'google_feed':
      return createGoogleMerchantSource({ ...settings, request });
    case 'shopify_csv':
      return createShopifyCsvSource({ ...settings, request });
    case 'woocommerce_csv':
      return createWooCommerceCsvSource({ ...settings, request });
  }
}

/** Shopify's private tokens begin with `shpat_`, `shpss_` or the like; the public ones are bare hexadecimal digits. */
function tokenOf(token: string): { public: string } | { private: string } {
  return token.startsWith('shp') ? { private: token } : { public: token };
}

/** Settings for a source, their secrets read. */
export function revealed(settings: CatalogOrigin): SourceSettings {
  const entries = Object.entries(settings).map(([name, value]) => [name, isSecret(value) ? value.reveal() : value]);
  return Object.fromEntries(entries) as SourceSettings;
}

function isSecret(value: unknown): value is { reveal(): string } {
  return typeof value === 'object' && value !== null && 'reveal' in value;
}

/** Tells settings apart, without telling what they are: an address may hold a key. Other keys read the same catalogue. */
export function sourceKeyOf(settings: CatalogOrigin): string {
  const { type, ...rest } = settings;
  const where = Object.entries(rest).filter(([name, value]) => !isSecret(value) && name !== 'everyMinutes');
  return `${type}:${createHash('sha256')
    .update(JSON.stringify(where.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url')
    .slice(0, 16)}`;
}
