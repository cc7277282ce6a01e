import type { CatalogVariant, StoredProduct } from '../catalog/types.ts';
import { toDecimal } from '../protocol/index.ts';

/** Characters of a description that the model gets for each of several products. */
const EXCERPT = 240;
const MAX_DESCRIPTION = 2_000;
/** A shirt in six sizes and ten colours has as many. */
const MAX_VARIANTS = 60;

/** What the model is told of one product among several. */
export function factsOf(product: StoredProduct, title: string) {
  const { min, max } = product.price;
  return {
    id: product.id,
    title,
    ...(product.brand !== undefined && { brand: product.brand }),
    price: toDecimal(min),
    ...(max.amount !== min.amount && { highest_price: toDecimal(max) }),
    ...(product.listPrice && { regular_price: toDecimal(product.listPrice), on_sale: true }),
    availability: product.purchasable ? product.availability : 'not_for_sale_here',
    ...(product.categories.length > 0 && { categories: product.categories }),
    ...(product.options.length > 0 && { options: Object.fromEntries(product.options.map((o) => [o.name, o.values])) }),
    ...(product.rating && { rating: product.rating.value }),
    ...(product.description !== '' && { description: excerpt(product.description) }),
  };
}

/** All that there is to say of one. */
export function allFactsOf(product: StoredProduct, title: string) {
  const variants = product.variants.length > 1 ? product.variants : [];
  return {
    ...factsOf(product, title),
    currency: product.price.min.currency,
    ...(product.description !== '' && { description: narrow(product.description).slice(0, MAX_DESCRIPTION) }),
    ...(product.tags.length > 0 && { tags: product.tags.slice(0, 30) }),
    ...(product.rating && { rating: product.rating.value, ratings: product.rating.count }),
    ...stockOf(product.variants.length === 1 ? product.variants[0] : undefined),
    ...(variants.length > 0 && { variants: variants.slice(0, MAX_VARIANTS).map(variantFacts) }),
    ...(variants.length > MAX_VARIANTS && { note: `Only ${MAX_VARIANTS} of ${variants.length} variants are told.` }),
  };
}

export function variantFacts(variant: CatalogVariant) {
  return {
    variant_id: variant.id,
    ...(variant.options.length > 0
      ? { options: Object.fromEntries(variant.options.map(({ name, value }) => [name, value])) }
      : { title: variant.title }),
    price: toDecimal(variant.price),
    ...(variant.listPrice && { regular_price: toDecimal(variant.listPrice) }),
    availability: variant.availability,
    ...stockOf(variant),
  };
}

function stockOf(variant: CatalogVariant | undefined) {
  return variant?.quantity === undefined ? {} : { in_stock: variant.quantity };
}

/** Lines stay lines; what shop systems put between them and into them is paid by the token. */
function narrow(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= EXCERPT) return line;
  const space = line.lastIndexOf(' ', EXCERPT);
  // Chinese and Thai have no spaces; and no pair of surrogates may be cut in two.
  const cut = line.slice(0, space > 0 ? space : EXCERPT).replace(/\p{Surrogate}$/u, '');
  return `${cut} …`;
}
