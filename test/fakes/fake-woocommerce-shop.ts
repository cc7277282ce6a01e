/** The recorded shop as data that a test may change: Hebrew dog food, WooCommerce's samples, edge cases. */
import { readFileSync } from 'node:fs';

/** An item as the API has it; tests change fields by name. */
// oxlint-disable-next-line typescript/no-explicit-any -- half a hundred recorded fields, none of them ours
export type Item = Record<string, any> & { id: number };

export interface Recording {
  request: { method: string; url: string; headers?: Record<string, string>; rawBody?: string; body?: string };
  response: { status: number; headers: [string, string][]; body: unknown };
}

/** What is kept of the shop: REST v3's view and the Store API's, each as it was recorded. */
export interface Shop {
  products: Map<number, Item>;
  variations: Map<number, Item>;
  storeProducts: Map<number, Item>;
  storeVariations: Map<number, Item>;
  /** What `/wc/store/v1/products/ID` gives to anyone: drafts, private ones, the trash. */
  storeUnlisted: Map<number, Item>;
  orders: Map<number, Item>;
  notes: Map<number, Item[]>;
  currency: string;
}

export function recording(name: string): Recording {
  const file = new URL(`../fixtures/woocommerce/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

/** @param fillers how many made-up products stand beside the recorded ones */
export function recordedShop({ fillers = 0 }: { fillers?: number } = {}): Shop {
  const shop: Shop = {
    products: byId('products-page-1', 'products-hebrew-and-edge'),
    variations: byId('product-variations', 'product-any-variations'),
    storeProducts: byId('store-products', 'store-products-include'),
    storeVariations: byId('store-products-variations-of-parent'),
    storeUnlisted: byId('store-product-draft', 'store-product-private', 'store-product-trash'),
    orders: byId('order-processing', 'order-completed-partial-refund', 'order-on-hold-guest'),
    notes: new Map([[177, recording('order-notes').response.body as Item[]]]),
    currency: 'ILS',
  };
  shop.products.set(88, { ...shop.products.get(84)!, id: 88, name: 'Trashed', status: 'trash' });
  deriveVariations(shop);
  const [, , model] = recording('products-page-2').response.body as Item[];
  const storeModel = shop.storeProducts.get(39)!;
  for (let index = 0; index < fillers; index++) {
    const own = { id: 1_000 + index, name: `Filler product ${index}`, sku: `FILL-${index}` };
    shop.products.set(own.id, { ...model!, ...own });
    shop.storeProducts.set(own.id, { ...storeModel, ...own });
  }
  return shop;
}

function byId(...names: string[]): Map<number, Item> {
  const bodies = names.flatMap((name) => recording(name).response.body as Item | Item[]);
  return new Map(bodies.map((item) => [item.id, item]));
}

/** Variations that were not recorded by themselves, after one that was: ids and values are those of their products. */
function deriveVariations({ products, variations, storeProducts, storeVariations }: Shop): void {
  const [model, storeModel] = [variations.get(75)!, storeVariations.get(75)!];
  for (const parent of storeProducts.values()) {
    for (const { id, attributes } of parent['variations'] as { id: number; attributes: Item[] }[]) {
      const { name, permalink } = parent;
      if (!storeVariations.has(id)) {
        const prices = { ...parent['prices'], price_range: null };
        const own = { id, name, permalink, parent: parent.id, prices, sku: `V-${id}`, images: parent['images'] };
        storeVariations.set(id, { ...storeModel, ...own });
      }
      if (!variations.has(id)) {
        const named = attributes.flatMap((attribute) => valueOf(parent, attribute));
        const { price } = products.get(parent.id)!;
        const own = { id, permalink, parent_id: parent.id, price, regular_price: price, sku: `V-${id}` };
        variations.set(id, { ...model, ...own, attributes: named, image: null });
      }
    }
  }
}

function valueOf(parent: Item, { name, value }: Item): { name: string; option: string }[] {
  if (value === null) return [];
  const { terms } = (parent['attributes'] as Item[]).find((attribute) => attribute['name'] === name)!;
  const term = (terms as Item[]).find(({ slug }) => slug === value);
  return [{ name: String(name), option: String(term?.['name'] ?? value) }];
}
