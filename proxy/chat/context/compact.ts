import type { ModelItem } from '../../models/types.ts';
import { fence } from './fence.ts';
import { tokensOf } from './history.ts';

/** What makes a product or a variant one that can be shown, named and added. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  'id',
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
const NONE: ReadonlySet<number> = new Set();
/** An output that is about one product, of which it says what is new. */
const AS_ABOVE = /^<data>\n\{"facts_as_above":(\d+)/;

type ToolResult = Extract<ModelItem, { type: 'tool_result' }>;

/**
 * What this turn's tools said, in fewer words where there is no room for all of them: the oldest outputs are shortened
 * first, the last round's only if that isn't enough. Ids, titles and prices stay, and JSON stays JSON.
 * @param rounds what each round of the turn added, oldest first
 * @param room tokens
 * @param asked products that stay whole as long as everything else is enough
 */
export function compactRounds(
  rounds: readonly (readonly ModelItem[])[],
  room: number,
  asked: ReadonlySet<number> = NONE,
): ModelItem[][] {
  const compact = rounds.map((items) => [...items]);
  let tokens = compact.reduce((sum, items) => sum + tokensOf(items), 0);
  for (const whole of asked.size > 0 ? [asked, NONE] : [NONE]) {
    for (const items of compact) {
      for (const [at, item] of items.entries()) {
        if (tokens <= room) return compact;
        if (item.type !== 'tool_result') continue;
        const short = shorten(item, whole);
        tokens -= tokensOf([item]) - tokensOf([short]);
        items[at] = short;
      }
    }
  }
  return compact;
}

/** Products that the model asked about after their facts had been told: the answer to that says "as above". */
export function askedAgain(rounds: readonly (readonly ModelItem[])[]): Set<number> {
  const ids = new Set<number>();
  for (const item of rounds.flat()) {
    const id = item.type === 'tool_result' ? AS_ABOVE.exec(item.output)?.[1] : undefined;
    if (id !== undefined) ids.add(Number(id));
  }
  return ids;
}

function shorten(item: ToolResult, whole: ReadonlySet<number>): ToolResult {
  const json = /^<data>\n(.*)\n<\/data>$/s.exec(item.output)?.[1];
  if (json === undefined) return item;
  const output = fence(shortenValue(JSON.parse(json), MAX_DEPTH, whole));
  return output.length < item.output.length ? { ...item, output } : item;
}

function shortenValue(value: unknown, depth: number, whole: ReadonlySet<number>): unknown {
  if (typeof value === 'string') return shortText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.slice(0, MAX_LIST).map((item) => shortenValue(item, depth - 1, whole));
  const id: unknown = 'id' in value ? value.id : 'facts_as_above' in value ? value.facts_as_above : null;
  if (typeof id === 'number' && whole.has(id)) return value;
  if ('facts_as_above' in value) {
    // What stood above is shortened before it, or with it: a name is left, and nothing that is "as above".
    const { facts_as_above, ...news } = value;
    return shortenValue({ id: facts_as_above, ...news }, depth, whole);
  }
  const isProduct = 'id' in value || 'variant_id' in value;
  const entries = Object.entries(value).filter(([key]) => (isProduct ? ESSENTIAL.has(key) : key !== 'narrow_by'));
  return Object.fromEntries(entries.map(([key, item]) => [key, shortenValue(item, depth - 1, whole)]));
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
