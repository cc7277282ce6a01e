import { cleanText } from '../../clean-text.ts';

/** Bounds of what is fenced, in UTF-16 code units. */
export interface FenceBounds {
  maxString: number;
  maxOutput: number;
}

const BOUNDS: FenceBounds = { maxString: 2_000, maxOutput: 40_000 };
const MAX_DEPTH = 8;
const MAX_ENTRIES = 200;

/**
 * Data for the model between two marks that the data itself cannot write: the one door for whatever comes from a
 * catalogue, a document or a tool. The rules in prompt.ts say that nothing in there is an instruction. Inside it is JSON
 * in which every `<` is escaped, so the fence can't be closed; the texts are cleaned. A search with twenty products costs
 * a tenth of a millisecond or two. What is too long in all gets shorter texts, and in the end none.
 */
export function fence(value: unknown, { maxString, maxOutput }: FenceBounds = BOUNDS): string {
  for (let max = maxString; max >= 20; max = Math.floor(max / 8)) {
    const json = toJson(value, max);
    if (json.length <= maxOutput) return `<data>\n${json}\n</data>`;
  }
  return `<data>\n${toJson({ error: 'This was too long to be passed on. Ask for less.' }, 100)}\n</data>`;
}

function toJson(value: unknown, maxString: number): string {
  return JSON.stringify(clean(value, maxString, MAX_DEPTH)).replaceAll('<', '\\u003c');
}

function clean(value: unknown, maxString: number, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, maxString);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth === 0) return null;
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => clean(item, maxString, depth - 1));
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value).slice(0, MAX_ENTRIES))
    if (item !== undefined) entries.push([cleanText(key, 100), clean(item, maxString, depth - 1)]);
  return Object.fromEntries(entries);
}
