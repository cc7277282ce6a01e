import type { Shop, Shops } from './types.ts';

export function createShops(shops: readonly Shop[]): Shops {
  const bySlug = new Map(shops.map((shop) => [shop.slug, shop]));
  return {
    bySlug: (slug) => bySlug.get(slug),
    all: () => shops,
  };
}
