import { z } from 'zod';
import type { CatalogVariant, StoredProduct } from '../catalog/types.ts';
import type { CartErrorCode } from '../protocol/index.ts';
import { variantFacts } from './product-facts.ts';
import type { Tool, ToolResult } from './types.ts';

const input = z.strictObject({
  product_id: z.int().describe('Id of a product that this conversation has found or shown'),
  variant_id: z
    .string()
    .max(200)
    .nullable()
    .describe('variant_id from get_product; null only for a product without variants to choose'),
  quantity: z.int().min(1).max(20),
});

/** Variants that are named to the model when one has to be chosen. */
const MAX_CHOICES = 30;

/**
 * Asks the shopper's page to put something into the shopper's own cart; the page asks the shopper. What the catalogue
 * knows to be impossible is said at once, without bothering anybody.
 */
export const addToCart: Tool<z.infer<typeof input>> = {
  name: 'add_to_cart',
  description:
    "Offers to put a product into the shopper's cart: the shopper confirms it with a tap, and the result says what became " +
    'of it. Use it only when the shopper asks for it. Never say that something is in the cart before the result says ok.',
  input,
  worksIn: (shop) => shop.cart.kind !== 'none',
  personal: true,
  async run({ product_id, variant_id, quantity }, { catalog, shop, locale, shown }) {
    if (!shown.has(product_id)) {
      return refused(
        'not_purchasable',
        'This conversation has not found such a product: search first, then use its id.',
      );
    }
    const [product] = await catalog.byIds(shop.slug, [product_id]);
    if (!product) return refused('not_purchasable', 'The shop does not have this product any more.');
    if (!product.purchasable) return refused('not_purchasable', 'This product cannot be bought in this shop online.');
    const variant = chosen(product, variant_id);
    if (!variant) return choice(product, variant_id);
    if (variant.availability === 'out_of_stock' || variant.availability === 'discontinued') {
      const others = product.variants.filter(isAvailable).slice(0, MAX_CHOICES);
      return refused('out_of_stock', 'It is sold out.', others.length > 0 ? { others: others.map(variantFacts) } : {});
    }
    if (variant.availability === 'in_stock' && variant.quantity !== undefined && quantity > variant.quantity) {
      return refused('quantity', `Only ${variant.quantity} are left.`, { in_stock: variant.quantity });
    }
    const card = catalog.card(product, locale);
    return { client: { name: 'add_to_cart', arguments: { product: card, variant_id: variant.id, quantity } } };
  },
};

function refused(code: CartErrorCode, reason: string, more: object = {}): ToolResult {
  return { output: { ok: false, code, reason, ...more } };
}

function chosen({ variants }: StoredProduct, id: string | null): CatalogVariant | undefined {
  if (id === null) return variants.length === 1 ? variants[0] : undefined;
  return variants.find((variant) => variant.id === id);
}

function choice({ options, variants }: StoredProduct, id: string | null): ToolResult {
  const wanted = options.map(({ name, values }) => `${name}: ${values.join(', ')}`).join('; ');
  const reason =
    id === null ? 'Ask the shopper to choose' : 'This product has no such variant. Ask the shopper to choose';
  const available = variants.filter(isAvailable).slice(0, MAX_CHOICES).map(variantFacts);
  return refused('choose_option', `${reason}${wanted === '' ? '' : ` (${wanted})`}.`, { variants: available });
}

function isAvailable({ availability }: CatalogVariant): boolean {
  return availability !== 'out_of_stock' && availability !== 'discontinued';
}
