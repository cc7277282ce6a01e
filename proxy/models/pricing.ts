import { calcPrice, type TieredPrices } from '@pydantic/genai-prices';
import type { ModelChoice } from '../shops/types.ts';
import { listedPrices, type PriceRow } from './prices.ts';
import type { TokenUsage } from './types.ts';

/** US dollars for a million tokens, or, which is the same, micro-dollars for one; and where they are from. */
export interface Prices {
  input: number;
  cachedInput: number;
  cacheWrite: number;
  output: number;
  /** How often the provider searched by itself, and micro-dollars for each; left out where it didn't. */
  searches?: number;
  perSearch?: number;
  /** `shops/acme.json`, `prices.json 2026-10-27`, `genai-prices 0.1.8`. */
  source: string;
}

/** What a call costs in millionths of a dollar; null when nobody knows the model's price. */
export interface Bill {
  costMicroUsd: number | null;
  price: Prices | null;
}

/** Long requests cost more as a whole: what holds above so many input tokens. */
interface Tier {
  above: number;
  prices: Prices;
}

type Priced = Pick<ModelChoice, 'model' | 'prices'>;
type Counted = Omit<TokenUsage, 'reasoningTokens' | 'estimated'>;

/** The version that package.json pins. */
const PRICE_LIST = 'genai-prices 0.1.8';

/** Searching the list takes up to 3 ms, so it is done once a model. Beyond the bound the oldest model is searched again. */
const found = new Map<string, readonly Tier[] | null>();
const MAX_FOUND = 200;

export function knowsPrice(model: string): boolean {
  return tiersOf(model) !== null;
}

/** What an ordinary request costs; null when nobody knows. The owner's own figures go before ours, and ours before the list's. */
export function pricesOf({ model, prices }: Priced): Prices | null {
  return prices ?? tiersOf(model)?.[0]?.prices ?? null;
}

/** Rounded up to whole micro-dollars. @param searches that the provider has made by itself */
export function billOf(choice: Priced, usage: Counted, searches = 0): Bill {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens } = usage;
  const price = choice.prices ?? tiersOf(choice.model)?.findLast(({ above }) => inputTokens > above)?.prices ?? null;
  if (!price) return { costMicroUsd: null, price };
  // A provider that counts its parts twice must not make a call cheaper.
  const fresh = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens);
  const cost =
    fresh * price.input +
    cachedTokens * price.cachedInput +
    cacheWriteTokens * price.cacheWrite +
    outputTokens * price.output +
    searches * perSearch();
  // Without the dust of binary fractions, or 3 × 0.1 would be rounded up from 0.30000000000000004.
  const costMicroUsd = Math.ceil(Number(cost.toFixed(6)));
  return { costMicroUsd, price: searches === 0 ? price : { ...price, searches, perSearch: perSearch() } };
}

/** Micro-dollars. */
function perSearch(): number {
  return (listedPrices().get('file_search')?.thousand_calls ?? 0) * 1_000;
}

export interface BillingOptions {
  log: { warn(fields: object, message: string): void };
}

/**
 * `billOf`, which tells once of each model that nobody knows the price of.
 * @throws Error when prices.json needs mending: at the start, not in the middle of an answer
 */
export function createBilling({ log }: BillingOptions): typeof billOf {
  listedPrices();
  const told = new Set<string>();
  return (choice, usage, searches) => {
    const bill = billOf(choice, usage, searches);
    if (!bill.price && !told.has(choice.model) && told.size < MAX_FOUND) {
      told.add(choice.model);
      log.warn({ model: choice.model }, 'nobody knows what this model costs: it counts in tokens only');
    }
    return bill;
  };
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
  const row = listedPrices().get(model) ?? listedPrices().get(model.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
  if (row) return tiersOfRow(row);
  // What makes vectors says nothing, and is listed under its maker alone.
  const isMute = /embedding/i.test(model);
  const listed = calcPrice({ input_tokens: 1 }, model, isMute ? { providerId: 'openai' } : undefined);
  const entry = listed?.model_price;
  if (entry?.input_mtok === undefined || (entry.output_mtok === undefined && !isMute)) return null;
  const starts = Object.values(entry).flatMap((price) =>
    isTiered(price) ? price.tiers.map(({ start }) => start) : [],
  );
  return [-1, ...new Set(starts)].sort((a, b) => a - b).map((above) => ({ above, prices: pricesAbove(entry, above) }));
}

function tiersOfRow({ date, long, ...row }: PriceRow): readonly Tier[] {
  const source = `prices.json ${date}`;
  const usual = { above: -1, prices: filled(row, source) };
  return long ? [usual, { above: long.above, prices: filled(long, sourceAbove(source, long.above)) }] : [usual];
}

/** What has no price of its own is billed as plain input. */
function filled(row: Pick<PriceRow, 'input' | 'cached_input' | 'cache_write' | 'output'>, source: string): Prices {
  const { input, cached_input = input, cache_write = input, output } = row;
  return { input, cachedInput: cached_input, cacheWrite: cache_write, output, source };
}

type Entry = NonNullable<ReturnType<typeof calcPrice>>['model_price'];

function pricesAbove(entry: Entry, above: number): Prices {
  function price(key: string): number | undefined {
    const value = entry[key];
    return isTiered(value) ? (value.tiers.findLast(({ start }) => start <= above)?.price ?? value.base) : value;
  }
  const input = price('input_mtok')!;
  const cached_input = price('cache_read_mtok') ?? input;
  const cache_write = price('cache_write_mtok') ?? input;
  return filled(
    { input, cached_input, cache_write, output: price('output_mtok') ?? 0 },
    above < 0 ? PRICE_LIST : sourceAbove(PRICE_LIST, above),
  );
}

/** Names the tier that was used. */
function sourceAbove(source: string, above: number): string {
  return `${source}, over ${above} tokens`;
}

function isTiered(price: Entry[string]): price is TieredPrices {
  return typeof price === 'object';
}
