/** The parts of an answer that are more than text. All pure. */
import type { CartEvent, ClientToolEvent, ComparisonEvent } from '../../proxy/protocol/index.ts';
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
