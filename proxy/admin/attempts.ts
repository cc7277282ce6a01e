import { ChatError } from '../errors.ts';
import type { DeskStorage } from '../storage/types.ts';
import { hashOf } from './secrets.ts';

/**
 * Wrong logins before a lock, and how long it lasts. Both locks are needed: one address tries many accounts, many addresses
 * one account. Who has logged in from an address lately is counted apart there, so that strangers lock an account everywhere
 * but where its owner sits; elsewhere it is open again after the quarter of an hour. Sessions that are open stay so.
 */
export const ATTEMPTS = {
  perAccount: 10,
  perAddress: 20,
  lockMs: 15 * 60_000,
  knownMs: 60 * 24 * 60 * 60_000,
} as const;

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
  const knownKey = (address: string, email: string) => `known ${hashOf(email, address)}`;

  /** Under which wrong logins of an account are counted. */
  async function countedUnder(address: string, email: string): Promise<string> {
    const known = knownKey(address, email);
    const [isKnown] = await storage.fullAttempts([known], 1, now());
    return isKnown === undefined ? accountKey(email) : `${known} wrong`;
  }

  /** That somebody has shown here that the account is theirs. */
  async function remember(address: string, email: string): Promise<void> {
    const key = knownKey(address, email);
    await storage.forgiveAttempt(key, 'all');
    await storage.countAttempt([{ key, max: 1 }], { now: now(), until: now() + ATTEMPTS.knownMs });
  }

  return {
    remember,
    /** @param email null for the operator: their token can't be guessed, and must not be locked by strangers */
    async count(address: string, email: string | null): Promise<void> {
      const keys = [{ key: addressKey(address), max: ATTEMPTS.perAddress as number }];
      if (email !== null) {
        keys.push({ key: await countedUnder(address, email), max: ATTEMPTS.perAccount });
      }
      const full = await storage.countAttempt(keys, { now: now(), until: now() + ATTEMPTS.lockMs });
      if (!full) return;
      const retryAfterMs = full.fullUntil - now();
      const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
      throw new ChatError('rate_limited', `Too many wrong logins. Try again in ${minutes} min.`, { retryAfterMs });
    },
    /** One that nobody could look at says nothing of who tried. */
    async takeBack(address: string, email: string): Promise<void> {
      await storage.forgiveAttempt(addressKey(address), 'one');
      await storage.forgiveAttempt(await countedUnder(address, email), 'one');
    },
    async wasRight(address: string, email: string | null): Promise<void> {
      // One only: who has an account of their own must not wash their guesses at others' away with it.
      await storage.forgiveAttempt(addressKey(address), 'one');
      if (email === null) return;
      await storage.forgiveAttempt(await countedUnder(address, email), 'all');
      await remember(address, email);
    },
  };
}
