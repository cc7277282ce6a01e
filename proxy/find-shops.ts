/** Which shops there are, and what is worth a look in their settings, before anything is built for them. */
import { modelTools, promptFor } from './chat/context/prompt.ts';
import type { Config } from './config.ts';
import { knowsPrice } from './models/pricing.ts';
import { createGuard } from './outbound/index.ts';
import { limitsOfEnvironment, readShops, unknownVariables, type ShopDraft, type ShopReading } from './shops/index.ts';
import type { DeskChanges, Shop } from './shops/types.ts';
import { tools } from './tools/index.ts';

/** Of an answer. */
export const MAX_OUTPUT_TOKENS = 2_000;

export interface ShopsOptions {
  config: Config;
  /** The shops' own variables, and what `env:NAME` refers to. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where the demo model is, which answers when the configuration has none; null where it must not. */
  demoModelUrl: string | null;
  /** Shops that are described elsewhere: the demo stores. */
  further?: readonly ShopDraft[];
  /** What was published at the desk, by slug. */
  desk?: ReadonlyMap<string, DeskChanges>;
}

/** Every shop that is described anywhere, each with its problems. */
export async function findShops({ config, env, demoModelUrl, further, desk }: ShopsOptions): Promise<ShopReading[]> {
  return readShops({
    env,
    folder: config.shopsDir,
    ...(further && { further }),
    ...(desk && { desk }),
    upstream: config.openai,
    demoModelUrl,
    allowPrivateNetwork: config.allowPrivateNetwork,
    checkAddress: createAddressCheck(config),
    canMail: config.mail !== null,
    toolNames: tools.map((tool) => tool.name),
    knowsPrice,
  });
}

/** In tokens. With less, a conversation is summarised after every third answer or so, and each summary is paid. */
const MIN_ROOM = 2_000;

/** Shops whose own texts leave no room for a conversation, or next to none. */
export function contextWarnings(shops: readonly Shop[]): string[] {
  const toolbox = { tools, modelTools: modelTools(tools) };
  return shops.flatMap((shop) => {
    // With documents the prompt is longer. Those that are added by hand nobody knows of here.
    const hasDocuments = shop.documents.sources.length > 0 || shop.documents.store !== null;
    const needed = promptFor(shop, toolbox, { hasDocuments }).tokens + MAX_OUTPUT_TOKENS;
    const { contextTokens } = shop.limits;
    if (needed + MIN_ROOM <= contextTokens) return [];
    const figures = `${shop.slug}: its prompt, knowledge and tools and an answer need ${needed} tokens, limits.context_tokens is ${contextTokens}`;
    if (needed >= contextTokens) return [`${figures}: each question is answered without the ones before it`];
    return [
      `${figures}: every third answer or so is followed by a summary of the conversation, which is paid for; ${needed + 2 * MIN_ROOM} would do`,
    ];
  });
}

function createAddressCheck({ allowPrivateNetwork }: Config) {
  const guard = createGuard({ allowPrivate: allowPrivateNetwork });
  return function checkAddress(url: string): string | undefined {
    try {
      guard.check(new URL(url));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
}

export { limitsOfEnvironment, unknownVariables };
