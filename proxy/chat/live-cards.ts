import type { Catalog, StoredProduct } from '../catalog/types.ts';
import type { CartEvent, ComparisonEvent, GoneProduct, MessagePart, Product } from '../protocol/index.ts';
import type { Shop } from '../shops/types.ts';
import type { ShownProduct, StoredCartPart, StoredPart } from '../storage/types.ts';
import { productsOf } from './products-of.ts';

/** The products that parts speak of, each once. */
export function productIdsIn(parts: readonly StoredPart[]): number[] {
  const ids = new Set<number>();
  for (const part of parts) {
    if (part.type === 'products' || part.type === 'comparison') for (const id of part.ids) ids.add(id);
    else if (part.type === 'cart' && part.added) ids.add(part.added.productId);
  }
  return [...ids];
}

export interface LiveCardsOptions {
  catalog: Catalog;
  shop: Pick<Shop, 'slug' | 'contact'>;
  /** BCP 47; the language to show things in. */
  locale: string;
}

/**
 * What was kept of answers, as it is to be shown today: every card is of today and says what has changed since; what the
 * shop has no more is named as gone. Never yesterday's price as today's.
 */
export class LiveCards {
  readonly #options: LiveCardsOptions;
  readonly #products: ReadonlyMap<number, StoredProduct>;

  private constructor(options: LiveCardsOptions, products: readonly StoredProduct[]) {
    this.#options = options;
    this.#products = new Map(products.map((product) => [product.id, product]));
  }

  static async of(parts: readonly StoredPart[], options: LiveCardsOptions): Promise<LiveCards> {
    const { catalog, shop } = options;
    return new LiveCards(options, await productsOf(catalog, shop.slug, productIdsIn(parts)));
  }

  view(part: StoredPart): MessagePart {
    const { contact } = this.#options.shop;
    switch (part.type) {
      case 'text':
        return part;
      case 'notice':
        return { type: 'notice', code: part.code, ...(part.code === 'contact' && contact && { contact }) };
      case 'citations':
        return { type: 'citations', data: part.citations };
      case 'suggestions':
        return { type: 'suggestions', data: part.questions };
      case 'products': {
        const { ids, shown, ...heading } = part;
        return { ...heading, ...this.#cards(ids, shown) };
      }
      case 'comparison': {
        const { ids, shown, rows, ...heading } = part;
        return { ...heading, ...this.#cards(ids, shown), rows: this.#rows(ids, rows) };
      }
      case 'cart':
        return this.#cart(part);
    }
  }

  #cards(ids: readonly number[], shown: readonly ShownProduct[] = []): { data: Product[]; gone?: GoneProduct[] } {
    const before = new Map(shown.map((product) => [product.id, product]));
    const data: Product[] = [];
    const gone: GoneProduct[] = [];
    for (const id of ids) {
      const card = this.#card(id, before.get(id));
      const title = before.get(id)?.title;
      if (card) data.push(card);
      // Of answers that are older than this memory nothing is left to name.
      else if (title !== undefined) gone.push({ id, title });
    }
    return { data, ...(gone.length > 0 && { gone }) };
  }

  #card(id: number, before: ShownProduct | undefined): Product | undefined {
    const product = this.#products.get(id);
    if (!product) return undefined;
    const card = this.#options.catalog.card(product, this.#options.locale);
    const then = before && changes(before, card, product);
    return { ...card, ...(then && Object.keys(then).length > 0 && { then }) };
  }

  /** Without the columns of products that are gone. */
  #rows(ids: readonly number[], rows: ComparisonEvent['rows']): ComparisonEvent['rows'] {
    return rows.map(({ name, values }) => ({ name, values: values.filter((_, at) => this.#products.has(ids[at]!)) }));
  }

  #cart({ callId, added, outcome }: StoredCartPart): CartEvent {
    const head = { type: 'cart', call_id: callId, outcome } as const;
    if (!added) return { ...head, name: 'view_cart', arguments: {} };
    const { productId, variantId, quantity, shown, url } = added;
    const product = this.#card(productId, shown) ?? keptCard(shown, url);
    return { ...head, name: 'add_to_cart', arguments: { product, variant_id: variantId, quantity } };
  }
}

/** What is different today. A title in another language is no other title. */
function changes(before: ShownProduct, card: Product, { title, translations = {} }: StoredProduct): Product['then'] {
  const titles = [title, card.title, ...Object.values(translations).map((texts) => texts.title)];
  const { min, max } = before.price;
  const isSamePrice =
    min.amount === card.price.min.amount &&
    max.amount === card.price.max.amount &&
    min.currency === card.price.min.currency;
  return {
    ...(!titles.includes(before.title) && { title: before.title }),
    ...(!isSamePrice && { price: before.price }),
    ...(before.availability !== card.availability && { availability: before.availability }),
  };
}

/** What went into the cart stays nameable when the shop has it no more. */
function keptCard({ id, title, price }: ShownProduct, url: string): Product {
  const kept = { id, external_id: '', title, url, price, availability: 'discontinued' } as const;
  return { ...kept, images: [], options: [], variants: [] };
}
