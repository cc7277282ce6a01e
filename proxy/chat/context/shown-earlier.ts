import { cleanLine } from '../../clean-text.ts';
import type { MessageRow } from '../../storage/types.ts';

/** Products: those that came first, which people come back to, and the newest. Of the ones between, hardly anyone means one. */
const MAX_PRODUCTS = 40;
/** Of the first row; rows are hardly ever longer. */
const MAX_FIRST = 10;
/** Stands for the rows between, so that no row takes the place of the first. */
const LEFT_OUT = '…';

/**
 * What was on show in messages that the model reads no more, a list for each row of cards, oldest first: "the second one
 * of the beds" can still be shown, and so can "the first one you showed". Rows are told whole or
 * not at all, but for a very long first one. It is ours and not the summary's: no model writes ids here.
 */
export function shownEarlier(messages: readonly MessageRow[], titles: ReadonlyMap<number, string>): string[][] {
  const [first, ...later] = messages
    .flatMap(({ parts }) => parts)
    .flatMap((part) =>
      (part.type === 'products' || part.type === 'comparison') && part.ids.length > 0 ? [part.ids] : [],
    );
  if (!first) return [];
  const opening = first.slice(0, MAX_FIRST);
  let left = MAX_PRODUCTS - opening.length;
  const crossing = later.findLastIndex((ids) => (left -= ids.length) < 0);
  const named = [opening, ...later.slice(crossing + 1)].map((ids) => ids.map((id) => nameOf(id, titles)));
  return crossing === -1 ? named : named.toSpliced(1, 0, [LEFT_OUT]);
}

/** Of a product, for the model: enough to show it again. */
export function nameOf(id: number, titles: ReadonlyMap<number, string>): string {
  return `${id} ${cleanLine(titles.get(id) ?? '(no longer sold)', 120)}`;
}
