import type { TurnRow } from '../storage/types.ts';
import type { NeutralisedClaim } from './claims/claim-check.ts';
import type { TurnDeps } from './types.ts';

/**
 * Keeps for the owner what the model made up. The log names the kind alone: what a model writes may repeat what a shopper
 * wrote. That it can't be kept is no reason to fail an answer.
 */
export async function noteClaims(
  { storage, log, now }: Pick<TurnDeps, 'storage' | 'log' | 'now'>,
  { shop, threadId, id: turnId, own }: TurnRow,
  claims: readonly NeutralisedClaim[],
): Promise<void> {
  if (own) return;
  for (const { kind, text } of claims) {
    log.warn({ kind, shop, turn: turnId }, 'a claim that nothing accounts for was taken out of an answer');
    log.debug({ text, turn: turnId }, 'the claim');
    try {
      await storage.addFinding({ shop, threadId, turnId, kind, text, createdAt: now() });
    } catch (error) {
      log.error({ err: error, turn: turnId }, 'a claim could not be kept');
    }
  }
}
