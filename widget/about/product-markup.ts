/**
 * The products that a page's own markup says it is about: JSON-LD of schema.org, in the shapes that shops write it in. Nothing else of
 * the page is read.
 */
import type { PageProduct } from '../../proxy/protocol/index.ts';
import { fields, list, text, type Fields } from '../cart/answer.ts';

/** A page may have any number of anything. */
const MOST_SCRIPTS = 20;
const LONGEST_SCRIPT = 300_000;
const MOST_NODES = 400;
const MOST_PRODUCTS = 5;
const LONGEST_TEXT = 200;

/** What stands inside something else that a page is about. */
const WAYS = ['@graph', 'mainEntity', 'mainEntityOfPage', 'about', 'itemListElement', 'item'] as const;

function all(value: unknown): Fields[] {
  return Array.isArray(value) ? list(value.slice(0, MOST_NODES)) : [fields(value)];
}

function short(value: unknown): string | undefined {
  const written = typeof value === 'number' ? String(value) : text(value);
  return written.trim().slice(0, LONGEST_TEXT) || undefined;
}

function isProduct(node: Fields): boolean {
  const types = Array.isArray(node['@type']) ? node['@type'] : [node['@type']];
  return types.some((type) => /^(https?:\/\/schema\.org\/)?(Product|ProductGroup|ProductModel)$/.test(text(type)));
}

/** The first price that is told: of the product, of one of its offers, or of a variant. */
function priced(product: Fields): Fields {
  const offers = [
    ...all(product['offers']),
    ...all(product['hasVariant']).flatMap((variant) => all(variant['offers'])),
  ];
  const told = offers.flatMap((offer) => [offer, ...all(offer['priceSpecification'])]);
  return told.find((offer) => short(offer['price'] ?? offer['lowPrice']) !== undefined) ?? {};
}

/** Absolute, of this shop's own pages, without what follows the path; undefined for anything else. */
export function ownPage(value: unknown): string | undefined {
  if (text(value) === '' || !URL.canParse(text(value), document.baseURI)) return undefined;
  const { origin, pathname } = new URL(text(value), document.baseURI);
  return origin === location.origin ? origin + pathname : undefined;
}

function asProduct(node: Fields): PageProduct {
  const offer = priced(node);
  const [name, sku, url] = [short(node['name']), short(node['sku']), ownPage(node['url'] ?? offer['url'])];
  const price = short(offer['price'] ?? offer['lowPrice']);
  const currency = short(offer['priceCurrency']);
  return {
    ...(name !== undefined && { name }),
    ...(sku !== undefined && { sku }),
    ...(url !== undefined && { url }),
    ...(price !== undefined && { price }),
    ...(currency !== undefined && { currency }),
  };
}

function parsed(script: HTMLScriptElement): unknown {
  if (script.text.length > LONGEST_SCRIPT) return null;
  try {
    return JSON.parse(script.text);
  } catch {
    // Templates of shops break it often enough.
    return null;
  }
}

/** In the order of the page, each once; five at most. What lies inside a product, such as those like it, is not what the page is about. */
export function productsOf(page: ParentNode): PageProduct[] {
  const scripts = [...page.querySelectorAll<HTMLScriptElement>('script[type="application/ld+json" i]')];
  const nodes = scripts.slice(0, MOST_SCRIPTS).flatMap((script) => all(parsed(script)));
  const products = new Map<string, PageProduct>();
  // Grows while it is walked.
  for (let at = 0; at < nodes.length && at < MOST_NODES && products.size < MOST_PRODUCTS; at++) {
    const node = nodes[at]!;
    if (isProduct(node)) {
      const product = asProduct(node);
      const key = product.url ?? product.sku ?? product.name;
      if (key !== undefined && !products.has(key)) products.set(key, product);
    } else nodes.push(...WAYS.flatMap((way) => (typeof node[way] === 'object' ? all(node[way]) : [])));
  }
  return [...products.values()];
}
