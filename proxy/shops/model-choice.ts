import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import { DEMO_MODEL, type ModelChoice, type ShopModels } from './types.ts';

export function modelsOf(file: ShopFile, references: References, surroundings: Surroundings): ShopModels | undefined {
  const chosen = choiceOf('model', file.model, references, surroundings);
  const cheaper = file.cheaper_model && choiceOf('cheaper_model', file.cheaper_model, references, surroundings);
  if (!chosen || (file.cheaper_model && !cheaper)) return undefined;
  const capped = cappedInMoney(file);
  if (capped !== undefined) {
    for (const [place, choice] of [['model', chosen] as const, ['cheaper_model', cheaper] as const]) {
      if (!choice || choice.prices || surroundings.knowsPrice(choice.model)) continue;
      references.flaw(place, `nobody knows what ${choice.model} costs, so ${capped} can't be kept: give its "prices"`);
    }
  }
  return { default: chosen, cheaper: cheaper ?? null };
}

function choiceOf(
  place: string,
  given: ShopFile['model'],
  references: References,
  { upstream, demoModelUrl, allowPrivateNetwork, checkAddress }: Surroundings,
): ModelChoice | undefined {
  const prices = given.prices
    ? {
        input: given.prices.input,
        cachedInput: given.prices.cached_input ?? given.prices.input,
        cacheWrite: given.prices.cache_write ?? given.prices.input,
        output: given.prices.output,
      }
    : null;
  const key = given.api_key === undefined ? undefined : references.secret(`${place}.api_key`, given.api_key);
  if (given.base_url !== undefined) {
    if (!given.base_url.startsWith('https:') && !allowPrivateNetwork) {
      references.flaw(
        `${place}.base_url`,
        'must begin with https; ALLOW_PRIVATE_NETWORK=true lets http pass in development',
      );
    }
    const refused = checkAddress(given.base_url);
    if (refused !== undefined) references.flaw(`${place}.base_url`, refused);
    // The key of who runs the proxy must not travel to a server that a shop has named.
    if (given.api_key === undefined)
      references.flaw(`${place}.api_key`, 'is missing: a server of its own needs a key of its own');
  }
  if (given.api_key !== undefined && key === undefined) return undefined;
  const apiKey = key ?? upstream.apiKey;
  if (apiKey === null) {
    // It has one name, whatever a shop asks for.
    if (demoModelUrl !== null) {
      return { model: DEMO_MODEL, baseUrl: demoModelUrl, apiKey: new Secret('demo'), prices, guarded: false };
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
    prices,
    guarded: given.base_url !== undefined,
  };
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
