import { checkServer } from './model-choice.ts';
import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import { DEMO_MODEL, type ShopModels, type ShopModeration } from './types.ts';

/** Who moderates, where the shop wants it; null where it doesn't, or where its settings are wrong. */
export function moderationOf(
  { moderation }: ShopFile,
  models: ShopModels | undefined,
  references: References,
  surroundings: Surroundings,
): ShopModeration | null {
  if (!moderation) return null;
  const { input, output, required, model, base_url, api_key } = moderation;
  const own = api_key === undefined ? undefined : references.secret('moderation.api_key', api_key);
  checkServer('moderation', { base_url, api_key }, references, surroundings);
  if (api_key !== undefined && own === undefined) return null;
  const what = { input, output, required, model };
  if (base_url !== undefined) {
    return own === undefined ? null : { ...what, baseUrl: base_url, apiKey: new Secret(own), guarded: true };
  }
  if (!models) return null;
  const { baseUrl, apiKey, guarded, model: answering } = models.default;
  if (!isOpenAi(baseUrl)) {
    const who =
      answering === DEMO_MODEL
        ? 'the demo model moderates nothing'
        : `nobody knows whether ${hostOf(baseUrl)} moderates`;
    references.flaw(
      'moderation',
      `is on, but ${who}: it needs a model at OpenAI, or in a shop's file the "base_url" and "api_key" of a server that moderates`,
    );
    return null;
  }
  return { ...what, baseUrl, apiKey: own === undefined ? apiKey : new Secret(own), guarded };
}

/** Its regions have names of their own before it: eu.api.openai.com. */
function isOpenAi(url: string): boolean {
  return /(^|\.)api\.openai\.com$/.test(hostOf(url));
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
