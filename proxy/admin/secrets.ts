import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses: what a cookie or an invitation holds. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of it. It can't be guessed, so a quick hash does. */
export function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
