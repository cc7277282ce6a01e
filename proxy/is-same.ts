import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares secrets in a time that doesn't tell how much of one is right, nor how long it should be. */
export function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
