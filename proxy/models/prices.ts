/** Prices that are ours to keep: `prices.json`, which goes before the list of @pydantic/genai-prices. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const FILE = path.join(import.meta.dirname, 'prices.json');

/** US dollars for a million tokens. */
const usd = z.number().min(0).max(100_000);
const figures = {
  input: usd,
  /** Left out: as much as other input. */
  cached_input: usd.optional(),
  cache_write: usd.optional(),
  output: usd,
};
const row = z.strictObject({
  /** As the provider calls it, without a date at its end. */
  model: z.string().min(1).max(200),
  ...figures,
  /** US dollars for a thousand calls of a tool that the provider runs. */
  thousand_calls: usd.optional(),
  /** What the whole request costs when more than `above` tokens go in. */
  long: z.strictObject({ above: z.int().min(1), ...figures }).optional(),
  /** When somebody read the price, and where. */
  date: z.iso.date('must be a day, such as 2026-10-27'),
  source: z.string().min(1).max(500),
  note: z.string().max(500).optional(),
});
const list = z.array(row).superRefine((rows, context) => {
  const seen = new Set<string>();
  for (const [index, { model }] of rows.entries()) {
    if (seen.has(model)) context.addIssue({ code: 'custom', path: [index, 'model'], message: `has "${model}" twice` });
    seen.add(model);
  }
});

export type PriceRow = z.output<typeof row>;

let known: ReadonlyMap<string, PriceRow> | undefined;

/**
 * By model. The file is read once.
 * @throws Error with every problem of the file, a line each
 */
export function listedPrices(): ReadonlyMap<string, PriceRow> {
  known ??= readPrices(readFileSync(FILE, 'utf8'));
  return known;
}

/** @throws Error with every problem, a line each */
export function readPrices(json: string): ReadonlyMap<string, PriceRow> {
  const read = list.safeParse(parsed(json));
  if (read.success) return new Map(read.data.map((entry) => [entry.model, entry]));
  const problems = read.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the list'}: ${message}`);
  throw new Error(`prices.json needs mending:\n${problems.join('\n')}`, { cause: read.error });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Error(`prices.json is no JSON: ${(cause as Error).message}`, { cause });
  }
}
