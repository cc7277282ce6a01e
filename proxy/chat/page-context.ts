import { setImmediate } from 'node:timers/promises';
import type { Catalog } from '../catalog/types.ts';
import { cleanLine } from '../clean-text.ts';
import type { PageContext, PageProduct } from '../protocol/index.ts';
import type { MaskedKind } from '../shops/types.ts';
import type { StoredPage } from '../storage/types.ts';
import { mask } from './mask.ts';

/** UTF-16 code units. */
const MAX_TITLE = 200;
const MAX_NAME = 160;
const MAX_SKU = 80;
const MAX_URL = 500;
const MAX_PRODUCTS = 5;
/** Bytes of what is kept, as JSON. */
const MAX_PAGE = 4_096;

export interface PageReading {
  shop: string;
  locale: string;
  /** What the shop has taken out of its shoppers' texts. */
  masks: readonly MaskedKind[];
  catalog: Pick<Catalog, 'named'>;
}

type ReadProduct = NonNullable<StoredPage['products']>[number];

/**
 * What of a page is kept with a question: cleaned and masked as the question is, URLs without what may be a secret in
 * them, products with the id that they have here. Null when nothing is left.
 */
export async function readPage(context: PageContext, reading: PageReading): Promise<StoredPage | null> {
  const { locale, masks } = reading;
  const clean = async (text: string | undefined, max: number) => {
    const line = cleanLine(text ?? '', max);
    return line === '' ? undefined : cleanLine(await mask(line, masks, locale), max);
  };
  const products: ReadProduct[] = [];
  for (const product of (await withIds(context, reading)).slice(0, MAX_PRODUCTS)) {
    const name = await clean(product.name, MAX_NAME);
    const sku = await clean(product.sku, MAX_SKU);
    products.push(compact({ id: product.id, name, sku, url: pathOf(product.url), ...priceOf(product) }));
  }
  const items: NonNullable<StoredPage['cart']>['items'] = [];
  for (const [at, item] of (context.cart?.items ?? []).entries()) {
    // Fifty titles with numbers in them take a while to mask.
    if (at % 10 === 9) await setImmediate();
    items.push({ ...item, title: (await clean(item.title, MAX_NAME)) ?? '' });
  }
  const page: StoredPage = compact({
    url: pathOf(context.url),
    title: await clean(context.title, MAX_TITLE),
    products: products.filter((product) => Object.keys(product).length > 0),
    cart: context.cart && { ...context.cart, items },
  });
  if (page.products?.length === 0) delete page.products;
  fit(page);
  return Object.keys(page).length === 0 ? null : page;
}

/** A page whose markup names no product may be one's own page all the same. */
async function withIds({ url, products = [] }: PageContext, { shop, catalog }: PageReading) {
  const named: PageProduct[] =
    products.length > 0 ? products.slice(0, MAX_PRODUCTS) : url === undefined ? [] : [{ url }];
  const found = await catalog.named(shop, named);
  return named
    .map((product, at) => ({ ...product, id: found[at]?.id }))
    .filter(({ id }) => products.length > 0 || id !== undefined);
}

/** The last lines of a long cart go first. */
function fit(page: StoredPage): void {
  const isTooLong = () => Buffer.byteLength(JSON.stringify(page)) > MAX_PAGE;
  while (isTooLong() && page.cart && page.cart.items.length > 0) page.cart.items.pop();
  while (isTooLong() && page.products && page.products.length > 0) page.products.pop();
  if (isTooLong()) delete page.title;
}

/** A query may hold somebody's address, or a key to their account. */
function pathOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  const kept = origin + pathname;
  return /^https?:$/.test(protocol) && kept.length <= MAX_URL ? kept : undefined;
}

/** As markup has it: "219.90", "219,90" or 219.9. Anything else is no price. */
function priceOf({ price, currency }: PageProduct): Pick<PageProduct, 'price' | 'currency'> {
  const text = String(price ?? '')
    .trim()
    .replace(',', '.');
  if (!/^\d{1,9}(?:\.\d{1,4})?$/.test(text)) return {};
  const code = currency?.trim().toUpperCase() ?? '';
  return { price: text, ...(/^[A-Z]{3}$/.test(code) && { currency: code }) };
}

function compact<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
