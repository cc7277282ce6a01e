import type { Database } from 'better-sqlite3';
import type { Account, Reservation, Spending, Storage } from './types.ts';

interface Row {
  tokens: number;
  micro_usd: number;
}

/** The part of `usage.ts` that moves money; both run inside its transactions. */
export interface Purse {
  /** @returns the first account that hasn't so much left; undefined when all have. */
  lacking(reservation: Reservation): Account | undefined;
  hold(usageId: number, reservation: Reservation): void;
  /** Puts what was used in place of what was held. */
  settle(usageId: number, used: Spending): void;
  /** What was used without having been held. */
  spend(accounts: readonly Pick<Account, 'payer' | 'period'>[], used: Spending): void;
  /**
   * For a call that was broken off, so that nobody says what it used: all money that was held counts as spent, and all
   * tokens of the shop. What a model had thought by then nobody has seen, and stopping must not be a way to spend more
   * than there is. Visitors' and addresses' tokens are put at the guess: who stops an answer should not pay for a whole one.
   */
  settleUncounted(usageId: number, guess: Pick<Spending, 'tokens'>): void;
}

export function createPurse(db: Database): Purse {
  const spent = prepareSpent(db);
  const add = db.prepare<[string, string, number, number]>(
    `INSERT INTO spending (payer, period, tokens, micro_usd) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens, micro_usd = micro_usd + excluded.micro_usd`,
  );
  const insertHeld = db.prepare('INSERT INTO held (usage_id, payer, period, tokens, micro_usd) VALUES (?, ?, ?, ?, ?)');
  const settle = db.prepare<{ usageId: number; tokens: number; microUsd: number }>(
    `UPDATE spending SET tokens = spending.tokens - held.tokens + @tokens,
       micro_usd = spending.micro_usd - held.micro_usd + @microUsd
     FROM held WHERE held.usage_id = @usageId AND spending.payer = held.payer AND spending.period = held.period`,
  );
  const settleUncounted = db.prepare<{ usageId: number; tokens: number }>(
    `UPDATE spending SET tokens = spending.tokens - held.tokens + @tokens
     FROM held WHERE held.usage_id = @usageId AND spending.payer = held.payer AND spending.period = held.period
       AND held.payer NOT LIKE 'shop:%'`,
  );
  const removeHeld = db.prepare<[number]>('DELETE FROM held WHERE usage_id = ?');
  return {
    lacking({ accounts, tokens, microUsd }) {
      return accounts.find((account) => {
        const used = spent(account);
        return (
          exceeds(used.tokens + tokens, account.maxTokens) || exceeds(used.microUsd + microUsd, account.maxMicroUsd)
        );
      });
    },
    hold(usageId, { accounts, tokens, microUsd }) {
      for (const { payer, period } of accounts) {
        add.run(payer, period, tokens, microUsd);
        insertHeld.run(usageId, payer, period, tokens, microUsd);
      }
    },
    spend(accounts, { tokens, microUsd }) {
      for (const { payer, period } of accounts) add.run(payer, period, tokens, microUsd);
    },
    settle(usageId, { tokens, microUsd }) {
      settle.run({ usageId, tokens, microUsd });
      removeHeld.run(usageId);
    },
    settleUncounted(usageId, { tokens }) {
      settleUncounted.run({ usageId, tokens });
      removeHeld.run(usageId);
    },
  };
}

export function createSpending(db: Database): Pick<Storage, 'spent' | 'pruneSpending'> {
  const spent = prepareSpent(db);
  const prune = db.prepare<[string, number]>(
    `DELETE FROM spending WHERE (payer, period) IN (
       SELECT payer, period FROM spending WHERE period < ? ORDER BY period LIMIT ?)`,
  );
  const all = db.transaction((accounts: readonly Pick<Account, 'payer' | 'period'>[]) => accounts.map(spent));
  return {
    async spent(accounts) {
      return all(accounts);
    },
    async pruneSpending(period, limit) {
      return prune.run(period, limit).changes;
    },
  };
}

function prepareSpent(db: Database) {
  const one = db.prepare<[string, string], Row>(
    'SELECT tokens, micro_usd FROM spending WHERE payer = ? AND period = ?',
  );
  return function spent({ payer, period }: Pick<Account, 'payer' | 'period'>): Spending {
    const row = one.get(payer, period);
    return { tokens: row?.tokens ?? 0, microUsd: row?.micro_usd ?? 0 };
  };
}

function exceeds(amount: number, max: number | null): boolean {
  return max !== null && amount > max;
}
