/** The parts of an answer that are more than text. All pure. */
import type { CartEvent, ClientToolEvent, ComparisonEvent, GoneProduct, Product } from '../../proxy/protocol/index.ts';
import type { ProductsEvent } from '../../proxy/protocol/index.ts';
import type { ActPart, ChatState, ComparisonPart, Part, ProductsPart } from './state.ts';

export function cardsPart({ data, ...rest }: ProductsEvent | ComparisonEvent): ProductsPart | ComparisonPart {
  return { ...rest, products: data };
}

/** None for an act of a newer proxy. */
export function actPart({ call_id: callId, ...event }: ClientToolEvent | CartEvent): ActPart[] {
  if (event.name !== 'add_to_cart' && event.name !== 'view_cart') return [];
  const act: ActPart['act'] =
    event.name === 'add_to_cart'
      ? { name: event.name, arguments: event.arguments }
      : { name: event.name, arguments: {} };
  const waiting = event.name === 'add_to_cart' ? 'asking' : 'acting';
  return [{ type: 'act', callId, act, progress: event.type === 'cart' ? event.outcome : waiting }];
}

export function isAct(part: Part, callId: string): part is ActPart {
  return part.type === 'act' && part.callId === callId;
}

/** It waits for the shopper's yes or no. */
export function isAsking(part: Part): boolean {
  return part.type === 'act' && part.progress === 'asking';
}

/** The turn waits for the shopper, who may as well ask something else. */
export function waitsForShopper({ turn, messages }: ChatState): boolean {
  return (
    turn !== null &&
    !turn.stopping &&
    messages.some(({ key, parts }) => key === turn.messageKey && parts.some(isAsking))
  );
}

/** An act is asked for once, and its outcome takes the place of the question. */
export function withAct(parts: readonly Part[], event: ClientToolEvent | CartEvent): readonly Part[] {
  const index = parts.findIndex((part) => isAct(part, event.call_id));
  if (index < 0) return [...parts, ...actPart(event)];
  if (event.type === 'client_tool') return parts;
  return parts.with(index, { ...(parts[index] as ActPart), progress: event.outcome });
}

interface Change {
  progress: ActPart['progress'];
  undo?: ActPart['undo'];
}

export function changedAct(part: ActPart, { progress, undo }: Change): ActPart {
  const { undo: _, ...rest } = part;
  return { ...rest, progress, ...(undo && { undo }) };
}

/** Ids of all cards on show, each once, the latest last. */
export function shownProducts({ messages }: ChatState): number[] {
  const parts = messages.flatMap((message) => message.parts);
  const ids = parts.flatMap((part) => ('products' in part ? part.products.map(({ id }) => id) : []));
  return [...new Set(ids.toReversed())].toReversed();
}

interface Refresh {
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
