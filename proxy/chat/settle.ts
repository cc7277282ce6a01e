import type { Storage, TurnRow } from '../storage/types.ts';
import { estimateTokens } from '../tokens.ts';
import { Answer } from './answer.ts';
import { readFrames, type LoggedEvent } from './turn-log.ts';
import type { TurnDeps } from './types.ts';

/** What a reader sees of an answer that was broken off. */
export const INTERRUPTED = {
  code: 'model_interrupted',
  message: 'The proxy was restarted in the middle of this answer.',
  retryable: true,
} as const;

type SettleDeps = Pick<TurnDeps, 'storage' | 'shops' | 'allowances' | 'now'>;

/**
 * Settles the turns that a crash left running: what they said becomes the kept answer, marked as interrupted, and what
 * they cost is closed. Only the one process that owns the data may do this, before it runs turns itself.
 * @returns how many
 */
export async function settle(deps: SettleDeps): Promise<number> {
  const { storage, now } = deps;
  const orphans = await storage.runningTurns();
  const journal =
    orphans.length > 0 ? readFrames((await storage.journal()).join('')) : new Map<string, LoggedEvent[]>();
  for (const turn of orphans) {
    const answer = new Answer();
    // What it said before it was broken off another time is kept already, and not journalled again.
    const before = readFrames((await storage.events(turn.id)) ?? '').get(turn.id) ?? [];
    const events = [...before, ...(journal.get(turn.id) ?? [])];
    for (const { event } of events) answer.add(event);
    storage.keepEvents(turn.id, events.map(({ frame }) => frame).join(''));
    await closeUsage(deps, turn, estimateTokens(answer.text));
    await storage.finishTurn({
      turnId: turn.id,
      finish: 'error',
      interrupted: true,
      error: INTERRUPTED,
      parts: answer.parts,
      now: now(),
    });
  }
  await forgetJournal(storage);
  return orphans.length;
}

/** What the calls of a turn have cost that never came to their end, as well as anyone can tell. */
async function closeUsage({ storage, shops, allowances }: SettleDeps, turn: TurnRow, outputTokens: number) {
  const models = shops.bySlug(turn.shop)?.models;
  for (const { id, ...row } of await storage.usageOfTurn(turn.id)) {
    if (row.outcome !== 'running') continue;
    const usage = { ...row, outputTokens, estimated: true };
    const choice = [models?.default, models?.cheaper].find((one) => one?.model === row.model);
    const costMicroUsd = choice ? allowances.cost(choice, usage) : null;
    await storage.endUsage(id, { ...usage, costMicroUsd, outcome: 'error' });
  }
}

/** Nothing runs yet, so nothing in it is needed any more. In steps, since it may be long. */
async function forgetJournal(storage: Pick<Storage, 'pruneJournal'>): Promise<void> {
  while ((await storage.pruneJournal(Number.MAX_SAFE_INTEGER, 1_000)) > 0);
}
