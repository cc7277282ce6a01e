import { choicesOf, type ModelChoice, type ShopModels } from '../shops/types.ts';
import type { Storage, UsageRow } from '../storage/types.ts';
import { estimateTokens } from '../tokens.ts';
import { Answer } from './answer.ts';
import { SEARCH } from './hosted-search.ts';
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
    const rows = await storage.usageOfTurn(turn.id);
    const used = { outputTokens: estimateTokens(answer.text), searches: openSearches(events, rows) };
    for (const row of rows) if (row.outcome === 'running') await closeUsage(deps, row, used);
    await storage.finishTurn({
      turnId: turn.id,
      finish: 'error',
      interrupted: true,
      error: INTERRUPTED,
      parts: answer.parts,
      now: now(),
    });
  }
  await closeFurtherUsage(deps);
  await forgetJournal(storage);
  return orphans.length;
}

/** Searches that were told of, and that no call which came to its end has in its own row. */
function openSearches(events: readonly LoggedEvent[], rows: readonly UsageRow[]): number {
  const begun = events.filter(
    ({ event }) => event.type === 'tool' && event.name === SEARCH && event.status === 'started',
  );
  const closed = rows.map(({ outcome, price }) => (outcome === 'running' ? 0 : (price?.searches ?? 0)));
  return Math.max(0, begun.length - closed.reduce((sum, searches) => sum + searches, 0));
}

/** What a call has cost that never came to its end, as well as anyone can tell. */
async function closeUsage(
  { storage, shops, allowances }: SettleDeps,
  { id, ...row }: UsageRow & { id: number },
  { outputTokens, searches }: { outputTokens: number; searches: number },
): Promise<void> {
  const models = shops.bySlug(row.shop)?.models;
  const usage = { ...row, outputTokens, estimated: true };
  const choice = models && choiceOf(models, row);
  // What its own server may have searched stands in its row from the beginning on; none, where nothing does.
  const counted = Math.min(searches, row.price?.searches ?? 0);
  const bill = choice ? allowances.bill(choice, usage, counted) : { costMicroUsd: null, price: null };
  await storage.endUsage(id, { ...usage, ...bill, outcome: 'error' });
}

/** Whom a call asked, as its row says it. Several may have one name, at other prices or on other servers: who was first in line. */
function choiceOf(models: ShopModels, { model, arm, purpose }: UsageRow): ModelChoice | undefined {
  const tested = models.arms.find(({ name }) => name === arm)?.model;
  const first = purpose === 'summary' ? (models.cheaper ?? models.default) : (tested ?? models.default);
  return [first, ...choicesOf(models)].find((choice) => choice.model === model);
}

/** Calls that outlived their turn: a summary is made when the answer is there. */
async function closeFurtherUsage(deps: SettleDeps): Promise<void> {
  for (;;) {
    const rows = await deps.storage.openUsage(100);
    for (const row of rows) await closeUsage(deps, row, { outputTokens: 0, searches: 0 });
    if (rows.length < 100) return;
  }
}

/** Nothing runs yet, so nothing in it is needed any more. In steps, since it may be long. */
async function forgetJournal(storage: Pick<Storage, 'pruneJournal'>): Promise<void> {
  while ((await storage.pruneJournal(Number.MAX_SAFE_INTEGER, 1_000)) > 0);
}
