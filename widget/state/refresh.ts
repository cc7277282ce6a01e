/** Cards of before as they are today. All pure. */
import type { GoneProduct, Product } from '../../proxy/protocol/index.ts';
import type { ChatState, Part } from './state.ts';

/** Ids of all cards on show, each once, the latest last. */
export function shownProducts({ messages }: Pick<ChatState, 'messages'>): number[] {
  const parts = messages.flatMap((message) => message.parts);
  const ids = parts.flatMap((part) => ('products' in part ? part.products.map(({ id }) => id) : []));
  return [...new Set(ids.toReversed())].toReversed();
}

export interface Refresh {
  ids: readonly number[];
  products: readonly Product[];
}

export function refreshedPart(part: Part, { ids, products }: Refresh): Part {
  if (part.type !== 'products' && part.type !== 'comparison') return part;
  const today = new Map(products.map((product) => [product.id, product]));
  const missing = ({ id }: Product): boolean => ids.includes(id) && !today.has(id);
  const lost = part.products.filter(missing).map(({ id, title }): GoneProduct => ({ id, title }));
  const gone = [...(part.gone ?? []), ...lost];
  const cards = {
    products: part.products.filter((product) => !missing(product)).map((old) => asOfToday(old, today.get(old.id))),
    ...(gone.length > 0 && { gone }),
  };
  if (part.type === 'products') return { ...part, ...cards };
  const kept = (_: unknown, index: number): boolean => !missing(part.products[index]!);
  return { ...part, ...cards, rows: part.rows.map(({ name, values }) => ({ name, values: values.filter(kept) })) };
}

/** With what was shown first, as far as it is different now. */
function asOfToday(old: Product, now: Product | undefined): Product {
  if (!now) return old;
  const shown = { title: old.title, price: old.price, availability: old.availability, ...old.then };
  const { min, max } = shown.price;
  const samePrice = min.amount === now.price.min.amount && max.amount === now.price.max.amount;
  const then: NonNullable<Product['then']> = {
    ...(shown.title !== now.title && { title: shown.title }),
    ...((!samePrice || min.currency !== now.price.min.currency) && { price: shown.price }),
    ...(shown.availability !== now.availability && { availability: shown.availability }),
  };
  const { then: _, ...product } = now;
  return Object.keys(then).length > 0 ? { ...product, then } : product;
}
