import { isFeed } from './catalog-schema.ts';
import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import type { CatalogOrigin, CatalogPlace, CatalogSettings, ShopCart } from './types.ts';

/** Where the shop's products come from; undefined where something that it refers to is missing. */
export async function catalogOf(
  { catalog }: ShopFile,
  references: References,
  { checkAddress }: Pick<Surroundings, 'checkAddress'>,
): Promise<CatalogSettings | undefined> {
  const origin = await originOf(catalog, references);
  const refused = origin && 'url' in origin ? checkAddress(origin.url) : undefined;
  if (refused !== undefined) references.flaw('catalog.url', refused);
  const webhookSecret = secretOf('webhook_secret', catalog.webhook_secret, references);
  if (!origin || webhookSecret === null) return undefined;
  return {
    ...origin,
    ...(catalog.every_minutes !== undefined && { everyMinutes: catalog.every_minutes }),
    ...(webhookSecret && { webhookSecret }),
  };
}

async function originOf(catalog: ShopFile['catalog'], references: References): Promise<CatalogOrigin | undefined> {
  if (isFeed(catalog)) {
    const place = await placeOf(catalog, references);
    if (!place) return undefined;
    const said = {
      ...(catalog.encoding !== undefined && { encoding: catalog.encoding }),
      ...(catalog.lang !== undefined && { lang: catalog.lang }),
    };
    if (catalog.type === 'google_feed') return { type: catalog.type, ...place, ...said };
    const exported = { ...place, ...said, currency: catalog.currency, shopUrl: catalog.shop_url };
    return catalog.type === 'shopify_csv' ? { type: catalog.type, ...exported } : { type: catalog.type, ...exported };
  }
  switch (catalog.type) {
    case 'file': {
      const file = await references.file('catalog.file', catalog.file);
      return file === undefined ? undefined : { type: 'file', file };
    }
    case 'url':
    case 'woocommerce':
      return { type: catalog.type, url: catalog.url };
    case 'woocommerce_rest': {
      const key = secretOf('key', catalog.key, references);
      const secret = secretOf('secret', catalog.secret, references);
      return key && secret ? { type: catalog.type, url: catalog.url, key, secret } : undefined;
    }
    case 'shopify': {
      const token = secretOf('token', catalog.token, references);
      if (token === null) return undefined;
      return {
        type: catalog.type,
        shop: catalog.shop,
        ...(token && { token }),
        ...(catalog.country !== undefined && { country: catalog.country }),
        ...(catalog.lang !== undefined && { lang: catalog.lang }),
      };
    }
  }
}

async function placeOf(
  { file, url }: { file?: string | undefined; url?: string | undefined },
  references: References,
): Promise<CatalogPlace | undefined> {
  if (url !== undefined) return { url };
  const found = await references.file('catalog.file', file!);
  return found === undefined ? undefined : { file: found };
}

/** Null where it is named, but isn't there. */
function secretOf(name: string, reference: string | undefined, references: References): Secret | null | undefined {
  if (reference === undefined) return undefined;
  const text = references.secret(`catalog.${name}`, reference);
  return text === undefined ? null : new Secret(text);
}

/** What a shop runs on says how its cart is reached; a page of any other may listen to the event. */
export function cartOf({ cart, catalog }: ShopFile): ShopCart {
  const byCatalog = catalog.type.startsWith('woocommerce')
    ? 'woocommerce'
    : catalog.type.startsWith('shopify')
      ? 'shopify'
      : 'event';
  return { kind: cart.kind ?? byCatalog, ...(cart.url !== undefined && { url: cart.url }) };
}
