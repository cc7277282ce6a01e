import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Names something without saying it: nobody without the key finds out what was hashed, or makes another name for it. */
export type KeyedHash = (...parts: readonly string[]) => string;

/** @param key as text; the same key gives the same names, so it is kept across restarts */
export function createKeyedHash(key: string): KeyedHash {
  const prepared: KeyObject = createSecretKey(Buffer.from(key));
  return function keyedHash(...parts) {
    // As JSON the parts can't run into one another: ("a", "bc") is not ("ab", "c").
    const digest = createHmac('sha256', prepared).update(JSON.stringify(parts)).digest();
    return digest.subarray(0, 16).toString('base64url');
  };
}
