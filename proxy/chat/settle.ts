import type { Storage } from '../storage/types.ts';
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

/**
 * Settles the turns that a crash left running: what they said becomes the kept answer, marked as interrupted, and what
 * they cost is closed. Only the one process that owns the data may do this, before it runs turns itself.
 * @returns how many
 */
export async function settle({ storage, now }: Pick<TurnDeps, 'storage' | 'now'>): Promise<number> {
  const orphans = await storage.runningTurns();
  const journal =
    orphans.length > 0 ? readFrames((await storage.journal()).join('')) : new Map<string, LoggedEvent[]>();
  for (const { id: turnId } of orphans) {
    const answer = new Answer();
    // What it said before it was broken off another time is kept already, and not journalled again.
    const before = readFrames((await storage.events(turnId)) ?? '').get(turnId) ?? [];
    const events = [...before, ...(journal.get(turnId) ?? [])];
    for (const { event } of events) {
      if (event.type === 'text') answer.addText(event.content);
      else if (event.type === 'products') answer.addProducts(event);
      else if (event.type === 'reset') answer.clear();
    }
    const said = answer.parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
    storage.keepEvents(turnId, events.map(({ frame }) => frame).join(''));
    await storage.abandonUsage(turnId, estimateTokens(said));
    await storage.finishTurn({
      turnId,
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

/** Nothing runs yet, so nothing in it is needed any more. In steps, since it may be long. */
async function forgetJournal(storage: Pick<Storage, 'pruneJournal'>): Promise<void> {
  while ((await storage.pruneJournal(Number.MAX_SAFE_INTEGER, 1_000)) > 0);
}
