import { createHash, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface Rate {
  kind: 'visitor' | 'address' | 'shop' | 'session';
  key: string;
  /** Times a window; null is no limit. */
  max: number | null;
}

export interface Rates {
  /** Counts once under every key or, where one is used up, under none. @returns that one, and when it begins anew */
  count<R extends Rate>(rates: readonly R[]): Promise<{ full: R; retryAfterMs: number } | undefined>;
}

const MINUTE_S = 60;
/**
 * Keys are made by visitors and addresses, so anybody could make any number of them. Each kind is hashed into so many
 * slots. Two that meet in a slot share its limit: one in a thousand while a hundred visitors are about, everybody in a
 * flood of addresses, who then get less and never more. Nobody can aim at somebody else's slot without knowing the salt.
 */
const SLOTS = 2 ** 16;

export interface RatesOptions {
  /** Length of a window, in seconds. */
  windowS?: number;
  salt?: Buffer;
  slots?: number;
}

/** Counts by the clock of the machine, in windows that begin with the first message. */
export function createRates({ windowS = MINUTE_S, salt = randomBytes(16), slots = SLOTS }: RatesOptions = {}): Rates {
  // Each shop has limits of its own, so the limiter only counts, and what is too many is decided here.
  const limiter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowS });
  let last: Promise<unknown> = Promise.resolve();

  function slotOf({ kind, key }: Rate): string {
    const hash = createHash('sha256').update(salt).update(key).digest();
    return `${kind} ${hash.readUInt32LE() % slots}`;
  }

  async function count<R extends Rate>(rates: readonly R[]) {
    const limited = rates.flatMap((rate) => (rate.max === null ? [] : [{ rate, max: rate.max, slot: slotOf(rate) }]));
    const counts = await Promise.all(limited.map(({ slot }) => limiter.consume(slot)));
    const at = limited.findIndex(({ max }, index) => counts[index]!.consumedPoints > max);
    if (at === -1) return undefined;
    await Promise.all(limited.map(({ slot }) => limiter.reward(slot)));
    return { full: limited[at]!.rate, retryAfterMs: counts[at]!.msBeforeNext };
  }

  return {
    // One after the other, or a message that is about to be refused would for a moment count against somebody else's.
    // Nothing in it waits for anything outside, so the row is as short as the loop's own.
    count(rates) {
      const counted = last.then(() => count(rates));
      last = counted.catch(() => undefined);
      return counted;
    },
  };
}
