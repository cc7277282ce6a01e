import type { UsageRow } from './scene.ts';
import type { Count } from './wires.ts';

/** Micro-dollars of the scene's model, gpt-6-luna, for each token. */
const PRICE = { input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5, source: 'genai-prices 0.1.8' };

/** @returns what of a row is not as the upstream counted it, each token and the money; undefined when all is */
export function differsFrom(row: UsageRow, count: Count): string | undefined {
  const { input, cached, cacheWrite, output, reasoning } = count;
  const fresh = input - cached - cacheWrite;
  const cost = fresh * PRICE.input + cached * PRICE.cachedInput + cacheWrite * PRICE.cacheWrite + output * PRICE.output;
  const should = {
    input_tokens: input,
    cached_tokens: cached,
    cache_write_tokens: cacheWrite,
    output_tokens: output,
    reasoning_tokens: reasoning,
    estimated: 0,
    cost_micro_usd: Math.ceil(Number(cost.toFixed(6))),
    price: JSON.stringify(PRICE),
    outcome: 'ok',
  };
  const is = Object.fromEntries(Object.keys(should).map((name) => [name, row[name as keyof typeof should]]));
  return JSON.stringify(is) === JSON.stringify(should)
    ? undefined
    : `row ${JSON.stringify(is)}, not ${JSON.stringify(should)}`;
}
