import type { DeskShop } from '../proxy/protocol/admin/index.ts';

/** What to call a shop among others: its name, and its slug where another has the same name. */
export function shopName({ slug, name }: Pick<DeskShop, 'slug' | 'name'>, shops: readonly DeskShop[]): string {
  return shops.some((other) => other.name === name && other.slug !== slug) ? `${name} (${slug})` : name;
}
