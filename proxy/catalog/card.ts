import type { Product, ProductVariant } from '../protocol/index.ts';
import type { CatalogVariant, StoredProduct } from './types.ts';

/** What the widget shows of a product; stock counts, descriptions and labels stay here. */
export function cardOf(product: StoredProduct, locale: string): Product {
  const labels = translationOf(product, locale)?.labels;
  return {
    id: product.id,
    external_id: product.externalId,
    title: translationOf(product, locale)?.title ?? product.title,
    url: product.url,
    ...(product.brand !== undefined && { brand: product.brand }),
    price: product.price,
    ...(product.listPrice && { list_price: product.listPrice }),
    availability: product.purchasable ? product.availability : 'unknown',
    images: product.images,
    options: product.options,
    variants: product.variants.map(variantOf),
    ...(labels && { labels }),
    ...(product.rating && { rating: product.rating }),
    ...(langOf(product, locale) !== undefined && { lang: langOf(product, locale)! }),
  };
}

export function translationOf(product: StoredProduct, locale: string) {
  return product.translations?.[locale] ?? product.translations?.[baseLanguage(locale)];
}

function langOf(product: StoredProduct, locale: string): string | undefined {
  return translationOf(product, locale)?.title === undefined ? product.lang : baseLanguage(locale);
}

function baseLanguage(locale: string): string {
  return locale.split('-')[0]!.toLowerCase();
}

function variantOf(variant: CatalogVariant): ProductVariant {
  return {
    id: variant.id,
    title: variant.title,
    ...(variant.sku !== undefined && { sku: variant.sku }),
    price: variant.price,
    ...(variant.listPrice && { list_price: variant.listPrice }),
    ...(variant.unitPrice && { unit_price: variant.unitPrice }),
    availability: variant.availability,
    options: variant.options,
    ...(variant.image && { image: variant.image }),
    ...(variant.url !== undefined && { url: variant.url }),
  };
}
