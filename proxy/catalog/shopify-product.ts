import { z } from 'zod';
import { parseAmount } from './amount.ts';
import { ItemError, productOf, type VariantDraft } from './product-draft.ts';
import type { CatalogProduct, Money, UnitPrice } from './types.ts';

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const money = z.object({ amount: z.string(), currencyCode: z.string().regex(/^[A-Z]{3}$/) });
const image = z.object({ url: z.string(), altText: z.string().nullish() });

const shopifyVariant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullish(),
  availableForSale: z.boolean(),
  currentlyNotInStock: z.boolean().catch(false),
  price: money,
  compareAtPrice: money.nullish(),
  unitPrice: money.nullish().catch(null),
  unitPriceMeasurement: z
    .object({ referenceValue: z.number().positive(), referenceUnit: z.string().max(20) })
    .nullish()
    .catch(null),
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
  image: image.nullish(),
});
export const shopifyVariants = z.object({ pageInfo, nodes: z.array(shopifyVariant) });

const shopifyProduct = z.object({
  id: z.string(),
  title: z.string(),
  descriptionHtml: z.string().catch(''),
  vendor: z.string().catch(''),
  productType: z.string().catch(''),
  tags: z.array(z.string()).catch([]),
  onlineStoreUrl: z.string().nullable(),
  images: z.object({ nodes: z.array(image) }),
  variants: shopifyVariants,
});
export type ShopifyProduct = z.infer<typeof shopifyProduct>;
export type ShopifyVariant = z.infer<typeof shopifyVariant>;

/** A page of products, each still unread but for what the paging needs. */
export const productPage = z.object({
  products: z.object({
    pageInfo,
    nodes: z.array(z.looseObject({ id: z.string(), createdAt: z.string(), updatedAt: z.string() })),
  }),
});

/** @throws ItemError with the field that is wrong */
export function readShopifyProduct(node: unknown): ShopifyProduct {
  const parsed = shopifyProduct.safeParse(node);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ItemError(`${issue?.path.join('.')}: ${issue?.message}`);
}

/** @throws ItemError when it can't be sold like this */
export function productOfShopify(
  product: ShopifyProduct,
  variants: readonly ShopifyVariant[],
  lang: string | undefined,
): CatalogProduct {
  if (product.onlineStoreUrl === null) throw new ItemError("it has no page: it isn't published to the online store");
  return productOf({
    externalId: product.id,
    title: product.title,
    url: product.onlineStoreUrl,
    description: product.descriptionHtml,
    brand: product.vendor,
    categories: [product.productType],
    tags: product.tags,
    images: product.images.nodes.map(({ url, altText }) => ({ url, alt: altText ?? undefined })),
    variants: variants.map(variantOf),
    lang,
  });
}

function variantOf(variant: ShopifyVariant): VariantDraft {
  // How Shopify writes that there is nothing to choose.
  const single = variant.title === 'Default Title';
  return {
    id: variant.id,
    title: single ? '' : variant.title,
    sku: variant.sku ?? undefined,
    price: moneyOf(variant.price),
    listPrice: variant.compareAtPrice ? moneyOf(variant.compareAtPrice) : undefined,
    unitPrice: unitPriceOf(variant),
    availability: variant.availableForSale ? (variant.currentlyNotInStock ? 'backorder' : 'in_stock') : 'out_of_stock',
    options: single ? [] : variant.selectedOptions,
    image: variant.image?.url,
  };
}

/** Shopify counts it itself. */
function unitPriceOf({ unitPrice, unitPriceMeasurement }: ShopifyVariant): UnitPrice | undefined {
  if (!unitPrice || !unitPriceMeasurement) return undefined;
  const { referenceValue, referenceUnit } = unitPriceMeasurement;
  const unit = referenceUnit === 'L' ? 'L' : referenceUnit.toLowerCase();
  return { price: moneyOf(unitPrice), per: referenceValue === 1 ? unit : `${referenceValue} ${unit}` };
}

function moneyOf({ amount, currencyCode }: z.infer<typeof money>): Money {
  const parsed = parseAmount(amount, currencyCode);
  if (parsed === undefined) throw new ItemError(`its price "${amount.slice(0, 30)}" is no amount`);
  return parsed;
}
