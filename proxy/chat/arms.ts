/**
 * Which arm of a shop's test of models a visitor is in. Weighted rendezvous hashing: every arm draws a number for every
 * visitor from SHA-256 of `["<shop>","<visitor>","<arm>"]` alone, and the best one has the visitor. So the same visitor is
 * in the same arm in every process and on every day; an arm that is added takes from the others only what will be its own,
 * one that is taken away gives up only what it had, and another weight moves nobody between the arms that kept theirs.
 */
import { hash } from 'node:crypto';
import type { ModelArm, Shop } from '../shops/types.ts';

/** @returns null in a shop that tests nothing */
export function armOf({ slug, models }: Shop, visitorId: string): ModelArm | null {
  let best: ModelArm | null = null;
  let bestScore = -Infinity;
  for (const arm of models.arms) {
    const score = arm.weight / -Math.log(draw(slug, visitorId, arm.name));
    if (score > bestScore) [best, bestScore] = [arm, score];
  }
  return best;
}

/** As evenly as SHA-256, between 0 and 1 but neither of them. */
function draw(...names: string[]): number {
  const digest = hash('sha256', JSON.stringify(names), 'buffer');
  // 48 bits are exact in a double, and so is a half more.
  return (digest.readUIntBE(0, 6) + 0.5) / 2 ** 48;
}
