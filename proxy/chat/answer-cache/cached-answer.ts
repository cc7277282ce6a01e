import type { ChatEvent, MessagePart } from '../../protocol/index.ts';
import type { StoredPart } from '../../storage/types.ts';
import { LiveCards, type LiveCardsOptions } from '../live-cards.ts';

/**
 * A kept answer as the events of a fresh one, its cards of today; null when something that it showed is gone or has
 * changed, since its words may speak of that.
 */
export async function replayed(
  parts: readonly StoredPart[],
  options: LiveCardsOptions,
): Promise<readonly ChatEvent[] | null> {
  const cards = await LiveCards.of(parts, options);
  const events: ChatEvent[] = [];
  for (const part of parts) {
    const view = cards.view(part);
    if (view.type === 'text') events.push(...inPieces(view.content));
    else if (isAsItWas(view)) events.push(view);
    else return null;
  }
  return events;
}

function isAsItWas(view: MessagePart): boolean {
  if (view.type !== 'products' && view.type !== 'comparison') return true;
  return view.gone === undefined && view.data.every(({ then }) => then === undefined);
}

/** A line or so each: the page draws as it reads, and one large event would be one large step. */
function inPieces(text: string): ChatEvent[] {
  const pieces = text.match(/[^]{1,80}(?!\S)|[^]{1,80}/gu) ?? [];
  return pieces.map((content) => ({ type: 'text', content }));
}
