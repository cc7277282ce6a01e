import { didYouMean } from '../spelling.ts';
import { createBench } from './bench.ts';
import { toLine, type ShopDraft } from './draft.ts';
import { SHOP_VARIABLES, shopOfEnvironment } from './environment.ts';
import { draftsOf } from './folder.ts';
import { resolveShop } from './resolve.ts';
import type { Surroundings } from './surroundings.ts';
import type { DeskChanges, Shop, ShopBench } from './types.ts';

/** One place that describes a shop, as it was read. */
export interface ShopReading {
  /** `shops/acme.json`, `the environment`. */
  settings: string;
  /** Absent when there is anything wrong with it. */
  shop?: Shop | undefined;
  problems: readonly string[];
  /** What its `env:NAME` references name. */
  variables: readonly string[];
  /** What the desk can make of it; absent as `shop` is. */
  bench?: ShopBench | undefined;
}

export interface ReadShopsOptions extends Surroundings {
  folder: string;
  /** Shops that are described elsewhere. */
  further?: readonly ShopDraft[];
  /** What was published at the desk, by slug; it goes over what is read here. */
  desk?: ReadonlyMap<string, DeskChanges>;
}

/** Every shop that is described anywhere, each with its problems; of two with one slug neither is good. */
export async function readShops(options: ReadShopsOptions): Promise<ShopReading[]> {
  const own = shopOfEnvironment(options.env, '.');
  const found = await draftsOf(options.folder);
  const drafts = [...(own ? [{ draft: own }] : []), ...found];
  drafts.push(...(options.further ?? []).map((draft) => ({ draft })));

  const readings: ShopReading[] = [];
  for (const entry of drafts) {
    if ('problem' in entry) {
      readings.push({ settings: entry.settings, problems: [entry.problem], variables: [] });
      continue;
    }
    const { settings, values } = entry.draft;
    const { shop, problems } = await resolveShop(entry.draft, options);
    const variables = [...JSON.stringify(values).matchAll(/"env:(\w+)"/g)].map((match) => match[1]!);
    const reading = { settings, ...(shop && { shop }), problems, variables };
    readings.push(shop ? await withDesk(reading, entry.draft, options) : reading);
  }
  return withoutDoubles(readings);
}

/** What goes wrong at the desk takes no shop away: the file alone is good. */
async function withDesk(reading: ShopReading, draft: ShopDraft, options: ReadShopsOptions): Promise<ShopReading> {
  const bench = createBench(draft, options);
  const changes = options.desk?.get(bench.slug);
  if (!changes) return { ...reading, bench };
  const { shop = reading.shop, problems } = await bench.apply(changes);
  const lines = problems.map(({ field, message }) =>
    toLine(draft, { path: field, message: `isn't served as the desk has it: it ${message}` }),
  );
  return { ...reading, shop, bench, problems: lines };
}

function withoutDoubles(readings: readonly ShopReading[]): ShopReading[] {
  return readings.map((reading) => {
    const { shop, settings } = reading;
    const others = readings.filter((other) => shop && other !== reading && other.shop?.slug === shop.slug);
    if (!shop || others.length === 0) return reading;
    const names = others.map((other) => other.settings).join(', ');
    return {
      ...reading,
      shop: undefined,
      bench: undefined,
      problems: [`${settings}: slug: "${shop.slug}" is the slug of ${names} as well`],
    };
  });
}

/**
 * Variables that nobody reads, though by their names somebody thought so, each with what will have been meant.
 * @param known those that are read elsewhere
 */
export function unknownVariables(env: Surroundings['env'], known: readonly string[]): string[] {
  const all = new Set([...known, ...SHOP_VARIABLES]);
  // A machine's environment holds much that is none of ours: short names are near to anything.
  const candidates = Object.keys(env).filter((name) => !all.has(name) && name.includes('_'));
  return candidates.flatMap((name) => {
    const meant = didYouMean(name, all);
    if (meant !== undefined) return [`${name} is no setting and does nothing; did you mean ${meant}?`];
    return /^(SHOP|CATALOG)_/.test(name) ? [`${name} is no setting and does nothing.`] : [];
  });
}
