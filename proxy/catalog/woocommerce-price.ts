import type { CatalogVariant, Money } from './types.ts';

/** What a price on sale comes to; the price before it only while it is higher. */
export function salePrices(price: Money, before: Money | undefined): Pick<CatalogVariant, 'price' | 'listPrice'> {
  return { price, ...(before && before.amount > price.amount && { listPrice: before }) };
}

/** Lowest and highest of the variants, and the cheapest one's price before the sale. */
export function priceRange(variants: readonly Pick<CatalogVariant, 'price' | 'listPrice'>[]) {
  const [first, ...others] = variants;
  if (!first) throw new RangeError('a product has at least one variant');
  let cheapest = first;
  let max = first.price;
  for (const variant of others) {
    if (variant.price.amount < cheapest.price.amount) cheapest = variant;
    if (variant.price.amount > max.amount) max = variant.price;
  }
  return {
    price: { min: cheapest.price, max },
    ...(cheapest.listPrice && { listPrice: cheapest.listPrice }),
  };
}
