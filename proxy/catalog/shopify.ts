import { z } from 'zod';
import { ItemError, MAX_VARIANTS } from './product-draft.ts';
import { type Item, MAX_PRODUCTS, readItems } from './reading.ts';
import { createShopifyClient, type ShopifyClientOptions } from './shopify-client.ts';
import { createShopifyPages, type Pages } from './shopify-pages.ts';
import {
  productOfShopify,
  readShopifyProduct,
  type ShopifyProduct,
  shopifyVariants,
  type ShopifyVariant,
} from './shopify-product.ts';
import { IDS, PRODUCT, PRODUCTS, VARIANTS } from './shopify-queries.ts';
import { SourceError } from './source-error.ts';
import type { CatalogSource, ReadOptions } from './types.ts';

export type ShopifyOptions = ShopifyClientOptions & {
  /** ISO 3166 code of the market whose prices are read; the shop's own when left out. */
  country?: string;
  /** BCP 47 language of the texts; the shop's own when left out. */
  lang?: string;
};

/**
 * A Shopify shop by its Storefront API. Ids are Shopify's own, `gid://shopify/Product/123`. Quantities are not read:
 * asking for them without their scope fails the whole question.
 */
export function createShopifySource(options: ShopifyOptions): CatalogSource {
  const { country, lang } = options;
  const market = { country: country ?? null, language: lang?.split('-')[0]!.toUpperCase() ?? null };
  const pages = createShopifyPages(createShopifyClient(options), market);
  const changed = (since: Date, read: ReadOptions) =>
    pages.nodes(PRODUCTS, { field: 'updatedAt', since: since.toISOString() }, read.signal);

  return {
    name: 'shopify',
    products: (read) => readItems(items(pages.nodes(PRODUCTS, { field: 'createdAt' }, read.signal), read), read),
    changedSince: (since, read) => readItems(items(changed(since, read), read), read),

    async *ids({ signal }) {
      const seen = new Set<string>();
      for await (const { id, onlineStoreUrl } of pages.nodes(IDS, { field: 'createdAt' }, signal)) {
        if (onlineStoreUrl === null || seen.has(id)) continue;
        if (seen.size >= MAX_PRODUCTS) throw new SourceError(`The shop has more than ${MAX_PRODUCTS} products.`);
        seen.add(id);
        yield id;
      }
    },

    async product(externalId, read) {
      if (!/^gid:\/\/shopify\/Product\/\d{1,20}$/.test(externalId)) return null;
      const data = await pages.ask(PRODUCT, { id: externalId }, read.signal);
      const { product } = z.object({ product: z.unknown().optional() }).parse(data);
      if (product === null || product === undefined) return null;
      const one = (async function* () {
        yield product as { id: string };
      })();
      for await (const found of readItems(items(one, read), read)) return found;
      return null;
    },
  };

  async function* items(nodes: AsyncIterable<{ id: string }>, { signal, onSkip }: ReadOptions): AsyncGenerator<Item> {
    // Windows of the paging overlap, and a product that changes while it is read comes again.
    const seen = new Set<string>();
    for await (const node of nodes) {
      if (seen.has(node.id)) continue;
      seen.add(node.id);
      const where = whereIs(node);
      try {
        const product = readShopifyProduct(node);
        const variants = await allVariants(pages, product, signal);
        if (variants.length > MAX_VARIANTS)
          onSkip({ item: where, reason: `its variants after the first ${MAX_VARIANTS}` });
        yield { where, read: () => productOfShopify(product, variants, lang) };
      } catch (error) {
        if (!(error instanceof ItemError)) throw error;
        onSkip({ item: where, reason: error.message });
      }
    }
  }
}

/** The variants that came with the product, and the pages after those; one more than a catalogue takes at most. */
async function allVariants(
  pages: Pages,
  { id, variants }: ShopifyProduct,
  signal: AbortSignal,
): Promise<ShopifyVariant[]> {
  const all = [...variants.nodes];
  let { hasNextPage, endCursor } = variants.pageInfo;
  while (hasNextPage && all.length <= MAX_VARIANTS) {
    const data = await pages.ask(VARIANTS, { id, after: endCursor, variants: 250 }, signal);
    const parsed = z.object({ product: z.object({ variants: shopifyVariants }) }).safeParse(data);
    if (!parsed.success || parsed.data.product.variants.nodes.length === 0)
      throw new ItemError('the rest of its variants is missing');
    all.push(...parsed.data.product.variants.nodes);
    ({ hasNextPage, endCursor } = parsed.data.product.variants.pageInfo);
  }
  return all;
}

function whereIs(node: { id: string; title?: unknown }): string {
  const title = typeof node.title === 'string' ? ` "${node.title.replace(/\s+/g, ' ').slice(0, 60)}"` : '';
  return `product ${node.id.replace(/^gid:\/\/shopify\/Product\//, '').slice(0, 40)}${title}`;
}
