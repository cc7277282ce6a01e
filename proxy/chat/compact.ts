import type { ModelItem } from '../models/types.ts';
import { fence } from './fence.ts';
import { tokensOf } from './history.ts';

/** What makes a product or a variant one that can be shown, named and added. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  'id',
  'facts_as_above',
  'variant_id',
  'title',
  'options',
  'price',
  'highest_price',
  'regular_price',
  'currency',
  'availability',
  'variants',
]);
const MAX_TEXT = 120;
const MAX_LIST = 20;
const MAX_DEPTH = 8;

/**
 * What this turn's tools said, in fewer words where there is no room for all of them: the oldest outputs are shortened
 * first, the last round's only if that isn't enough. Ids, titles and prices stay, and JSON stays JSON.
 * @param rounds what each round of the turn added, oldest first
 * @param room tokens
 */
export function compactRounds(rounds: readonly (readonly ModelItem[])[], room: number): ModelItem[][] {
  const compact = rounds.map((items) => [...items]);
  let tokens = compact.reduce((sum, items) => sum + tokensOf(items), 0);
  for (const items of compact) {
    for (const [at, item] of items.entries()) {
      if (tokens <= room) return compact;
      if (item.type !== 'tool_result') continue;
      const short = shorten(item);
      tokens -= tokensOf([item]) - tokensOf([short]);
      items[at] = short;
    }
  }
  return compact;
}

function shorten(item: Extract<ModelItem, { type: 'tool_result' }>): ModelItem {
  const json = /^<data>\n(.*)\n<\/data>$/s.exec(item.output)?.[1];
  if (json === undefined) return item;
  const output = fence(shortenValue(JSON.parse(json), MAX_DEPTH));
  return output.length < item.output.length ? { ...item, output } : item;
}

function shortenValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((item) => shortenValue(item, depth - 1));
  const isProduct = 'id' in value || 'variant_id' in value || 'facts_as_above' in value;
  const entries = Object.entries(value).filter(([key]) => (isProduct ? ESSENTIAL.has(key) : key !== 'narrow_by'));
  return Object.fromEntries(entries.map(([key, item]) => [key, shortenValue(item, depth - 1)]));
}

function shortText(text: string): string {
  // No pair of surrogates may be cut in two.
  return text.length > MAX_TEXT
    ? `${text
        .slice(0, MAX_TEXT)
        .replace(/\p{Surrogate}$/u, '')
        .trimEnd()} …`
    : text;
}
