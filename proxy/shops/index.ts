import type { Shop, Shops } from './types.ts';

export { SHOP_VARIABLES, limitsOfEnvironment } from './environment.ts';
export type { ShopDraft } from './draft.ts';
export { readShops, unknownVariables, type ReadShopsOptions, type ShopReading } from './read.ts';
export { contrastWarnings } from './contrast.ts';
export { createBench } from './bench.ts';
export { createShopRegistry, type ShopRegistry } from './registry.ts';
export { secretsOf } from './secrets-of.ts';
export { Secret } from './secret.ts';

/** Shops that never change. */
export function createShops(shops: readonly Shop[]): Shops {
  const bySlug = new Map(shops.map((shop) => [shop.slug, shop]));
  return { bySlug: (slug) => bySlug.get(slug), all: () => shops, problems: () => [] };
}
