import { ChatError } from '../errors.ts';
import type { Embedder } from '../knowledge/types.ts';
import type { Account, Storage, UsageRow } from '../storage/types.ts';
import { isUsedUp } from './accounts.ts';

/** Of the shop's allowances, how far the reading of documents may use them up: shoppers' questions go before. */
export const READING_SHARE = 0.5;

/** A call that has ended. */
export type EmbeddingUsage = Omit<UsageRow, 'shop'>;

export interface PaidEmbedderOptions {
  shop: string;
  storage: Pick<Storage, 'spent' | 'addUsage'>;
  /** The shop's, of now. */
  accounts: () => readonly Account[];
  /** Told of each call, also of one that failed. */
  onUsed?: (usage: EmbeddingUsage) => void;
}

/**
 * Makes vectors on the shop's account, as its answers are: its calls count there, and none begins while nothing is left. They
 * cost a hundredth of an answer, so nothing is held for them before, and the last one may go beyond by itself.
 * @throws in `embed`: ChatError `budget_spent`, beside what the embedder throws
 */
export function paidEmbedder(
  embedderWith: (onUsage: (usage: EmbeddingUsage) => Promise<void>) => Embedder,
  { shop, storage, accounts, onUsed }: PaidEmbedderOptions,
): Embedder {
  const embedder = embedderWith(async (usage) => {
    onUsed?.(usage);
    await storage.addUsage({ shop, ...usage }, accounts());
  });
  return {
    model: embedder.model,
    async embed(texts, signal) {
      const payers = accounts();
      const spent = await storage.spent(payers);
      if (payers.some((account, index) => isUsedUp(account, spent[index]!))) {
        throw new ChatError(
          'budget_spent',
          "The shop's allowance has nothing left for vectors; words find all the same.",
        );
      }
      return embedder.embed(texts, signal);
    },
  };
}
