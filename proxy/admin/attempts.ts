import { ChatError } from '../errors.ts';
import type { DeskStorage } from '../storage/types.ts';
import { hashOf } from './secrets.ts';

/**
 * Wrong logins before a lock, and how long it lasts. Both locks are needed: one address tries many accounts, many addresses
 * one account. An account locked by a stranger is open to its owner again after the quarter of an hour; sessions that are
 * open stay so.
 */
export const ATTEMPTS = { perAccount: 10, perAddress: 20, lockMs: 15 * 60_000 } as const;

/** Hashed: what is typed as an address may be anything, a password too. */
export function accountKey(email: string): string {
  return `account ${hashOf(email)}`;
}

export interface AttemptsDeps {
  storage: DeskStorage;
  now: () => number;
}

/**
 * Counts before it is known whether the login is right, so that a hundred guesses at once are a hundred guesses; one that
 * was right is taken back.
 */
export function createAttempts({ storage, now }: AttemptsDeps) {
  const addressKey = (address: string) => `address ${address}`;
  return {
    /** @param email null for the operator: their token can't be guessed, and must not be locked by strangers */
    async count(address: string, email: string | null): Promise<void> {
      const keys = [{ key: addressKey(address), max: ATTEMPTS.perAddress as number }];
      if (email !== null) keys.push({ key: accountKey(email), max: ATTEMPTS.perAccount });
      const full = await storage.countAttempt(keys, { now: now(), until: now() + ATTEMPTS.lockMs });
      if (!full) return;
      const retryAfterMs = full.fullUntil - now();
      const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
      throw new ChatError('rate_limited', `Too many wrong logins. Try again in ${minutes} min.`, { retryAfterMs });
    },
    async wasRight(address: string, email: string | null): Promise<void> {
      // One only: who has an account of their own must not wash their guesses at others' away with it.
      await storage.forgiveAttempt(addressKey(address), 'one');
      if (email !== null) await storage.forgiveAttempt(accountKey(email), 'all');
    },
  };
}
