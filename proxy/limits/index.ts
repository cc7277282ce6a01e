import { ChatError } from '../errors.ts';
import type { TokenUsage } from '../models/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import type { Storage } from '../storage/types.ts';
import { accountsOf, isUsedUp, payersOf, untilNext, type Payer, type PayersAccount } from './accounts.ts';
import { createPlaces, type Seat } from './places.ts';
import { createRates, type Rates } from './rates.ts';
import type { Asker, Bill, Limits } from './types.ts';

/** Streams that may be followed at once for each answer at once: several tabs, and somebody who reloads. */
const STREAMS_PER_TURN = 6;
/** There may always be so many. */
const LEAST_STREAMS = { visitor: 12, address: 60 };
/** New sessions of an address a minute, where fewer messages are allowed: looking in costs no model. */
const LEAST_SESSIONS = 30;
/** Messages to the people of a shop an hour. The last is what a flood from everywhere may put on an owner's desk. */
const CONTACTS_PER_HOUR = { visitor: 5, address: 20, shop: 300 };
/** Opinions an hour; nobody reads so many answers. */
const FEEDBACK_PER_HOUR = { visitor: 120, address: 600, shop: 20_000 };
/** A minute, at the desk: the preview begins anew with each change of the draft, the playground asks two at a time. */
const PREVIEWS = 120;
const TRIALS = 30;
const HOUR_S = 3_600;
/** Nobody knows when the next place gets free; answers take seconds. */
const PLACE_RETRY_MS = 5_000;

export { accountsOfShop } from './accounts.ts';
export { type EmbeddingUsage, paidEmbedder, READING_SHARE } from './paid-embedder.ts';
export { createRates };

export interface LimitsOptions {
  storage: Pick<Storage, 'spent'>;
  billOf: (choice: ModelChoice, usage: TokenUsage, searches?: number) => Bill;
  now?: () => number;
  rates?: Rates;
  hourly?: Rates;
}

export function createLimits(options: LimitsOptions): Limits {
  const { storage, billOf, now = Date.now, rates = createRates(), hourly = createRates({ windowS: HOUR_S }) } = options;
  const turns = createPlaces();
  const streams = createPlaces();

  async function refuseIfSpent(asker: Asker): Promise<void> {
    const goesOn = asker.shop.limits.whenSpent.length > 0;
    const accounts = accountsOf(asker, now()).filter(({ kind }) => kind !== 'shop' || !goesOn);
    const spent = await storage.spent(accounts);
    const gone = accounts.filter((account, index) => isUsedUp(account, spent[index]!));
    // Of several, the one that stays used up longest.
    const account = gone.find(({ span }) => span === 'month') ?? gone[0];
    if (account) throw spentError(account, untilNext(account.span, now()));
  }

  async function countAtDesk(key: string, max: number, what: string): Promise<void> {
    const over = await rates.count([{ kind: 'session', key, max }]);
    if (!over) return;
    throw new ChatError('rate_limited', `Too many ${what} a minute.`, { retryAfterMs: over.retryAfterMs });
  }

  /** @param of `contact`, `feedback` @param what in words */
  async function countHourly(asker: Asker, of: string, most: Record<Payer['kind'], number>, what: string) {
    const limits = payersOf(asker).map(({ kind, id }) => ({ kind, key: `${of}:${id}`, max: most[kind] }));
    const over = await hourly.count(limits);
    if (!over) return;
    const { full, retryAfterMs } = over;
    throw new ChatError('rate_limited', `Too many ${what} an hour for this ${full.kind}.`, { retryAfterMs });
  }

  return {
    async admit(asker) {
      const payers = payersOf(asker);
      const taken = turns.take(seatsOf(payers));
      if ('full' in taken) {
        throw new ChatError('rate_limited', `Too many answers at once for this ${taken.full.kind}.`, {
          retryAfterMs: PLACE_RETRY_MS,
        });
      }
      try {
        const limits = payers.map(({ kind, id, allowance }) => ({ kind, key: id, max: allowance.messagesPerMinute }));
        const over = await rates.count(limits);
        if (over) {
          const { full, retryAfterMs } = over;
          throw new ChatError('rate_limited', `Too many messages a minute for this ${full.kind}.`, { retryAfterMs });
        }
        await refuseIfSpent(asker);
        return taken.place;
      } catch (error) {
        taken.place.release();
        throw error;
      }
    },
    resume(asker) {
      return turns.force(seatsOf(payersOf(asker)));
    },
    follow(asker) {
      const seats = payersOf(asker).flatMap(({ kind, id, allowance: { turnsAtOnce } }) => {
        if (kind === 'shop') return [];
        const max = turnsAtOnce && Math.max(turnsAtOnce * STREAMS_PER_TURN, LEAST_STREAMS[kind]);
        return [{ kind, key: id, max }];
      });
      const taken = streams.take(seats);
      if ('place' in taken) return taken.place;
      throw new ChatError('rate_limited', `Too many streams at once for this ${taken.full.kind}.`, {
        retryAfterMs: PLACE_RETRY_MS,
      });
    },
    async countSession(shop, address) {
      const { messagesPerMinute } = shop.limits.address;
      const max = messagesPerMinute && Math.max(messagesPerMinute, LEAST_SESSIONS);
      const over = await rates.count([{ kind: 'session', key: `session:${shop.slug}:${address}`, max }]);
      if (!over) return;
      const { retryAfterMs } = over;
      throw new ChatError('rate_limited', 'Too many new sessions a minute for this address.', { retryAfterMs });
    },
    countContact: (asker) => countHourly(asker, 'contact', CONTACTS_PER_HOUR, 'messages to the shop'),
    countFeedback: (asker) => countHourly(asker, 'feedback', FEEDBACK_PER_HOUR, 'opinions on answers'),
    countPreview: (login) => countAtDesk(`preview:${login}`, PREVIEWS, 'previews'),
    countTrial: (account) => countAtDesk(`trial:${account}`, TRIALS, 'questions tried out'),
    reservation(asker, choice, { input, output, searches }, share) {
      const most = (cacheWriteTokens: number) =>
        billOf(
          choice,
          {
            inputTokens: input,
            cachedTokens: 0,
            cacheWriteTokens,
            outputTokens: output,
            reasoningTokens: 0,
            estimated: true,
          },
          searches,
        ).costMicroUsd ?? 0;
      return {
        tokens: input + output,
        // With some models it is dearer to write the cache than to do without it, with others cheaper.
        microUsd: Math.max(most(0), most(input)),
        accounts: accountsOf(asker, now(), share),
      };
    },
    bill: billOf,
    retryAfterMs: (period) => untilNext(period, now()),
  };
}

function seatsOf(payers: readonly Payer[]): (Seat & { kind: Payer['kind'] })[] {
  return payers.map(({ kind, id, allowance }) => ({ kind, key: id, max: allowance.turnsAtOnce }));
}

function spentError({ kind, span }: PayersAccount, retryAfterMs: number): ChatError {
  return kind === 'shop'
    ? new ChatError('budget_spent', `The shop's allowance of this ${span} is used up.`, { retryAfterMs })
    : new ChatError('limit_reached', `The allowance of this ${span} is used up for this ${kind}.`, { retryAfterMs });
}
