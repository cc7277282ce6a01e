import { createHash } from 'node:crypto';

/**
 * What the index keeps besides words, each as one word that no text holds by chance: the shop, and a product's marks,
 * which hold the shop as well, so that looking for one needs not go through all products of the shop.
 */
export function scopeOf(shop: string, mark?: string): string {
  if (mark === undefined) return `shop${Buffer.from(shop).toString('hex')}`;
  return `m${createHash('sha256').update(`${shop}\0${mark}`).digest('hex').slice(0, 24)}`;
}
