import type { Capabilities } from '../models/types.ts';
import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import { DEMO_MODEL, type ModelArm, type ModelChoice, type ShopModels } from './types.ts';

export function modelsOf(file: ShopFile, references: References, surroundings: Surroundings): ShopModels | undefined {
  const chosen = choiceOf('model', file.model, references, surroundings);
  const cheaper = file.cheaper_model && choiceOf('cheaper_model', file.cheaper_model, references, surroundings);
  const fallback = file.fallback_model && choiceOf('fallback_model', file.fallback_model, references, surroundings);
  const tested = file.model_test?.arms ?? [];
  const arms = tested.flatMap(({ name, weight, model: given }, index): ModelArm[] => {
    const model = choiceOf(`model_test.arms.${index}.model`, given, references, surroundings);
    return model ? [{ name, weight, model }] : [];
  });
  if (!chosen || (file.cheaper_model && !cheaper) || (file.fallback_model && !fallback)) return undefined;
  if (arms.length < tested.length) return undefined;
  const capped = cappedInMoney(file);
  if (capped !== undefined) {
    const all = [
      ['model', chosen] as const,
      ['cheaper_model', cheaper] as const,
      ['fallback_model', fallback] as const,
      ...arms.map(({ model }, index) => [`model_test.arms.${index}.model`, model] as const),
    ];
    for (const [place, choice] of all) {
      if (!choice || choice.prices || surroundings.knowsPrice(choice.model)) continue;
      references.flaw(place, `nobody knows what ${choice.model} costs, so ${capped} can't be kept: give its "prices"`);
    }
  }
  return { default: chosen, cheaper: cheaper ?? null, fallback: fallback ?? null, arms };
}

function choiceOf(
  place: string,
  given: ShopFile['model'],
  references: References,
  surroundings: Surroundings,
): ModelChoice | undefined {
  const { upstream, demoModelUrl } = surroundings;
  const prices = given.prices
    ? {
        input: given.prices.input,
        cachedInput: given.prices.cached_input ?? given.prices.input,
        cacheWrite: given.prices.cache_write ?? given.prices.input,
        output: given.prices.output,
        source: references.settings,
      }
    : null;
  const key = given.api_key === undefined ? undefined : references.secret(`${place}.api_key`, given.api_key);
  checkServer(place, given, references, surroundings);
  if (given.api_key !== undefined && key === undefined) return undefined;
  const apiKey = key ?? upstream.apiKey;
  if (apiKey === null) {
    // It has one name, whatever a shop asks for.
    if (demoModelUrl !== null) {
      const apiKey = new Secret('demo');
      return { model: DEMO_MODEL, baseUrl: demoModelUrl, apiKey, wire: 'responses', prices, guarded: false };
    }
    return references.flaw(
      `${place}.api_key`,
      'is not set. In production the demo model does not answer: set the key of your model (OPENAI_API_KEY)',
    );
  }
  return {
    model: given.name ?? upstream.model,
    baseUrl: given.base_url ?? upstream.baseUrl,
    apiKey: new Secret(apiKey),
    // What holds for the server of the house says nothing about another one.
    wire: given.wire ?? (given.base_url === undefined ? upstream.wire : 'responses'),
    ...(given.capabilities && { capabilities: capabilitiesOf(given.capabilities) }),
    ...(given.reasoning_effort !== undefined && { reasoningEffort: given.reasoning_effort }),
    ...(given.temperature !== undefined && { temperature: given.temperature }),
    prices,
    guarded: given.base_url !== undefined,
  };
}

/** Whether a server that a shop has named may be asked. */
export function checkServer(
  place: string,
  { base_url, api_key }: Pick<ShopFile['model'], 'base_url' | 'api_key'>,
  references: References,
  { allowPrivateNetwork, checkAddress }: Surroundings,
): void {
  if (base_url === undefined) return;
  if (!base_url.startsWith('https:') && !allowPrivateNetwork) {
    references.flaw(
      `${place}.base_url`,
      'must begin with https; ALLOW_PRIVATE_NETWORK=true lets http pass in development',
    );
  }
  const refused = checkAddress(base_url);
  if (refused !== undefined) references.flaw(`${place}.base_url`, refused);
  // The key of who runs the proxy must not travel to a server that a shop has named.
  if (api_key === undefined)
    references.flaw(`${place}.api_key`, 'is missing: a server of its own needs a key of its own');
}

/** In our spelling, and without what isn't given. */
function capabilitiesOf(given: NonNullable<ShopFile['model']['capabilities']>): Partial<Capabilities> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
}

/** Name of the first limit in money. */
function cappedInMoney({ limits }: ShopFile): string | undefined {
  for (const payer of ['visitor', 'address', 'shop'] as const) {
    for (const limit of ['usd_per_day', 'usd_per_month'] as const) {
      if (limits[payer][limit] !== null) return `limits.${payer}.${limit}`;
    }
  }
  return undefined;
}
