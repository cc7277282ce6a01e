import { cleanLine } from '../clean-text.ts';
import type { MessageRow } from '../storage/types.ts';

/** Products, the newest; of a conversation that shows more, nobody means the ones before. */
const MAX_PRODUCTS = 40;

/**
 * What was on show in messages that the model reads no more, a list for each row of cards, oldest first: "the second one
 * of the beds" can still be shown. It is ours and not the summary's: no model writes ids here.
 */
export function shownEarlier(messages: readonly MessageRow[], titles: ReadonlyMap<number, string>): string[][] {
  const rows: string[][] = [];
  let left = MAX_PRODUCTS;
  for (const part of messages.flatMap(({ parts }) => parts).toReversed()) {
    if (part.type !== 'products' && part.type !== 'comparison') continue;
    const ids = part.ids.slice(0, left);
    left -= ids.length;
    if (ids.length > 0) rows.unshift(ids.map((id) => nameOf(id, titles)));
  }
  return rows;
}

/** Of a product, for the model: enough to show it again. */
export function nameOf(id: number, titles: ReadonlyMap<number, string>): string {
  return `${id} ${cleanLine(titles.get(id) ?? '(no longer sold)', 120)}`;
}
