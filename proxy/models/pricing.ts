import { calcPrice, type TieredPrices } from '@pydantic/genai-prices';
import type { ModelChoice } from '../shops/types.ts';
import type { TokenUsage } from './types.ts';

/** US dollars for a million tokens, or, which is the same, micro-dollars for one. */
export interface Prices {
  input: number;
  cachedInput: number;
  cacheWrite: number;
  output: number;
}

/** Long requests cost more as a whole: what holds above so many input tokens. */
interface Tier {
  above: number;
  prices: Prices;
}

type Priced = Pick<ModelChoice, 'model' | 'prices'>;

/**
 * Models that the price list of @pydantic/genai-prices 0.1.8 lacks. Those of OpenAI as its page had them on 2026-10-27;
 * can go when the list has them.
 */
const MISSING = new Map<string, Prices>([
  ['gpt-6.1-terra', { input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5 }],
  ['gpt-6.1-sol', { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10 }],
  ['demo-model', { input: 0, cachedInput: 0, cacheWrite: 0, output: 0 }],
]);
/** Above it OpenAI's models take twice for what goes in and half as much again for what comes out. */
const LONG_REQUEST = 272_000;

/** Searching the list takes up to 3 ms, so it is done once a model. Beyond the bound the oldest model is searched again. */
const found = new Map<string, readonly Tier[] | null>();
const MAX_FOUND = 200;

export function knowsPrice(model: string): boolean {
  return tiersOf(model) !== null;
}

/** What an ordinary request costs; null when nobody knows. The owner's own figures go before the list's. */
export function pricesOf({ model, prices }: Priced): Prices | null {
  if (prices) return prices;
  return tiersOf(model)?.[0]?.prices ?? null;
}

/** Micro-dollars, rounded up; null when nobody knows the model's price. */
export function costOf(choice: Priced, usage: Omit<TokenUsage, 'reasoningTokens' | 'estimated'>): number | null {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens } = usage;
  const tier = choice.prices ? undefined : tiersOf(choice.model)?.findLast(({ above }) => inputTokens > above);
  const prices = tier?.prices ?? pricesOf(choice);
  if (!prices) return null;
  // A provider that counts its parts twice must not make a call cheaper.
  const fresh = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens);
  const cost =
    fresh * prices.input +
    cachedTokens * prices.cachedInput +
    cacheWriteTokens * prices.cacheWrite +
    outputTokens * prices.output;
  // Without the dust of binary fractions, or 3 × 0.1 would be rounded up from 0.30000000000000004.
  return Math.ceil(Number(cost.toFixed(6)));
}

function tiersOf(model: string): readonly Tier[] | null {
  let tiers = found.get(model);
  if (tiers === undefined) {
    tiers = lookUp(model);
    if (found.size >= MAX_FOUND) found.delete(found.keys().next().value!);
    found.set(model, tiers);
  }
  return tiers;
}

function lookUp(name: string): readonly Tier[] | null {
  // Gateways put the maker in front: openai/gpt-6-luna.
  const model = name.slice(name.lastIndexOf('/') + 1);
  const missing = MISSING.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  if (missing) return [{ above: -1, prices: missing }, longRequest(missing)];
  const entry = calcPrice({ input_tokens: 1 }, model)?.model_price;
  if (entry?.input_mtok === undefined || entry.output_mtok === undefined) return null;
  const starts = Object.values(entry).flatMap((price) =>
    isTiered(price) ? price.tiers.map(({ start }) => start) : [],
  );
  return [-1, ...new Set(starts)].sort((a, b) => a - b).map((above) => ({ above, prices: pricesAbove(entry, above) }));
}

function longRequest({ input, cachedInput, cacheWrite, output }: Prices): Tier {
  const prices = { input: input * 2, cachedInput: cachedInput * 2, cacheWrite: cacheWrite * 2, output: output * 1.5 };
  return { above: LONG_REQUEST, prices };
}

type Entry = NonNullable<ReturnType<typeof calcPrice>>['model_price'];

function pricesAbove(entry: Entry, above: number): Prices {
  function price(key: string): number | undefined {
    const value = entry[key];
    return isTiered(value) ? (value.tiers.findLast(({ start }) => start <= above)?.price ?? value.base) : value;
  }
  const input = price('input_mtok')!;
  // What has no price of its own is billed as plain input.
  return {
    input,
    cachedInput: price('cache_read_mtok') ?? input,
    cacheWrite: price('cache_write_mtok') ?? input,
    output: price('output_mtok')!,
  };
}

function isTiered(price: Entry[string]): price is TieredPrices {
  return typeof price === 'object';
}
